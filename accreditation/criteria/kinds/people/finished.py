"""Who finished which courses: each completion with all that decides whether it counts."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import ClassVar

from accreditation.criteria.kinds.entries import Condition, Entry, always, within
from accreditation.criteria.kinds.people.holder import Holder
from accreditation.criteria.kinds.people.holdings import EVER
from accreditation.criteria.kinds.people.proof import Enough
from accreditation.criteria.kinds.people.team import Team
from accreditation.criteria.kinds.timing import condition, read_window
from accreditation.criteria.kinds.working import ANYHOW, Working
from accreditation.criteria.periods import Periods
from accreditation.criteria.problems import ProblemCode
from accreditation.criteria.reader import Catalog, Reader
from accreditation.criteria.records import CourseCompletion
from accreditation.criteria.verdicts import ReasonCode
from accreditation.criteria.windows import Window


@dataclass(frozen=True, slots=True)
class Courses:
    """Which completions belong to a criterion, and when they count.

    `modes`: only courses taken in one of these ways, such as online; empty: in any.
    """

    courses: frozenset[str]
    modes: frozenset[str] = frozenset()
    window: Window = EVER

    def entries(
        self, team: Team, working: Working, identity: Callable[[CourseCompletion], str]
    ) -> Iterator[Entry]:
        """Yield the completions that belong to it by person, then by id, as they are weighed."""
        for one in team.completions_of(self.courses):
            if not self.modes or one.mode in self.modes:
                conditions = (
                    *service_conditions(team, one.person, working),
                    within(one.period),
                    condition(self.window, one.period.start),
                )
                yield Entry(one.id, conditions, person=one.person, identity=identity(one))


@dataclass(frozen=True, slots=True)
class WantedCourses:
    """Courses, of which a person needs to have finished so many different ones."""

    family: ClassVar = "courses"

    which: Courses
    at_least: int = 1

    @property
    def names_any(self) -> bool:
        """Whether it says which courses belong to it: it always does."""
        return True

    @property
    def enough(self) -> Enough:
        """How many of them a person needs."""
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
        entries = self.which.entries(team, working, lambda one: one.course)
        for person, group in groupby(entries, key=lambda one: one.person or ""):
            yield Holder(person, tuple(group), self.enough)


def read_courses(reader: Reader) -> WantedCourses:
    """Return the courses that a set of a list names."""
    wanted = WantedCourses(read_which(reader), reader.positive("at_least") or 1)
    check_enough(wanted, reader)
    reader.finish()
    return wanted


def read_which(reader: Reader) -> Courses:
    """Return which completions a node is about."""
    return Courses(
        courses=reader.keys_in("courses", Catalog.COURSE, required=True),
        modes=reader.texts("modes", required=False),
        window=read_window(reader),
    )


def check_enough(wanted: WantedCourses, reader: Reader) -> None:
    """Note that a person would have to finish more courses than there are."""
    courses = wanted.which.courses
    if courses and wanted.at_least > len(courses):
        reader.problem("at_least", ProblemCode.NEVER_ENOUGH, most=str(len(courses)))


def service_conditions(team: Team, person: str, asked: Working) -> Iterator[Condition]:
    """Yield what has to hold of how a person works here, from being here at all to where."""
    if not team.employed(person):
        yield always(ReasonCode.NOT_EMPLOYED)
        return
    asked = team.narrowed(asked)
    here = team.service(person, ANYHOW)
    yield Condition(here.periods, ReasonCode.PERSON_NOT_STARTED, ReasonCode.PERSON_LEFT)
    in_kind = Working(asked.employment)
    in_role = Working(asked.employment, asked.job_roles)
    yield _condition(team.service(person, in_kind).periods, ReasonCode.WRONG_EMPLOYMENT_KIND)
    yield _condition(team.service(person, in_role).periods, ReasonCode.WRONG_JOB_ROLE)
    if asked.asks_place:
        there = team.service(person, asked)
        yield _condition(there.placed(), ReasonCode.PLACE_UNKNOWN)
        yield _condition(there.periods, ReasonCode.WRONG_REGION)


def _condition(periods: Periods, reason: ReasonCode) -> Condition:
    """Return that something is wrong for one reason before, between and after the periods."""
    return Condition(periods, reason, reason)
