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
from partners.imports import cells
from partners.imports.importer import Change, ImportContext, Importer, Planned
from partners.imports.problems import Problem
from partners.imports.table import Column, Row
from partners.models import Person
from partners.periods import end_after, last_day
from partners.refusals import CannotRecord
from partners.rules import Permission

SOURCE = "import"


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
        self._met: dict[Key, int] = {}

    def plan(self, rows: Sequence[Row]) -> list[Planned | Problem]:
        """Return for every row what it changes or why it cannot; at most three queries."""
        people = people_named(rows, self._context)
        named: list[NewCompletion | Problem] = []
        for row in rows:
            try:
                named.append(self._completion(row, people))
            except CannotRecord as refusal:
                named.append(Problem.of(row.number, refusal))
        on_record = completions_on_record(
            each.key for each in named if isinstance(each, NewCompletion)
        )
        return [
            each if isinstance(each, Problem) else _planned(row, each, on_record.get(each.key))
            for row, each in zip(rows, named, strict=True)
        ]

    def write(self, planned: Sequence[Planned]) -> None:
        """Record new completions and correct those on record."""
        by, now = self._context.by, self._context.now
        new = [each.write for each in planned if each.change == Change.NEW]
        record_course_completions(new, source=SOURCE, by=by, now=now)
        changed = [each.write for each in planned if each.change == Change.CHANGED]
        correct_course_completions(changed, source=SOURCE, by=by, now=now)

    def _completion(self, row: Row, people: Mapping[str, Person]) -> NewCompletion:
        completion = NewCompletion(
            person=person_of(row, people),
            course=self._catalog.named(row.cells["course"]),
            completed_on=row.cells["completed_on"],
            valid_through=row.cells.get("valid_through"),
            mode=row.cells.get("mode", ""),
        )
        check_days(completion.completed_on, completion.valid_through, today=self._context.today)
        met = self._met.setdefault(completion.key, row.number)
        if met != row.number:
            raise CannotRecord(
                "", _("Row %(row)s says this already: same person, course and day."), row=met
            )
        return completion


def _planned(
    row: Row, stated: NewCompletion, on_record: CourseCompletion | None
) -> Planned | Problem:
    if on_record is None:
        return Planned(row, Change.NEW, stated)
    if on_record.withdrawn_at is not None:
        return Problem.of(row.number, CannotRecord("", _("It was withdrawn already.")))
    valid_through = stated.valid_through or last_day(on_record.expires_on)
    mode = stated.mode or on_record.mode
    if (end_after(valid_through), mode) == (on_record.expires_on, on_record.mode):
        return Planned(row, Change.UNCHANGED)
    return Planned(row, Change.CHANGED, CompletionCorrection(on_record, valid_through, mode))


COURSES = Importer(
    kind="courses",
    permission=Permission.CERTIFICATE_RECORD,
    columns=(
        Column("person_email", cells.email, required=True),
        Column("course", cells.text(80), required=True),
        Column("completed_on", cells.day, required=True),
        Column("valid_through", cells.day),
        Column("mode", cells.text(40)),
    ),
    begin=CoursesReading,
)
