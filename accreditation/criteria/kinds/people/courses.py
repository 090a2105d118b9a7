"""Courses that people finished, and the hours of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from typing import ClassVar, Self

from accreditation.criteria.kinds.aggregates import aggregated, exactly, total
from accreditation.criteria.kinds.bars import Bar, read_bar
from accreditation.criteria.kinds.counting import Amount, Count
from accreditation.criteria.kinds.criterion import Label
from accreditation.criteria.kinds.dossier import Dossier
from accreditation.criteria.kinds.entries import Entry, Tally, tallied
from accreditation.criteria.kinds.people.finished import (
    Conditions,
    Courses,
    WantedCourses,
    entry_of_hours,
    read_needed,
    read_which,
)
from accreditation.criteria.kinds.people.people_holding import PeopleHolding
from accreditation.criteria.kinds.reach import check_reachable
from accreditation.criteria.kinds.registry import register_measure
from accreditation.criteria.kinds.working import Working, read_working
from accreditation.criteria.problems import ProblemCode
from accreditation.criteria.reader import Reader
from accreditation.criteria.records import CourseCompletion
from accreditation.criteria.verdicts import ReasonCode

HOURS = "hours"
"""The unit of hours of training."""


class Counting(StrEnum):
    """What of the courses is counted."""

    PEOPLE = "people"
    COURSES = "courses"
    COMPLETIONS = "completions"
    HOURS = "hours"

    def identity(self, one: CourseCompletion) -> str:
        """Return what completions share that count once; empty: nothing."""
        return {Counting.PEOPLE: one.person, Counting.COURSES: one.course}.get(self, "")


@register_measure
@dataclass(frozen=True, slots=True)
class CourseCompleted:
    """At least so many people finished one of the courses, or so many courses were finished.

    `each`: what every person has to have finished of them; None: one is enough. Hours are those of
    all completions together.
    """

    kind: ClassVar = "course_completed"
    unit: ClassVar = "people"

    label: Label
    bar: Bar
    which: Courses
    count: Counting
    working: Working
    each: WantedCourses | None

    @classmethod
    def parse(cls, label: Label, reader: Reader) -> Self:
        """Return the criterion that a node describes; notes what is wrong with it."""
        inner, count = reader.child("each_completes"), reader.needed_choice("count", Counting)
        of_hours = reader.chooses("count", Counting.HOURS)
        named = not of_hours and (inner is None or "hours" not in inner)
        bar, which = read_bar(reader, whole=not of_hours), read_which(reader, named=named)
        each = None if inner is None else read_needed(inner, which)
        if inner is not None and count is not Counting.PEOPLE:
            reader.problem("each_completes", ProblemCode.NEEDS_ALSO, needed="count: people")
        once_each = count is Counting.COURSES
        check_reachable(reader, bar, len(which.courses) if once_each else None)
        if count is Counting.HOURS and label.unit == cls.unit:
            label = replace(label, unit=HOURS)
        return cls(label, bar, which, count, read_working(reader), each)

    def asks(self, level: str) -> bool:
        """Return whether a level needs any courses."""
        return self.bar.asks(level)

    def measure(self, dossier: Dossier) -> Count:
        """Return what counts, from the judged day onward."""
        if self.each is not None:
            return PeopleHolding(self.label, self.bar, (self.each,), self.working).measure(dossier)
        if self.count is Counting.HOURS:
            entries = dossier.made(self, lambda: list(self._entries(dossier)))
            return aggregated(self.label, self.bar, dossier, entries, _hours)
        duplicate = (
            ReasonCode.DUPLICATE_FOR_PERSON
            if self.count is Counting.PEOPLE
            else ReasonCode.DUPLICATE_RECORD
        )
        tally = dossier.made(self, lambda: Tally(self._entries(dossier), duplicate))
        return tallied(self.label, self.bar, dossier, tally)

    def _entries(self, dossier: Dossier) -> Iterator[Entry]:
        return self.which.entries(dossier.team, self.working, self._enter)

    def _enter(self, one: CourseCompletion, conditions: Conditions) -> Entry:
        if self.count is Counting.HOURS:
            return entry_of_hours(one, conditions, most=Fraction(0))
        return Entry(one.id, conditions, person=one.person, identity=self.count.identity(one))


def _hours(entries: Sequence[Entry]) -> Amount:
    """Return the hours of the completions that count; there is no end to unknown ones."""
    known = total([one.value for one in entries if not one.pending])
    return Amount(known, None) if any(one.pending for one in entries) else exactly(known)
