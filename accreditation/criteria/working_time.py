"""Working hours between two moments of a place: days off do not count, working days count whole."""

from datetime import datetime, time, timedelta
from fractions import Fraction

from accreditation.criteria.periods import DAY

MONDAY_TO_FRIDAY = frozenset(range(5))


def working_hours(
    start: datetime, end: datetime, days: frozenset[int] = MONDAY_TO_FRIDAY
) -> Fraction:
    """Return the hours from `start` to `end` on working days (0 is Monday), exactly.

    Both are moments of the clock at the place, without a time zone: a working day has 24 hours.

    :raises ValueError: the end is before the start.
    """
    if end < start:
        raise ValueError(f"{end} is before {start}")
    worked, moment = timedelta(0), start
    while moment < end:
        midnight = datetime.combine(moment.date() + DAY, time.min)
        following = min(midnight, end)
        if moment.weekday() in days:
            worked += following - moment
        moment = following
    return Fraction(worked // timedelta(microseconds=1), 3_600_000_000)
