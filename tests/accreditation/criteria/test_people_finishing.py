"""People who each finished several courses, alone or beside what they hold."""

from dataclasses import replace
from datetime import timedelta

import pytest

from accreditation.criteria.facts import PartnerFacts
from accreditation.criteria.judge import judge
from accreditation.criteria.kinds.people.team import Team
from accreditation.criteria.periods import DAY, Period
from accreditation.criteria.records import CourseCompletion
from accreditation.criteria.verdicts import Cause, CauseCode, ReasonCode, Result
from accreditation.queries.facts.asked import families_asked
from tests.accreditation.criteria.test_document import problems
from tests.accreditation.criteria.worlds import (
    LONG_AGO,
    TODAY,
    certificate,
    counted,
    document,
    employee,
    facts,
    finding_on,
    leaf,
    people,
    reasons,
    rules,
    through,
)

BOTH = {"courses": ["safety", "design"], "at_least": 2}
TOMORROW = TODAY + DAY


def completion(person: str, course: str, since=LONG_AGO, last=None, mode="") -> CourseCompletion:
    return CourseCompletion(f"{person}-{course}", person, course, through(since, last), mode)


def known(*records) -> PartnerFacts:
    done = tuple(one for one in records if isinstance(one, CourseCompletion))
    others = (one for one in records if not isinstance(one, CourseCompletion))
    return replace(facts(*others), courses=done)


def each(**more):
    """Return a criterion that counts people who finished both courses."""
    asked = {"count": "people", "each_completes": {"at_least": 2}, "at_least": 1}
    return leaf("course_completed", courses=["safety", "design"], **(asked | more))


EITHER_WAY = pytest.mark.parametrize("node", [each(), people(each_holds=[BOTH])])


@EITHER_WAY
def test_consultants_count_who_each_finished_both_courses(node):
    world = known(
        employee("Edda"),
        completion("Edda", "safety"),
        completion("Edda", "design"),
        employee("Finn"),
        completion("Finn", "safety"),
        completion("Sven", "safety"),
        completion("Sven", "design"),
    )

    finding = finding_on(TODAY, node, world)

    assert (finding.result, finding.have, finding.unit) == (Result.MET, 1, "people")
    assert counted(finding) == ["Edda-design", "Edda-safety"]
    assert reasons(finding) == {
        "Finn-safety": ReasonCode.TOO_FEW_COURSES,
        "Sven-design": ReasonCode.NOT_EMPLOYED,
        "Sven-safety": ReasonCode.NOT_EMPLOYED,
    }


@EITHER_WAY
def test_same_course_twice_is_one_course(node):
    again = replace(completion("Edda", "safety"), id="again")

    finding = finding_on(TODAY, node, known(employee("Edda"), completion("Edda", "safety"), again))

    assert finding.have == 0
    assert set(reasons(finding).values()) == {ReasonCode.TOO_FEW_COURSES}


@pytest.mark.parametrize(
    ("design", "cause"),
    [
        ({"last": TODAY}, CauseCode.RECORD_EXPIRES),
        ({"since": TOMORROW}, CauseCode.RECORD_STARTS),
    ],
)
@EITHER_WAY
def test_person_counts_from_the_second_course_until_one_no_longer_counts(node, design, cause):
    world = known(
        employee("Edda"), completion("Edda", "safety"), completion("Edda", "design", **design)
    )

    finding = finding_on(TODAY, node, world)

    assert (finding.changes_on, finding.cause) == (TOMORROW, Cause(cause, "Edda-design", "Edda"))
    assert finding_on(TOMORROW, node, world).result is not finding.result


def test_window_and_way_are_those_of_each_course():
    """Both online within a month: the first becomes too old before the second one does."""
    node = people(each_holds=[{**BOTH, "modes": ["online"], "window": {"rolling_days": 30}}])
    first = TODAY - timedelta(days=29)
    done = [
        completion("Edda", "safety", first, mode="online"),
        completion("Edda", "design", TODAY, mode="online"),
        completion("Edda", "other", TODAY, mode="online"),
    ]
    in_class = completion("Finn", "safety", TODAY, mode="classroom")

    finding = finding_on(TODAY, node, known(employee("Edda"), employee("Finn"), *done, in_class))

    assert counted(finding) == ["Edda-design", "Edda-safety"]
    assert reasons(finding) == {}
    assert (finding.changes_on, finding.cause) == (
        TOMORROW,
        Cause(CauseCode.RECORD_TOO_OLD, "Edda-safety", "Edda"),
    )


@pytest.mark.parametrize("kept", [["Edda-lead"], ["Edda-safety", "Edda-design"]])
def test_certificate_and_courses_are_of_one_and_the_same_person(kept):
    lead = people(each_holds=[{"certifications": ["lead"], "at_least": 1}, BOTH])
    records = [
        certificate("Edda", "lead"),
        completion("Edda", "safety"),
        completion("Edda", "design"),
    ]
    staff = employee("Edda")

    both = finding_on(TODAY, lead, known(staff, *records))
    one = finding_on(TODAY, lead, known(staff, *(one for one in records if one.id in kept)))

    assert counted(both) == ["Edda-design", "Edda-lead", "Edda-safety"]
    assert one.have == 0
    assert reasons(one) == dict.fromkeys(kept, ReasonCode.OTHERS_MISSING)


@EITHER_WAY
def test_people_are_in_the_job_role_that_is_asked(node):
    done = [completion("Edda", "safety"), completion("Edda", "design")]
    engineer = employee("Edda", roles={"engineer": through(LONG_AGO, TODAY)})

    finding = finding_on(TODAY, {**node, "job_roles": ["engineer"]}, known(engineer, *done))

    assert (finding.result, finding.changes_on) == (Result.MET, TOMORROW)
    assert finding.cause.code is CauseCode.JOB_ROLE_ENDS


def test_slot_takes_somebody_who_finished_both_courses():
    role = {"key": "lead", "text": {"en": "Lead"}, "each_holds": [BOTH], "at_least": 1}
    world = known(
        employee("Edda"),
        completion("Edda", "safety"),
        completion("Edda", "design"),
        employee("Finn"),
        completion("Finn", "design"),
    )

    (lead,) = finding_on(TODAY, leaf("role_slots", roles=[role]), world).children

    assert (lead.result, counted(lead)) == (Result.MET, ["Edda-design", "Edda-safety"])
    assert reasons(lead) == {"Finn-design": ReasonCode.TOO_FEW_COURSES}


def test_people_of_other_courses_are_other_people():
    """A team is shared by programs only while it speaks of the same courses."""
    before = known(employee("Edda"), completion("Edda", "safety"))
    after = replace(before, courses=(*before.courses, completion("Edda", "design")))
    team = Team(before)

    judged = [judge(rules(each()), one, TODAY, team=team) for one in (before, after)]

    assert [one.level for one in judged] == [None, "gold"]


@pytest.mark.parametrize(
    ("node", "families"),
    [
        (people(), {"certificates"}),
        (people(each_holds=[BOTH]), {"courses"}),
        (
            people(each_holds=[{"certifications": ["a"], "at_least": 1}, BOTH]),
            {"certificates", "courses"},
        ),
        (each(), {"courses"}),
    ],
)
def test_only_what_the_sets_look_at_is_loaded(node, families):
    assert families_asked([rules(node)]) == families


NEVER = "can never be reached: there are at most 2"


@pytest.mark.parametrize(
    ("node", "problem"),
    [
        (each(each_completes={"at_least": 3}), f"criteria.each_completes.at_least: {NEVER}"),
        (
            each(count="courses"),
            "criteria.each_completes: has no meaning without count: people",
        ),
        (
            people(each_holds=[{**BOTH, "at_least": 3}]),
            f"criteria.each_holds[0].at_least: {NEVER}",
        ),
        (
            people(each_holds=[BOTH], earned_from="2025-01-01"),
            (
                "criteria.earned_from: has no meaning without certifications, families, "
                "certification_levels"
            ),
        ),
        (
            people(each_holds=[{**BOTH, "certifications": ["a"]}]),
            (
                "criteria.each_holds[0].certifications: is not known here; known names: courses, "
                "modes, window, at_least"
            ),
        ),
    ],
)
def test_what_nobody_could_mean_is_refused(node, problem):
    assert problems(document(node)) == [problem]


def test_course_ends_with_its_own_period():
    """Half-open days: a completion that counts through today does not count tomorrow."""
    done = CourseCompletion("d", "Edda", "safety", Period(LONG_AGO, TOMORROW))
    one = people(each_holds=[{"courses": ["safety"], "at_least": 1}])

    finding = finding_on(TOMORROW, one, known(employee("Edda"), done))

    assert reasons(finding) == {"d": ReasonCode.EXPIRED}
