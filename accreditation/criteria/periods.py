"""Calendar periods: half-open `[start, end)`, in days of the vendor's time zone."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from operator import attrgetter, itemgetter


@dataclass(frozen=True, slots=True)
class Period:
    """The days from `start` up to, but not including, `end`; without an end it never stops."""

    start: date
    end: date | None = None

    def __post_init__(self) -> None:
        if self.end is not None and self.end <= self.start:
            raise ValueError(f"a period must end after it starts: {self.start} to {self.end}")

    def __contains__(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day < self.end)

    def bounds(self) -> tuple[date, ...]:
        """Return the days on which the answer of `day in period` changes."""
        return (self.start,) if self.end is None else (self.start, self.end)

    def __and__(self, other: "Period") -> "Period | None":
        """Return the days both periods have in common, None if there are none."""
        start = max(self.start, other.start)
        end = earliest(self.end, other.end)
        return Period(start, end) if end is None or start < end else None


DAY = timedelta(days=1)

Periods = tuple[Period, ...]
"""Periods in order, neither overlapping nor touching each other."""

NEVER: Periods = ()


def earliest(*days: date | None) -> date | None:
    """Return the first of the days; None stands for "never" and loses against every day."""
    first: date | None = None
    for day in days:
        if day is not None and (first is None or day < first):
            first = day
    return first


def day_after(last: date) -> date | None:
    """Return the end (exclusive) of days through a last one; None for the calendar's last day.

    Authors write 9999-12-31 for "no end".
    """
    return None if last == date.max else last + DAY


def add_months(day: date, months: int) -> date:
    """Return the same day so many months later (or earlier), at most the month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def intersect(left: Periods, right: Periods) -> Periods:
    """Return the days that are in both."""
    return tuple(common for one in left for other in right if (common := one & other))


def without(periods: Periods, gaps: Periods) -> Periods:
    """Return the days that are in the periods but not in the gaps."""
    for gap in gaps:
        parts = [Period(date.min, gap.start)] if gap.start > date.min else []
        parts += [Period(gap.end)] if gap.end else []
        periods = intersect(periods, tuple(parts))
    return periods


def union(periods: Iterable[Period]) -> Periods:
    """Return the days that are in any of the periods; overlapping and adjacent ones are merged."""
    merged: list[Period] = []
    for period in sorted(periods, key=attrgetter("start")):
        last = merged[-1] if merged else None
        if last is None or (last.end is not None and last.end < period.start):
            merged.append(period)
        elif last.end is not None and (period.end is None or period.end > last.end):
            merged[-1] = Period(last.start, period.end)
    return tuple(merged)


def at_least(count: int, sets: Iterable[Periods]) -> Periods:
    """Return the days on which at least `count` (one or more) of the sets hold."""
    merged: list[Period] = []
    opened: date | None = None
    for day, depth in depths(sets):
        if opened is None and depth >= count:
            opened = day
        elif opened is not None and depth < count:
            merged.append(Period(opened, day))
            opened = None
    if opened is not None:
        merged.append(Period(opened))
    return tuple(merged)


def depths(sets: Iterable[Periods]) -> list[tuple[date, int]]:
    """Return how many of the sets hold, as steps `(first day, number)` in order of days."""
    events: list[tuple[date, int]] = []
    for periods in sets:
        for period in periods:
            events.append((period.start, 1))
            if period.end is not None:
                events.append((period.end, -1))
    events.sort()
    steps: list[tuple[date, int]] = []
    depth = 0
    for day, changes in groupby(events, key=itemgetter(0)):
        depth += sum(change for _, change in changes)
        steps.append((day, depth))
    return steps
