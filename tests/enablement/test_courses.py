"""Courses: the catalog, who finished them, and files of that."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accreditation.models import DueMark
from accreditation.queries.facts import facts_for
from enablement.imports.courses import COURSES, CoursesReading
from enablement.models import Course, CourseCompletion
from enablement.operations import (
    NewCompletion,
    define_course,
    record_course_completions,
    update_course,
    withdraw_course_completion,
)
from partners.enums import MembershipRole
from partners.imports.importer import Change, ImportContext, Planned
from partners.imports.problems import Problem
from partners.imports.table import Row, open_table
from partners.models import Partner, Person
from partners.refusals import CannotRecord
from partners.rules import SYSTEM, NotAllowed
from tests import cast
from tests.audited import one_entry
from tests.cast import NOW, TODAY

pytestmark = pytest.mark.usefixtures("in_northwind")

SPRING = date(2025, 3, 1)


@pytest.fixture
def edda(acme: Partner) -> Person:
    edda = cast.person("Edda")
    cast.employment(edda, acme)
    return edda


@pytest.fixture
def basics() -> Course:
    return cast.course("basics", validity_months=12)


def record(*rows: NewCompletion, **who: Any) -> list[CourseCompletion]:
    return record_course_completions(
        rows, **{"source": "test", "by": SYSTEM, "now": NOW, **who}
    ).new


def known(at: Partner) -> list[tuple[str, date, date | None, str]]:
    """Return the courses that the engine sees."""
    courses = facts_for([at.pk])[at.pk].courses
    return [(one.course, one.period.start, one.period.end, one.mode) for one in courses]


def test_a_completion_counts_as_long_as_its_course_says(
    acme: Partner, edda: Person, basics: Course
) -> None:
    with one_entry("course.completed") as entries:
        record(NewCompletion(edda, basics, SPRING, mode="online"))

    assert known(acme) == [("basics", SPRING, date(2026, 3, 1), "online")]
    assert entries[0].partner_ids == [acme.pk]


def hours_known(at: Partner) -> list[Decimal | None]:
    """Return the hours of the courses that the engine sees."""
    return [one.hours for one in facts_for([at.pk])[at.pk].courses]


def test_hours_are_those_recorded_else_those_of_the_catalog_at_the_time(
    acme: Partner, edda: Person
) -> None:
    long = cast.course("long", hours=16)
    record(
        NewCompletion(edda, long, SPRING), NewCompletion(edda, long, TODAY, hours=Decimal("7.5"))
    )

    update_course(course=long, hours=Decimal(24), by=SYSTEM, now=NOW)

    assert sorted(filter(None, hours_known(acme))) == [Decimal("7.5"), Decimal(16)]


def test_hours_nobody_knows_are_not_zero(acme: Partner, edda: Person, basics: Course) -> None:
    record(NewCompletion(edda, basics, SPRING))

    assert hours_known(acme) == [None]


@pytest.mark.parametrize("hours", ["0", "-1", "NaN", "100000", "7.125"])
def test_hours_that_cannot_be_are_refused(edda: Person, basics: Course, hours: str) -> None:
    with pytest.raises(CannotRecord) as refusal:
        record(NewCompletion(edda, basics, SPRING, hours=Decimal(hours)))
    with pytest.raises(CannotRecord):
        update_course(course=basics, hours=Decimal(hours), by=SYSTEM, now=NOW)

    assert refusal.value.field == "hours"


def test_recording_the_same_completion_again_adds_nothing(edda: Person, basics: Course) -> None:
    row = NewCompletion(edda, basics, SPRING)
    (first,) = record(row)

    again = record_course_completions([row, row], source="test", by=SYSTEM, now=NOW)

    assert (again.new, again.known) == ([], [first])


def test_a_cutoff_of_the_catalog_ends_what_was_taken_before_it(acme: Partner, edda: Person) -> None:
    forever = cast.course("forever")
    record(NewCompletion(edda, forever, SPRING), NewCompletion(edda, forever, TODAY))
    DueMark.objects.all().delete()

    update_course(
        course=forever,
        cutoffs=[{"effective_on": "2026-04-01", "taken_since": "2026-01-01"}],
        by=SYSTEM,
        now=NOW,
    )

    assert known(acme) == [
        ("forever", SPRING, date(2026, 4, 1), ""),
        ("forever", TODAY, None, ""),
    ]
    assert set(DueMark.objects.values_list("partner", flat=True)) == {acme.pk}


def test_what_was_never_supported_when_it_was_taken_is_no_fact(acme: Partner, edda: Person) -> None:
    old = cast.course("old", cutoffs=[{"effective_on": "2025-01-01", "taken_since": "2026-01-01"}])

    record(NewCompletion(edda, old, SPRING))

    assert known(acme) == []


def test_a_withdrawn_completion_is_kept_and_counts_for_nothing(
    acme: Partner, edda: Person, basics: Course
) -> None:
    (completion,) = record(NewCompletion(edda, basics, SPRING))

    with one_entry("course.completion_withdrawn"):
        withdraw_course_completion(completion=completion, reason="Not hers.", by=SYSTEM, now=NOW)

    assert known(acme) == []
    assert CourseCompletion.objects.get().reason == "Not hers."
    with pytest.raises(CannotRecord):
        withdraw_course_completion(completion=completion, reason="Again.", by=SYSTEM, now=NOW)


@pytest.mark.parametrize(
    ("on", "through", "field"),
    [
        (date(2026, 3, 3), None, "completed_on"),
        (date(1, 1, 1), None, "completed_on"),
        (SPRING, date(2025, 2, 28), "valid_through"),
        (SPRING, date.max, "valid_through"),
    ],
)
def test_days_that_cannot_be_are_refused(
    edda: Person, basics: Course, on: date, through: date | None, field: str
) -> None:
    with pytest.raises(CannotRecord) as refusal:
        record(NewCompletion(edda, basics, on, valid_through=through))

    assert refusal.value.field == field


@pytest.mark.parametrize("role", [MembershipRole.CHANNEL_MANAGER, MembershipRole.REVIEWER])
def test_completions_are_recorded_for_people_in_reach_by_those_who_run_partners(
    edda: Person, basics: Course, role: MembershipRole
) -> None:
    with pytest.raises(NotAllowed):
        record(NewCompletion(edda, basics, SPRING), by=cast.actor(cast.member("Mara", role)))


def test_one_completion_costs_as_many_queries_as_three(basics: Course) -> None:
    rows = [NewCompletion(cast.person(f"P{n}"), basics, SPRING) for n in range(4)]

    with CaptureQueriesContext(connection) as one:
        record(*rows[:1])
    with CaptureQueriesContext(connection) as three:
        record(*rows[1:])

    assert len(one) == len(three)


@pytest.mark.parametrize(
    ("details", "field"),
    [
        ({"name": " "}, "name"),
        ({"validity_months": 0}, "validity_months"),
        ({"cutoffs": [{"effective_on": "2026-01-01"}]}, "cutoffs"),
        ({"cutoffs": [{"effective_on": "soon", "taken_since": "2026-01-01"}]}, "cutoffs"),
    ],
)
def test_a_course_that_makes_no_sense_is_refused(details: Mapping[str, Any], field: str) -> None:
    with pytest.raises(CannotRecord) as refusal:
        define_course(key="basics", by=SYSTEM, now=NOW, **{"name": "Basics", **details})

    assert refusal.value.field == field


def test_a_key_is_taken_once(basics: Course) -> None:
    with pytest.raises(CannotRecord):
        define_course(key="basics", name="Basics again", by=SYSTEM, now=NOW)


# --- Files -------------------------------------------------------------------------------------

HEADER = "person_email,course,completed_on,valid_through,mode,hours"


def read(*lines: str) -> tuple[CoursesReading, list[Planned | Problem]]:
    reading = CoursesReading(ImportContext(SYSTEM, NOW, TODAY))
    table = open_table("\n".join([HEADER, *lines, ""]).encode(), COURSES.columns)
    return reading, reading.plan([row for row in table.rows() if isinstance(row, Row)])


def imported(*lines: str) -> list[Change]:
    reading, planned = read(*lines)
    accepted = [one for one in planned if isinstance(one, Planned)]
    assert len(accepted) == len(planned)
    reading.write([one for one in accepted if one.change != Change.UNCHANGED])
    return [one.change for one in accepted]


def test_a_file_records_corrects_and_repeats(acme: Partner, edda: Person, basics: Course) -> None:
    line = "Edda@example.com,BASICS,2025-03-01,,online,"

    assert imported(line) == [Change.NEW]
    assert imported(line) == [Change.UNCHANGED]
    assert imported("edda@example.com,basics,2025-03-01,2025-12-31,,") == [Change.CHANGED]

    assert known(acme) == [("basics", SPRING, date(2026, 1, 1), "online")]


def test_a_file_says_hours_and_keeps_those_it_does_not_speak_of(
    acme: Partner, edda: Person, basics: Course
) -> None:
    assert imported("edda@example.com,basics,2025-03-01,,,7.5") == [Change.NEW]
    assert imported("edda@example.com,basics,2025-03-01,,,7.50") == [Change.UNCHANGED]
    assert imported("edda@example.com,basics,2025-03-01,,online,") == [Change.CHANGED]
    assert hours_known(acme) == [Decimal("7.5")]
    assert imported("edda@example.com,basics,2025-03-01,,,8") == [Change.CHANGED]
    assert hours_known(acme) == [Decimal(8)]


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ("sven@example.com,basics,2025-03-01,,,", "person_email"),
        ("edda@example.com,basic,2025-03-01,,,", "course"),
        ("edda@example.com,basics,2026-03-03,,,", "completed_on"),
        ("edda@example.com,basics,2025-04-01,,again,", ""),
        ("edda@example.com,basics,2025-03-01,,,0", "hours"),
    ],
)
def test_a_file_is_told_what_does_not_fit(
    edda: Person, basics: Course, line: str, field: str
) -> None:
    _reading, (_first, problem) = read("edda@example.com,basics,2025-04-01,,,", line)

    assert isinstance(problem, Problem)
    assert (problem.row, problem.field) == (3, field)


def test_a_file_does_not_bring_back_what_was_withdrawn(edda: Person, basics: Course) -> None:
    cast.completion(edda, basics, on=SPRING, withdrawn_at=NOW, reason="Not hers.")

    _reading, (problem,) = read("edda@example.com,basics,2025-03-01,,,")

    assert isinstance(problem, Problem)
