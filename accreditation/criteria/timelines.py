"""Values that change on known days: piecewise constant from one day onward, forever."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from typing import Any, Generic, TypeVar

from accreditation.criteria.periods import Period, Periods, union

T = TypeVar("T")
U = TypeVar("U")
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Timeline(Generic[T]):
    """A value from its first day onward; each step is the first day of a different value."""

    steps: tuple[tuple[date, T], ...]

    @classmethod
    def of(cls, steps: Iterable[tuple[date, T]]) -> "Timeline[T]":
        """Return the timeline of these steps (in order, at least one); repetitions are dropped."""
        kept: list[tuple[date, T]] = []
        for day, value in steps:
            if not kept or kept[-1][1] != value:
                kept.append((day, value))
        return cls(tuple(kept))

    @property
    def now(self) -> T:
        """The value on the first day."""
        return self.steps[0][1]

    @property
    def changes_on(self) -> date | None:
        """The first day of a value other than the present one; None if it never changes."""
        return self.steps[1][0] if len(self.steps) > 1 else None

    def at(self, day: date) -> T:
        """Return the value on a day, not before the first."""
        return next(value for start, value in reversed(self.steps) if start <= day)

    def before(self, day: date) -> T:
        """Return the value on the day before one of the later steps."""
        return next(value for start, value in reversed(self.steps) if start < day)

    def when(self, wanted: Callable[[T], bool]) -> Periods:
        """Return the days, from the first on, on which the value is as wanted."""
        ends = [day for day, _ in self.steps[1:]]
        spans = zip_longest(self.steps, ends)
        return union(Period(day, end) for (day, value), end in spans if wanted(value))

    def map(self, change: Callable[[T], U]) -> "Timeline[U]":
        """Return the timeline of the changed values."""
        return Timeline.of([(day, change(value)) for day, value in self.steps])


def paired(change: Callable[[T, U], V], left: Timeline[T], right: Timeline[U]) -> "Timeline[V]":
    """Return `change` of the values of two timelines, day by day; both begin on the same day."""
    both: Sequence[Timeline[Any]] = (left, right)
    return combine(lambda values: change(*values), both)


def combine(change: Callable[[Sequence[T]], U], timelines: Sequence[Timeline[T]]) -> Timeline[U]:
    """Return `change` of the values of all timelines, day by day; all begin on the same day."""
    values = [timeline.now for timeline in timelines]
    later = sorted(
        ((day, index) for index, line in enumerate(timelines) for day, _ in line.steps[1:]),
    )
    positions = [0] * len(timelines)
    steps = [(timelines[0].steps[0][0], change(values))]
    for number, (day, index) in enumerate(later):
        positions[index] += 1
        values[index] = timelines[index].steps[positions[index]][1]
        if number + 1 == len(later) or later[number + 1][0] != day:
            steps.append((day, change(values)))
    return Timeline.of(steps)
