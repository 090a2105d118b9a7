"""Half-open periods inside, last valid days outside: the one converter between the two.

Inside, a period is ``[start, end)``: ``end`` is the first day on which it no longer holds, None
means open. Forms, files, the API and pages say ``valid_through``, the last day included.
"""

from calendar import monthrange
from datetime import date, timedelta
from typing import overload

FIRST_DAY = date(1900, 1, 1)
"""Nothing begins earlier."""

LAST_YEAR = 2199
"""No period ends later; whoever means no end says so."""

_DAY = timedelta(days=1)


@overload
def last_day(end: date) -> date: ...
@overload
def last_day(end: None) -> None: ...
@overload
def last_day(end: date | None) -> date | None: ...
def last_day(end: date | None) -> date | None:
    """Return the last day included in a period that ends before ``end``; None stays open."""
    return None if end is None else end - _DAY


@overload
def end_after(last: date) -> date: ...
@overload
def end_after(last: None) -> None: ...
@overload
def end_after(last: date | None) -> date | None: ...
def end_after(last: date | None) -> date | None:
    """Return the exclusive end of a period whose last included day is ``last``."""
    return None if last is None else last + _DAY


def months_after(day: date, months: int) -> date:
    """Return the same day of the month ``months`` later, or that month's end if it is shorter.

    As the exclusive end of a period: 24 months from 2024-03-01 end before 2026-03-01, so the last
    day is 2026-02-28; 6 months from 2025-08-31 end before 2026-02-28.
    """
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    return day.replace(year=year, month=month, day=min(day.day, monthrange(year, month)[1]))
