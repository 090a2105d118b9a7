"""Courses that people finished; certificates counted one by one."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, Self

from accreditation.criteria.kinds.bars import Bar, read_bar
from accreditation.criteria.kinds.counting import Count
from accreditation.criteria.kinds.criterion import Label
from accreditation.criteria.kinds.dossier import Dossier
from accreditation.criteria.kinds.entries import (
    Condition,
    Entry,
    Tally,
    always,
    tallied,
    within,
)
from accreditation.criteria.kinds.reach import check_reachable
from accreditation.criteria.kinds.registry import register_measure
from accreditation.criteria.kinds.timing import condition, read_window
from accreditation.criteria.kinds.working import ANYHOW, Working, read_working
from accreditation.criteria.periods import Periods
from accreditation.criteria.reader import Catalog, Reader
from accreditation.criteria.records import CourseCompletion
from accreditation.criteria.verdicts import ReasonCode
from accreditation.criteria.windows import Window


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

    `modes`: only courses taken in one of these ways, such as online.
    """

    kind: ClassVar = "course_completed"
    unit: ClassVar = "people"

    label: Label
    bar: Bar
    courses: frozenset[str]
    count: Counting
    modes: frozenset[str]
    working: Working
    window: Window

    @classmethod
    def parse(cls, label: Label, reader: Reader) -> Self:
        """Return the criterion that a node describes; notes what is wrong with it."""
        criterion = cls(
            label=label,
            bar=read_bar(reader, whole=True),
            courses=reader.keys_in("courses", Catalog.COURSE, required=True),
            count=reader.needed_choice("count", Counting),
            modes=reader.texts("modes", required=False),
            working=read_working(reader),
            window=read_window(reader),
        )
        once_each = criterion.count is Counting.COURSES
        check_reachable(reader, criterion.bar, len(criterion.courses) if once_each else None)
        return criterion

    def asks(self, level: str) -> bool:
        """Return whether a level needs any courses."""
        return self.bar.asks(level)

    def measure(self, dossier: Dossier) -> Count:
        """Return what counts, from the judged day onward."""
        duplicate = (
            ReasonCode.DUPLICATE_FOR_PERSON
            if self.count is Counting.PEOPLE
            else ReasonCode.DUPLICATE_RECORD
        )
        tally = dossier.made(self, lambda: Tally(self._entries(dossier), duplicate))
        return tallied(self.label, self.bar, dossier, tally)

    def _entries(self, dossier: Dossier) -> Iterator[Entry]:
        for one in dossier.facts.courses:
            fits = not self.modes or one.mode in self.modes
            if one.course in self.courses and fits:
                conditions = (
                    *self._service(one.person, dossier),
                    within(one.period),
                    condition(self.window, one.period.start),
                )
                yield Entry(
                    one.id, conditions, person=one.person, identity=self.count.identity(one)
                )

    def _service(self, person: str, dossier: Dossier) -> Iterator[Condition]:
        if not dossier.team.employed(person):
            yield always(ReasonCode.NOT_EMPLOYED)
            return
        team, asked = dossier.team, self.working
        here = team.service(person, ANYHOW)
        yield Condition(here.periods, ReasonCode.PERSON_NOT_STARTED, ReasonCode.PERSON_LEFT)
        in_kind = Working(asked.employment)
        in_role = Working(asked.employment, asked.job_roles)
        yield _condition(team.service(person, in_kind).periods, ReasonCode.WRONG_EMPLOYMENT_KIND)
        yield _condition(team.service(person, in_role).periods, ReasonCode.WRONG_JOB_ROLE)
        if asked.asks_place:
            yield _condition(team.placed(person), ReasonCode.PLACE_UNKNOWN)
            yield _condition(team.service(person, asked).periods, ReasonCode.WRONG_REGION)


def _condition(periods: Periods, reason: ReasonCode) -> Condition:
    """Return that something is wrong for one reason before, between and after the periods."""
    return Condition(periods, reason, reason)
