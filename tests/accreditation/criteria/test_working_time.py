"""People who are asked to work a share of full time."""

from datetime import timedelta

import pytest

from accreditation.criteria.periods import Period
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
)

DAY = timedelta(days=1)
TIMES = [
    (100, None),
    (80, None),
    (79, ReasonCode.TOO_LITTLE_WORKING_TIME),
    (None, ReasonCode.WORKING_TIME_UNKNOWN),
]


def works(percent: int | None, person: str = "Edda", **job):
    """Return somebody certified who works so many percent of full time, None: nobody knows."""
    return employee(person, working_time=percent, **job), certificate(person)


@pytest.mark.parametrize(("percent", "reason"), TIMES)
def test_person_counts_who_works_enough_of_full_time(percent, reason):
    finding = finding_on(TODAY, people(working_time=80), facts(*works(percent)))

    assert counted(finding) == ([] if reason else ["Edda-engineer"])
    assert reasons(finding) == ({"Edda-engineer": reason} if reason else {})


@pytest.mark.parametrize(("percent", "reason"), TIMES)
def test_a_finished_course_counts_of_whom_works_enough(percent, reason):
    asked = leaf(
        "course_completed", courses=["safety"], count="people", at_least=1, working_time=80
    )
    finished = CourseCompletion("done", "Edda", "safety", Period(LONG_AGO))

    known = facts(employee("Edda", working_time=percent))
    finding = finding_on(
        TODAY, asked, type(known)(employments=known.employments, courses=(finished,))
    )

    assert reasons(finding) == ({"done": reason} if reason else {})


def test_what_is_not_asked_need_not_be_known():
    assert finding_on(TODAY, people(), facts(*works(None))).result is Result.MET


def test_a_contractor_is_first_no_employee_however_much_they_work():
    asked = people(employment=["employee"], working_time=100)

    finding = finding_on(TODAY, asked, facts(*works(50, kind="contractor")))

    assert list(reasons(finding).values()) == [ReasonCode.WRONG_EMPLOYMENT_KIND]


def test_who_works_less_from_a_day_on_counts_until_then():
    full = employee("Edda", record="full", working_time=100, last=TODAY)
    half = employee("Edda", record="half", working_time=50, since=TODAY + DAY)
    known = facts(full, half, certificate("Edda"))

    finding = finding_on(TODAY, people(working_time=100), known)

    assert (finding.result, finding.changes_on) == (Result.MET, TODAY + DAY)
    assert finding.cause == Cause(CauseCode.EMPLOYMENT_KIND_CHANGES, "Edda-engineer", "Edda")
    later = finding_on(TODAY + DAY, people(working_time=100), known)
    assert reasons(later) == {"Edda-engineer": ReasonCode.TOO_LITTLE_WORKING_TIME}


def test_a_share_of_those_who_work_full_time():
    half_of_them = {"share": 0.5, "of": {"working_time": 100}}
    known = facts(
        *works(100), employee("Finn", working_time=100), employee("Sven", working_time=40)
    )

    finding = finding_on(TODAY, people(at_least=half_of_them), known)

    assert (finding.result, finding.need) == (Result.MET, 1)


@pytest.mark.parametrize("percent", [0, 101, 49.5, "80"])
def test_what_is_no_percent_of_full_time_is_refused_at_its_place(percent):
    [problem] = problems(document(people(working_time=percent)))

    assert problem.startswith("criteria.working_time: ")
