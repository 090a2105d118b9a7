"""Hours of training: of each person, and of all together."""

from datetime import timedelta
from decimal import Decimal

import pytest

from accreditation.criteria.periods import DAY
from accreditation.criteria.records import CourseCompletion
from accreditation.criteria.verdicts import Cause, CauseCode, ReasonCode, Result
from tests.accreditation.criteria.test_document import problems
from tests.accreditation.criteria.test_people_finishing import known
from tests.accreditation.criteria.worlds import (
    LONG_AGO,
    TODAY,
    certificate,
    counted,
    document,
    employee,
    finding_on,
    leaf,
    people,
    reasons,
    through,
)

TOMORROW = TODAY + DAY
LAST_MONTH = TODAY - timedelta(days=29)
THIRTY = {"hours": 30, "window": {"rolling_days": 30}}


def training(person: str, record: str, hours: str | None, on=TODAY, course="safety"):
    worth = None if hours is None else Decimal(hours)
    return CourseCompletion(f"{person}-{record}", person, course, through(on), hours=worth)


def each(**more):
    asked = {"count": "people", "each_completes": {"hours": 30}, "at_least": 1}
    return leaf("course_completed", **(asked | {"window": {"rolling_days": 30}} | more))


EITHER_WAY = pytest.mark.parametrize("node", [each(), people(each_holds=[THIRTY])])


@EITHER_WAY
def test_engineers_count_who_each_have_thirty_hours_in_the_window(node):
    world = known(
        employee("Edda"),
        training("Edda", "a", "22.5", LAST_MONTH),
        training("Edda", "b", "7.5", course="design"),
        training("Edda", "old", "40", LAST_MONTH - DAY),
        employee("Finn"),
        training("Finn", "a", "29.99"),
    )

    finding = finding_on(TODAY, node, world)

    assert (finding.result, finding.have, finding.unit) == (Result.MET, 1, "people")
    assert counted(finding) == ["Edda-a", "Edda-b"]
    assert reasons(finding) == {
        "Edda-old": ReasonCode.OUTSIDE_WINDOW,
        "Finn-a": ReasonCode.TOO_FEW_HOURS,
    }
    assert (finding.changes_on, finding.cause) == (
        TOMORROW,
        Cause(CauseCode.RECORD_TOO_OLD, "Edda-a", "Edda"),
    )


@EITHER_WAY
def test_every_completion_counts_and_no_more_than_are_needed(node):
    """The same course again gives its hours again; those that last longest are named."""
    again = [training("Edda", f"{day}", "16", TODAY - day * DAY) for day in range(3)]

    finding = finding_on(TODAY, node, known(employee("Edda"), *again))

    assert counted(finding) == ["Edda-0", "Edda-1"]
    assert reasons(finding) == {"Edda-2": ReasonCode.DUPLICATE_FOR_PERSON}


@pytest.mark.parametrize(
    ("hours", "result"),
    [("29", Result.CANNOT_BE_JUDGED), ("30", Result.MET)],
)
@EITHER_WAY
def test_hours_nobody_recorded_leave_open_what_they_decide(node, hours, result):
    world = known(employee("Edda"), training("Edda", "a", hours), training("Edda", "b", None))

    finding = finding_on(TODAY, node, world)

    assert finding.result is result
    assert reasons(finding)["Edda-b"] is ReasonCode.HOURS_UNKNOWN


def test_what_nobody_knows_ends_with_its_window():
    world = known(employee("Edda"), training("Edda", "b", None, LAST_MONTH))

    finding = finding_on(TODAY, each(), world)

    assert (finding.result, finding.changes_on) == (Result.CANNOT_BE_JUDGED, TOMORROW)
    assert finding.cause.code is CauseCode.RECORD_TOO_OLD
    assert finding_on(TOMORROW, each(), world).result is Result.NOT_MET


def test_certificate_and_hours_are_of_one_and_the_same_person():
    node = people(each_holds=[{"certifications": ["lead"], "at_least": 1}, THIRTY])
    certified = [employee("Edda"), certificate("Edda", "lead")]
    trained = [employee("Finn"), training("Finn", "a", "30")]

    nobody = finding_on(TODAY, node, known(*certified, *trained))
    edda = finding_on(TODAY, node, known(*certified, training("Edda", "a", "30")))

    assert (nobody.have, edda.have) == (0, 1)
    assert set(reasons(nobody).values()) == {ReasonCode.OTHERS_MISSING}
    assert counted(edda) == ["Edda-a", "Edda-lead"]


def test_hours_of_the_named_courses_in_the_way_that_is_asked():
    node = people(each_holds=[{"hours": 10, "courses": ["design"]}])
    records = [training("Edda", "a", "40"), training("Edda", "b", "9.5", course="design")]

    finding = finding_on(TODAY, node, known(employee("Edda"), *records))

    assert reasons(finding) == {"Edda-b": ReasonCode.TOO_FEW_HOURS}


ALL = leaf("course_completed", count="hours", at_least=40, window={"rolling_days": 30})


def test_hours_of_all_are_summed_exactly():
    world = known(
        *(employee(one) for one in ("Edda", "Finn")),
        *(training("Edda", f"{number}", "0.1") for number in range(10)),
        training("Finn", "long", "39", LAST_MONTH),
        training("Sven", "other", "500"),
    )

    finding = finding_on(TODAY, ALL, world)

    assert (finding.result, finding.have, finding.unit) == (Result.MET, 40, "hours")
    assert reasons(finding) == {"Sven-other": ReasonCode.NOT_EMPLOYED}
    assert (finding.changes_on, finding.cause) == (
        TOMORROW,
        Cause(CauseCode.RECORD_TOO_OLD, "Finn-long", "Finn"),
    )


@pytest.mark.parametrize(
    ("need", "result"),
    [
        ({"at_least": 39}, Result.MET),
        ({"at_least": 39.5}, Result.CANNOT_BE_JUDGED),
        ({"at_most": 38}, Result.NOT_MET),
        ({"at_most": 39}, Result.CANNOT_BE_JUDGED),
    ],
)
def test_sum_with_unknown_hours_is_known_only_where_they_decide_nothing(need, result):
    node = leaf("course_completed", count="hours", **need)
    world = known(employee("Edda"), training("Edda", "a", "39"), training("Edda", "b", None))

    finding = finding_on(TODAY, node, world)

    assert (finding.result, finding.have) == (result, 39)
    assert reasons(finding) == {"Edda-b": ReasonCode.HOURS_UNKNOWN}


def test_slot_takes_somebody_with_enough_hours():
    role = {"key": "lead", "text": {"en": "Lead"}, "each_holds": [THIRTY], "at_least": 1}
    world = known(employee("Edda"), training("Edda", "a", "30"), employee("Finn"))

    (lead,) = finding_on(TODAY, leaf("role_slots", roles=[role]), world).children

    assert (lead.result, counted(lead)) == (Result.MET, ["Edda-a"])


def test_training_of_somebody_who_leaves_counts_through_the_last_day():
    leaving = employee("Edda", since=LONG_AGO, last=TODAY)

    finding = finding_on(TODAY, each(), known(leaving, training("Edda", "a", "30")))

    assert finding.cause == Cause(CauseCode.PERSON_LEAVES, "Edda-a", "Edda")


@pytest.mark.parametrize(
    ("node", "problem"),
    [
        (
            each(each_completes={"hours": 30, "at_least": 2}),
            (
                "criteria.each_completes.at_least: contradicts criteria.each_completes.hours: "
                "nothing can meet both"
            ),
        ),
        (
            each(each_completes={"hours": 0}),
            "criteria.each_completes.hours: must be a number above",
        ),
        (each(each_completes={"at_least": 1}), "criteria.courses: is missing"),
        (leaf("course_completed", count="people", at_least=1), "criteria.courses: is missing"),
        (people(each_holds=[{"hours": "many"}]), "criteria.each_holds[0].hours: must be a number"),
    ],
)
def test_what_nobody_could_mean_is_refused(node, problem):
    [found] = problems(document(node))

    assert found.startswith(problem)
