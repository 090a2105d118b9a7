"""The import of courses: what people already on record finished.

A row is one completion, known by the person's address, the course and the day. What the file leaves
empty it does not speak about: a completion on record keeps it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext_noop as _

from enablement.imports.columns import Catalog, people_named, person_of
from enablement.models import Course, CourseCompletion
from enablement.operations.courses import (
    CompletionCorrection,
    NewCompletion,
    check_days,
    correct_course_completions,
    record_course_completions,
)
from enablement.queries.courses import Key, completions_on_record
from enablement.rules import check_hours
from partners.imports import cells
from partners.imports.importer import Change, ImportContext, Importer, Planned
from partners.imports.problems import Problem
from partners.imports.rows import Met, plan_each, read_each, write_each
from partners.imports.table import Column, Row
from partners.models import Person
from partners.periods import end_after, last_day
from partners.refusals import CannotRecord
from partners.rules import Permission


class CoursesReading:
    """One way through a file of finished courses; remembers which it has met."""

    def __init__(self, context: ImportContext) -> None:
        self._context = context
        self._catalog = Catalog(
            "course",
            Course.objects.all(),
            unknown=_("“%(text)s” is not the key of a course."),
            near=_("“%(text)s” is not the key of a course. Did you mean %(near)s?"),
        )
        self._met = Met[Key]()

    def plan(self, rows: Sequence[Row]) -> list[Planned | Problem]:
        """Return for every row what it changes or why it cannot; at most three queries."""
        people = people_named(rows, self._context)
        stated = read_each(rows, lambda row: self._completion(row, people))
        on_record = completions_on_record(
            each.key for each in stated if isinstance(each, NewCompletion)
        )
        return plan_each(rows, stated, lambda row, one: _planned(row, one, on_record.get(one.key)))

    def write(self, planned: Sequence[Planned]) -> None:
        """Record new completions and correct those on record."""
        write_each(
            planned,
            self._context,
            record=record_course_completions,
            correct=correct_course_completions,
        )

    def _completion(self, row: Row, people: Mapping[str, Person]) -> NewCompletion:
        completion = NewCompletion(
            person=person_of(row, people),
            course=self._catalog.named(row.cells["course"]),
            completed_on=row.cells["completed_on"],
            valid_through=row.cells.get("valid_through"),
            mode=row.cells.get("mode", ""),
            hours=row.cells.get("hours"),
        )
        check_days(completion.completed_on, completion.valid_through, today=self._context.today)
        check_hours(completion.hours)
        again = _("Row %(row)s says this already: same person, course and day.")
        self._met.refuse_again(completion.key, row, again)
        return completion


def _planned(row: Row, stated: NewCompletion, on_record: CourseCompletion | None) -> Planned:
    if on_record is None:
        return Planned(row, Change.NEW, stated)
    if on_record.withdrawn_at is not None:
        raise CannotRecord("", _("It was withdrawn already."))
    valid_through = stated.valid_through or last_day(on_record.expires_on)
    mode = stated.mode or on_record.mode
    hours = on_record.hours if stated.hours is None else stated.hours
    right = end_after(valid_through), mode, hours
    if right == (on_record.expires_on, on_record.mode, on_record.hours):
        return Planned(row, Change.UNCHANGED)
    correction = CompletionCorrection(on_record, valid_through, mode, hours)
    return Planned(row, Change.CHANGED, correction)


COURSES = Importer(
    kind="courses",
    permission=Permission.CERTIFICATE_RECORD,
    columns=(
        Column("person_email", cells.email, required=True),
        Column("course", cells.text(80), required=True),
        Column("completed_on", cells.day, required=True),
        Column("valid_through", cells.day),
        Column("mode", cells.text(40)),
        Column("hours", cells.number),
    ),
    begin=CoursesReading,
)
