"""Courses that people finished."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, Self

from accreditation.criteria.kinds.bars import Bar, read_bar
from accreditation.criteria.kinds.counting import Count
from accreditation.criteria.kinds.criterion import Label
from accreditation.criteria.kinds.dossier import Dossier
from accreditation.criteria.kinds.entries import Entry, Tally, tallied
from accreditation.criteria.kinds.people.finished import (
    Courses,
    WantedCourses,
    check_enough,
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


class Counting(StrEnum):
    """What of the courses is counted."""

    PEOPLE = "people"
    COURSES = "courses"
    COMPLETIONS = "completions"

    def identity(self, one: CourseCompletion) -> str:
        """Return what completions share that count once; empty: nothing."""
        return {Counting.PEOPLE: one.person, Counting.COURSES: one.course}.get(self, "")


@register_measure
@dataclass(frozen=True, slots=True)
class CourseCompleted:
    """At least so many people finished one of the courses, or so many courses were finished.

    `each`: every person has to have finished that many of them; None: one is enough.
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
        bar, which = read_bar(reader, whole=True), read_which(reader)
        count = reader.needed_choice("count", Counting)
        criterion = cls(label, bar, which, count, read_working(reader), _each(reader, which, count))
        once_each = count is Counting.COURSES
        check_reachable(reader, bar, len(which.courses) if once_each else None)
        return criterion

    def asks(self, level: str) -> bool:
        """Return whether a level needs any courses."""
        return self.bar.asks(level)

    def measure(self, dossier: Dossier) -> Count:
        """Return what counts, from the judged day onward."""
        if self.each is not None:
            return PeopleHolding(self.label, self.bar, (self.each,), self.working).measure(dossier)
        duplicate = (
            ReasonCode.DUPLICATE_FOR_PERSON
            if self.count is Counting.PEOPLE
            else ReasonCode.DUPLICATE_RECORD
        )
        tally = dossier.made(self, lambda: Tally(self._entries(dossier), duplicate))
        return tallied(self.label, self.bar, dossier, tally)

    def _entries(self, dossier: Dossier) -> Iterator[Entry]:
        return self.which.entries(dossier.team, self.working, self.count.identity)


def _each(reader: Reader, which: Courses, count: Counting) -> WantedCourses | None:
    """Return how many of the courses each person needs, if a node says so."""
    inner = reader.child("each_completes")
    if inner is None:
        return None
    wanted = WantedCourses(which, inner.positive("at_least") or 1)
    check_enough(wanted, inner)
    inner.finish()
    if count is not Counting.PEOPLE:
        reader.problem("each_completes", ProblemCode.NEEDS_ALSO, needed="count: people")
    return wanted
