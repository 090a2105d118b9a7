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
from accreditation.criteria.kinds.team import ANY
from accreditation.criteria.kinds.timing import condition, read_window
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
    employment: frozenset[str]
    job_roles: frozenset[str]
    window: Window

    @classmethod
    def parse(cls, label: Label, reader: Reader) -> Self:
        """Return the criterion that a node describes; notes what is wrong with it."""
        criterion = cls(
            label=label,
            bar=read_bar(reader, whole=True),
            courses=reader.texts("courses"),
            count=reader.needed_choice("count", Counting),
            modes=reader.texts("modes", required=False),
            employment=reader.keys_in("employment", Catalog.EMPLOYMENT_KIND),
            job_roles=reader.keys_in("job_roles", Catalog.JOB_ROLE),
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
        return tallied(self.label, self.bar, dossier, Tally(self._entries(dossier), duplicate))

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
        here = dossier.team.service(person, ANY, ANY)
        yield Condition(here.periods, ReasonCode.PERSON_NOT_STARTED, ReasonCode.PERSON_LEFT)
        for roles, reason in (
            (ANY, ReasonCode.WRONG_EMPLOYMENT_KIND),
            (self.job_roles, ReasonCode.WRONG_JOB_ROLE),
        ):
            service = dossier.team.service(person, self.employment, roles)
            yield Condition(service.periods, reason, reason)
