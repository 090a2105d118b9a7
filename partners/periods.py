"""Half-open periods inside, last valid days outside: the one converter between the two.

Inside, a period is ``[start, end)``: ``end`` is the first day on which it no longer holds, None
means open. Forms, files, the API and pages say ``valid_through``, the last day included.
"""

from datetime import date, timedelta

_DAY = timedelta(days=1)


def last_day(end: date | None) -> date | None:
    """Return the last day included in a period that ends before ``end``; None stays open."""
    return None if end is None else end - _DAY


def end_after(last: date | None) -> date | None:
    """Return the exclusive end of a period whose last included day is ``last``."""
    return None if last is None else last + _DAY
