"""Windows of time. A window turns the day of a record into the days on which the record counts.

Asked on day D, a window looks at certain days. Seen from a record of day d, these are the days D on
which it is looked at: always one period, because every window only ever moves forward. So what a
criterion says stays a timeline, exact by construction.
"""

from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Self

from accreditation.criteria.periods import (
    DAY,
    Period,
    Periods,
    add_months,
    day_after,
    intersect,
    union,
)

MonthDay = tuple[int, int]
"""A day of every year: month and day of the month; 29 February is the last day of February."""


FIRST_RECORDED = date(1900, 1, 1)
"""No fact is of an earlier day. Authors write 0001-01-01 for "no beginning", before which no window
within another one could look."""


@dataclass(frozen=True, slots=True)
class Ever:
    """Everything up to and including the day that is asked for."""

    def counts(self, day: date) -> Period:
        """Return the days from this one on."""
        return Period(day)

    def first(self, on: date) -> date:  # noqa: ARG002 - the same for every day
        """Return the first day there is."""
        return date.min


@dataclass(frozen=True, slots=True)
class NotStated(Ever):
    """Days of which a draft leaves something open; nothing is judged by them."""


@dataclass(frozen=True, slots=True)
class RollingDays:
    """From (D minus n days) plus 1 day up to and including D."""

    days: int

    def counts(self, day: date) -> Period:
        """Return the days on which a record of this day counts."""
        return Period(day, day + timedelta(days=self.days))

    def first(self, on: date) -> date:
        """Return the first day that is looked at on a day."""
        return on - timedelta(days=self.days) + DAY


@dataclass(frozen=True, slots=True)
class RollingMonths:
    """From (D minus n months, at most the month's last day) plus 1 day up to and including D."""

    months: int

    def counts(self, day: date) -> Period:
        """Return the days on which a record of this day counts."""
        return Period(day, first_day_reaching_back(day, self.months))

    def first(self, on: date) -> date:
        """Return the first day that is looked at on a day."""
        return add_months(on, -self.months) + DAY


@dataclass(frozen=True, slots=True)
class ForwardMonths:
    """From D up to and including (D plus n months): what is planned or ends soon."""

    months: int

    def counts(self, day: date) -> Period:
        """Return the days on which a record of this day counts."""
        start = add_months(day, -self.months)
        return Period(start if start.day == day.day else start + DAY, day + DAY)

    def first(self, on: date) -> date:
        """Return the first day that is looked at on a day."""
        return on


@dataclass(frozen=True, slots=True)
class Fixed:
    """Fixed days, both inclusive, as far as they are past; they go on to count afterwards."""

    start: date
    last: date

    def counts(self, day: date) -> Period | None:
        """Return the days on which a record of this day counts, None if it never does."""
        return Period(day) if self.start <= day <= self.last else None

    def first(self, on: date) -> date:  # noqa: ARG002 - the same for every day
        """Return the first of the days, but none of before anything is on record."""
        return max(self.start, FIRST_RECORDED)


@dataclass(frozen=True, slots=True)
class Year:
    """The program's or fiscal year of D up to D; closed: the whole year before that one.

    `ago`: of a closed year, the one that was so many years earlier.
    """

    starts: MonthDay = (1, 1)
    closed: bool = False
    ago: int = 0

    def counts(self, day: date) -> Period:
        """Return the days on which a record of this day counts."""
        following = self._next(day)
        if not self.closed:
            return Period(day, following)
        for _ in range(self.ago):
            following = self._next(following)
        return Period(following, self._next(following))

    def first(self, on: date) -> date:
        """Return the first day that is looked at on a day."""
        start = last_of([self.starts], on)
        for _ in range(self.ago + 1 if self.closed else 0):
            start = last_of([self.starts], start - DAY)
        return start

    def earlier(self, months: int) -> Self:
        """Return the closed year so many months earlier: whole years, 12 months each."""
        return replace(self, ago=self.ago + months // 12)

    def _next(self, day: date) -> date:
        """Return the first day of the year after that of a day."""
        return next_of([self.starts], day + DAY)


@dataclass(frozen=True, slots=True)
class CalendarMonths:
    """The month of D up to D, and n full months before it."""

    full: int

    def counts(self, day: date) -> Period:
        """Return the days on which a record of this day counts."""
        return Period(day, add_months(day.replace(day=1), self.full + 1))

    def first(self, on: date) -> date:
        """Return the first day that is looked at on a day."""
        return add_months(on.replace(day=1), -self.full)


@dataclass(frozen=True, slots=True)
class ClosedMonths:
    """So many whole months, the last of which is over; `lag`: seen so many months later.

    With 12 months of lag it is the same months of the year before. `quarter`: months are taken
    three at a time, from `first_month` of the year on. `on_last_day`: a month is over on its last
    day already, as where figures are recorded at its close.
    """

    count: int = 1
    lag: int = 0
    quarter: bool = False
    first_month: int = 1
    on_last_day: bool = False

    def counts(self, day: date) -> Period:
        """Return the days on which a record of this day counts."""
        closed = add_months(self._start(day), self._size + self.lag)
        return Period(
            closed - self._ahead, add_months(closed, self.count * self._size) - self._ahead
        )

    def first(self, on: date) -> date:
        """Return the first day that is looked at on a day."""
        return add_months(self._closed(on), -self.count * self._size)

    def last(self, on: date) -> date:
        """Return the last day that is looked at on a day."""
        return self._closed(on) - DAY

    def _closed(self, on: date) -> date:
        """Return the first day after all that is looked at on a day."""
        month = (on + self._ahead).replace(day=1)
        return self._start(add_months(month, -self.lag))

    def earlier(self, months: int) -> Self:
        """Return the same months, so many months earlier."""
        return replace(self, lag=self.lag + months)

    @property
    def _ahead(self) -> timedelta:
        return DAY if self.on_last_day else timedelta(0)

    @property
    def _size(self) -> int:
        return 3 if self.quarter else 1

    def _start(self, day: date) -> date:
        """Return the first day of the month or quarter of a day."""
        beyond = (day.month - self.first_month) % self._size
        return add_months(day.replace(day=1), -beyond)


Window = (
    Ever
    | RollingDays
    | RollingMonths
    | ForwardMonths
    | Fixed
    | Year
    | CalendarMonths
    | ClosedMonths
)
"""Which days are looked at on a day."""


def first_day_reaching_back(day: date, months: int) -> date:
    """Return the first day from which so many months earlier is `day` or later."""
    later = add_months(day, months)
    # Clamped to the end of a shorter month, it would still reach back to before `day`.
    return later if later.day == day.day else later + DAY


def last_looked_at(window: Window, on: date) -> date:
    """Return the last day that a window looks at on a day, the day itself at the latest."""
    match window:
        case Fixed(_, last):
            return min(last, on)
        case Year(starts, closed=True):
            return last_of([starts], on) - DAY
        case ClosedMonths():
            return window.last(on)
    return on


def last_of(days: Sequence[MonthDay], on: date) -> date:
    """Return the last of these days of the year that is not after a day."""
    return max(day for day in _around(days, on) if day <= on)


def next_of(days: Sequence[MonthDay], on: date) -> date:
    """Return the first of these days of the year that is not before a day."""
    return min(day for day in _around(days, on) if day >= on)


def seen_from_snapshots(days: Sequence[MonthDay], periods: Periods) -> Periods:
    """Return the days whose last snapshot was taken within the periods."""
    seen = []
    for period in periods:
        start = next_of(days, period.start)
        end = None if period.end is None else next_of(days, period.end)
        if end is None or start < end:
            seen.append(Period(start, end))
    return union(seen)


def unbroken(months: int, periods: Periods) -> Periods:
    """Return the days on which all days, back to so many months earlier, are in the periods."""
    held = []
    for period in periods:
        start = first_day_reaching_back(period.start, months)
        if period.end is None or start < period.end:
            held.append(Period(start, period.end))
    return tuple(held)


def on_any_day(window: Window, periods: Periods) -> Periods:
    """Return the days whose window has at least one day in the periods."""
    if isinstance(window, Fixed):
        within = intersect(periods, (Period(window.start, day_after(window.last)),))
        return tuple(Period(period.start) for period in within[:1])
    seen = []
    for period in periods:
        end = None if period.end is None else window.counts(period.end - DAY).end
        seen.append(Period(window.counts(period.start).start, end))
    return union(seen)


def _around(days: Sequence[MonthDay], on: date) -> Iterator[date]:
    for year in (on.year - 1, on.year, on.year + 1):
        for month, number in days:
            yield date(year, month, min(number, monthrange(year, month)[1]))
