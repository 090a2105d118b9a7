"""Who finished which courses, and the hours of it: with all that decides what counts."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import groupby
from typing import ClassVar

from accreditation.criteria.kinds.entries import Condition, Entry, always, within
from accreditation.criteria.kinds.people.holder import Holder
from accreditation.criteria.kinds.people.holdings import EVER
from accreditation.criteria.kinds.people.proof import Enough, EnoughHours, Needed
from accreditation.criteria.kinds.people.team import Team
from accreditation.criteria.kinds.timing import condition, read_window
from accreditation.criteria.kinds.working import ANYHOW, Working
from accreditation.criteria.periods import Periods
from accreditation.criteria.problems import ProblemCode
from accreditation.criteria.reader import Catalog, Reader
from accreditation.criteria.records import CourseCompletion
from accreditation.criteria.verdicts import ReasonCode
from accreditation.criteria.windows import Window

Conditions = tuple[Condition, ...]
Enter = Callable[[CourseCompletion, Conditions], Entry]
"""What a criterion makes of a completion, and of what has to hold of it."""


@dataclass(frozen=True, slots=True)
class Courses:
    """Which completions belong to a criterion, and when they count.

    `courses`: of these; empty: of any. `modes`: only courses taken in one of these ways, such as
    online; empty: in any.
    """

    courses: frozenset[str]
    modes: frozenset[str] = frozenset()
    window: Window = EVER

    def entries(self, team: Team, working: Working, enter: Enter) -> Iterator[Entry]:
        """Yield the completions that belong to it by person, then by id, as they are entered."""
        for one in team.completions_of(self.courses):
            if not self.modes or one.mode in self.modes:
                conditions = (
                    *service_conditions(team, one.person, working),
                    within(one.period),
                    condition(self.window, one.period.start),
                )
                yield enter(one, conditions)


@dataclass(frozen=True, slots=True)
class WantedCourses:
    """Courses, of which a person needs to have finished so many different ones.

    `hours`: so many hours of them instead.
    """

    family: ClassVar = "courses"

    which: Courses
    at_least: int = 1
    hours: Fraction | None = None

    @property
    def names_any(self) -> bool:
        """Whether it says which courses belong to it: it always does."""
        return True

    @property
    def enough(self) -> Needed:
        """How many of them a person needs."""
        if self.hours is not None:
            return EnoughHours(self.hours)
        return Enough(self.at_least, distinct=True, lacking=ReasonCode.TOO_FEW_COURSES)

    def holders(self, team: Team, working: Working) -> tuple[Holder, ...]:
        """Return everybody who finished any of them, sorted by person.

        Whatever asks for the same courses of the same people shares the answer.
        """
        question = self, working
        found: tuple[Holder, ...] | None = team.answers.get(question)
        if found is None:
            found = team.answers[question] = tuple(self._holders(team, working))
        return found

    def _holders(self, team: Team, working: Working) -> Iterator[Holder]:
        entries = self.which.entries(team, working, self._enter)
        for person, group in groupby(entries, key=lambda one: one.person or ""):
            yield Holder(person, tuple(group), self.enough)

    def _enter(self, one: CourseCompletion, conditions: Conditions) -> Entry:
        if self.hours is not None:
            return entry_of_hours(one, conditions, most=self.hours)
        return Entry(one.id, conditions, person=one.person, identity=one.course)


def entry_of_hours(one: CourseCompletion, conditions: Conditions, *, most: Fraction) -> Entry:
    """Return a completion with its hours as its value; `most` stands for unknown ones."""
    return Entry(
        one.id,
        conditions,
        person=one.person,
        value=most if one.hours is None else Fraction(one.hours),
        pending=one.hours is None,
        doubt=ReasonCode.HOURS_UNKNOWN,
    )


def read_courses(reader: Reader) -> WantedCourses:
    """Return the courses that a set of a list names; of hours, they may be those of any course."""
    return read_needed(reader, read_which(reader, named="hours" not in reader))


def read_needed(reader: Reader, which: Courses) -> WantedCourses:
    """Return how many courses a person needs of those named, or how many hours of them."""
    if "hours" in reader:
        hours = reader.decimal("hours", code=ProblemCode.NOT_ABOVE_ZERO, above=0)
        wanted = WantedCourses(which, hours=Fraction(hours or 1))
        if "at_least" in reader:
            reader.problem("at_least", ProblemCode.CONTRADICTS, other=reader.spot("hours"))
            reader.skip(["at_least"])
    else:
        wanted = WantedCourses(which, reader.positive("at_least") or 1)
        most = str(len(which.courses))
        if which.courses and wanted.at_least > len(which.courses):
            reader.problem("at_least", ProblemCode.NEVER_ENOUGH, most=most)
    reader.finish()
    return wanted


def read_which(reader: Reader, *, named: bool) -> Courses:
    """Return which completions a node is about; `named`: it has to name the courses."""
    return Courses(
        courses=reader.keys_in("courses", Catalog.COURSE, required=named),
        modes=reader.texts("modes", required=False),
        window=read_window(reader),
    )


def service_conditions(team: Team, person: str, asked: Working) -> Iterator[Condition]:
    """Yield what has to hold of how a person works here, from being here at all to where."""
    if not team.employed(person):
        yield always(ReasonCode.NOT_EMPLOYED)
        return
    asked = team.narrowed(asked)
    here = team.service(person, ANYHOW)
    yield Condition(here.periods, ReasonCode.PERSON_NOT_STARTED, ReasonCode.PERSON_LEFT)
    in_kind = Working(asked.employment)
    yield _condition(team.service(person, in_kind).periods, ReasonCode.WRONG_EMPLOYMENT_KIND)
    in_time = replace(in_kind, working_time=asked.working_time)
    if asked.working_time is not None:
        # Whose time is known works for one percent of it at least.
        known = team.service(person, replace(in_kind, working_time=1))
        yield _condition(known.periods, ReasonCode.WORKING_TIME_UNKNOWN)
        in_time_here = team.service(person, in_time)
        yield _condition(in_time_here.periods, ReasonCode.TOO_LITTLE_WORKING_TIME)
    in_role = replace(in_time, job_roles=asked.job_roles)
    yield _condition(team.service(person, in_role).periods, ReasonCode.WRONG_JOB_ROLE)
    if asked.asks_place:
        there = team.service(person, asked)
        yield _condition(there.placed(), ReasonCode.PLACE_UNKNOWN)
        yield _condition(there.periods, ReasonCode.WRONG_REGION)


def _condition(periods: Periods, reason: ReasonCode) -> Condition:
    """Return that something is wrong for one reason before, between and after the periods."""
    return Condition(periods, reason, reason)
