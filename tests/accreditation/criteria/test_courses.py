"""Courses; and certificates, each of which counts."""

from datetime import date

import pytest

from accreditation.criteria.facts import PartnerFacts
from accreditation.criteria.periods import DAY, Period
from accreditation.criteria.records import CourseCompletion
from accreditation.criteria.verdicts import Cause, CauseCode, ReasonCode, Result
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
    through,
)

FOREVER = Period(LONG_AGO)


def completion(person: str, course: str = "hardware", period=FOREVER, mode=""):
    return CourseCompletion(f"{person}-{course}", person, course, period, mode)


def known(*records) -> PartnerFacts:
    return PartnerFacts(
        employments=tuple(one for one in records if not isinstance(one, CourseCompletion)),
        courses=tuple(one for one in records if isinstance(one, CourseCompletion)),
    )


def asked(*courses: str, key="course", count="people", at_least=1, **more):
    return leaf(
        "course_completed",
        key,
        courses=list(courses) or ["hardware"],
        count=count,
        at_least=at_least,
        **more,
    )


STAFF = (employee("Edda"), employee("Paul"))


@pytest.mark.parametrize(("count", "have"), [("people", 2), ("courses", 2), ("completions", 3)])
def test_author_chooses_what_of_the_courses_is_counted(count, have):
    world = known(*STAFF, completion("Edda"), completion("Edda", "operator"), completion("Paul"))

    finding = finding_on(TODAY, asked("hardware", "operator", count=count), world)

    assert finding.have == have


@pytest.mark.parametrize(
    ("records", "reason"),
    [
        ([completion("Sven")], ReasonCode.NOT_EMPLOYED),
        ([employee("Sven", since=TODAY + DAY), completion("Sven")], ReasonCode.PERSON_NOT_STARTED),
        ([employee("Sven", last=TODAY - DAY), completion("Sven")], ReasonCode.PERSON_LEFT),
        ([employee("Sven", kind="other"), completion("Sven")], ReasonCode.WRONG_EMPLOYMENT_KIND),
        ([employee("Sven"), completion("Sven")], ReasonCode.WRONG_JOB_ROLE),
    ],
)
def test_course_counts_while_the_person_is_here(records, reason):
    node = asked(employment=["employee"], job_roles=["engineer"])

    assert list(reasons(finding_on(TODAY, node, known(*records))).values()) == [reason]


LEAVES = employee("Edda", last=TODAY)
RETURNS = employee("Edda", record="again", since=TODAY + DAY)
LEFT = employee("Edda", last=TODAY - DAY)
OTHER = employee("Edda", record="other", since=TODAY + DAY, kind="contractor")
TODAY_ONLY, FROM_TOMORROW = through(LONG_AGO, TODAY), Period(TODAY + DAY)


@pytest.mark.parametrize(
    ("jobs", "cause"),
    [
        ([LEAVES], CauseCode.PERSON_LEAVES),
        ([RETURNS], CauseCode.PERSON_STARTS),
        ([LEFT, RETURNS], CauseCode.PERSON_STARTS),
        ([LEAVES, OTHER], CauseCode.EMPLOYMENT_KIND_CHANGES),
        ([employee("Edda", roles={"engineer": TODAY_ONLY})], CauseCode.JOB_ROLE_ENDS),
        ([employee("Edda", roles={"engineer": FROM_TOMORROW})], CauseCode.JOB_ROLE_STARTS),
    ],
)
def test_cause_of_a_course_that_is_lost_or_won_is_what_happens_to_the_person(jobs, cause):
    roles = ["engineer"] if any(one.roles for one in jobs) else None
    node = asked(employment=["employee"], job_roles=roles)

    finding = finding_on(TODAY, node, known(*jobs, completion("Edda")))

    assert (finding.changes_on, finding.cause) == (
        TODAY + DAY,
        Cause(cause, "Edda-hardware", "Edda"),
    )


def test_compliance_course_was_taken_within_two_years():
    world = known(*STAFF, completion("Edda", period=Period(date(2024, 3, 3))))

    finding = finding_on(TODAY, asked(window={"rolling_months": 24}), world)

    assert (finding.result, finding.changes_on) == (Result.MET, TODAY + DAY)


VELOCITY = {
    "any": [
        {
            "all": [
                asked(course, key=course, at_least=1)
                for course in ("hardware", "installation", "operator")
            ]
        },
        {
            "all": [
                asked("classroom", key="classroom"),
                asked("installation", key="installation-online", modes=["online"]),
            ]
        },
    ]
}


@pytest.mark.parametrize(
    ("courses", "result"),
    [
        ([("hardware", ""), ("installation", ""), ("operator", "")], Result.MET),
        ([("installation", ""), ("operator", "")], Result.NOT_MET),
        ([("classroom", ""), ("installation", "online")], Result.MET),
        ([("classroom", ""), ("installation", "classroom")], Result.NOT_MET),
    ],
)
def test_w29_alternatives_with_a_shared_part(courses, result):
    world = known(*STAFF, *(completion("Edda", course, mode=mode) for course, mode in courses))

    assert finding_on(date(2026, 6, 30), VELOCITY, world).result is result


def certificates(at_least: int = 2, **more):
    return {**people(at_least=at_least, **more), "kind": "certificates_held"}


def test_every_certificate_of_a_person_counts_where_certificates_are_counted():
    """Salesforce: one person with two, or two people with one each."""
    one_with_two = facts(
        employee("Edda"),
        certificate("Edda", record="a"),
        certificate("Edda", record="b", last=TODAY),
    )
    two_with_one = facts(*STAFF, certificate("Edda"), certificate("Paul"))

    finding = finding_on(TODAY, certificates(), one_with_two)

    assert (finding.result, finding.have, finding.unit) == (Result.MET, 2, "certificates")
    assert counted(finding) == ["a", "b"]
    assert finding.cause == Cause(CauseCode.CERTIFICATE_EXPIRES, "b", "Edda")
    assert finding_on(TODAY, certificates(), two_with_one).result is Result.MET
    left = facts(employee("Edda", last=TODAY), certificate("Edda"))
    assert finding_on(TODAY + DAY, certificates(), left).have == 0


def test_certificates_are_not_gathered_by_person():
    node = certificates(each_holds={"at_least": 2, "distinct": True})

    assert problems(document(node))[0].startswith("criteria.each_holds: is not known here")


def test_course_may_count_for_a_time_only():
    world = known(*STAFF, completion("Edda", period=through(LONG_AGO, TODAY)))

    assert reasons(finding_on(TODAY + DAY, asked(), world)) == {"Edda-hardware": ReasonCode.EXPIRED}
