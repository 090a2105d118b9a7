"""Windows as documents describe them."""

import re
from collections.abc import Callable
from datetime import date

from accreditation.criteria.kinds.entries import Condition, always, within
from accreditation.criteria.problems import ProblemCode
from accreditation.criteria.reader import MOST_MONTHS, Reader
from accreditation.criteria.verdicts import ReasonCode
from accreditation.criteria.windows import (
    CalendarMonths,
    ClosedMonths,
    Ever,
    Fixed,
    ForwardMonths,
    MonthDay,
    NotStated,
    RollingDays,
    RollingMonths,
    Window,
    Year,
)

_MONTH_DAY = re.compile(r"(?!02-30|(?:0[2469]|11)-31)(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])")


def read_window(reader: Reader, name: str = "window") -> Window:
    """Return the window a criterion looks at; without one everything up to the day counts."""
    inner = reader.child(name)
    if inner is None:
        return Ever()
    known = len(reader.notes.open_places)
    window = _window(inner)
    return window if len(reader.notes.open_places) == known else NotStated()


def read_needed_window(reader: Reader) -> Window:
    """Return the window a criterion looks at, which must be given."""
    return _window(reader.needed_child("window"))


def condition(window: Window, day: date) -> Condition:
    """Return the days on which a record of a day is in the window."""
    period = window.counts(day)
    if period is None:
        return always(ReasonCode.OUTSIDE_WINDOW)
    later = ReasonCode.OUTSIDE_WINDOW if period.start != day else ReasonCode.NOT_YET_VALID
    return within(period, before=later, after=ReasonCode.OUTSIDE_WINDOW)


def read_month_days(reader: Reader, name: str) -> tuple[MonthDay, ...]:
    """Return days of the year, written as MM-DD, in order."""
    found = sorted(reader.texts(name))
    days = [match for text in found if (match := _MONTH_DAY.fullmatch(text))]
    if len(days) < len(found):
        reader.problem(name, ProblemCode.NOT_A_MONTH_DAY)
    return tuple((int(match[1]), int(match[2])) for match in days)


def _window(reader: Reader) -> Window:
    forms = [name for name in FORMS if name in reader]
    if len(forms) == 1:
        window = FORMS[forms[0]](reader, forms[0])
    else:
        window = Ever()
        if reader.usable:
            reader.problem_here(ProblemCode.NOT_A_NODE, forms=", ".join(FORMS))
            reader.skip(forms)
    reader.finish()
    return window


def _fixed(reader: Reader, name: str) -> Window:
    inner = reader.needed_child(name)
    first, last = inner.day("from"), inner.day("through")
    for end, day in (("from", first), ("through", last)):
        if end not in inner:
            inner.problem(end, ProblemCode.MISSING)
        elif day and first and day < first:
            inner.problem(end, ProblemCode.ENDS_BEFORE_START, start=first.isoformat())
    inner.finish()
    return Fixed(first or date.min, last or date.max)


def _closed(reader: Reader, name: str) -> Window:
    quarter = name == "closed_quarters"
    return ClosedMonths(
        reader.positive(name, most=MOST_MONTHS // 3 if quarter else MOST_MONTHS) or 1,
        reader.whole("lag_months", default=0, most=MOST_MONTHS),
        quarter=quarter,
        first_month=_month_day(reader, "quarters_from")[0] if "quarters_from" in reader else 1,
        on_last_day=reader.flag("on_last_day", default=False),
    )


def _months(reader: Reader, name: str) -> int:
    return reader.positive(name, most=MOST_MONTHS) or 1


def _month_day(reader: Reader, name: str) -> MonthDay:
    text = reader.stated(name)
    match = _MONTH_DAY.fullmatch(text)
    if not text:
        return 1, 1
    if match is None:
        reader.problem(name, ProblemCode.NOT_A_MONTH_DAY)
        return 1, 1
    return int(match[1]), int(match[2])


FORMS: dict[str, Callable[[Reader, str], Window]] = {
    "rolling_days": lambda reader, name: RollingDays(reader.positive(name) or 1),
    "rolling_months": lambda reader, name: RollingMonths(_months(reader, name)),
    "forward_months": lambda reader, name: ForwardMonths(_months(reader, name)),
    "calendar_months": lambda reader, name: CalendarMonths(
        reader.whole(name, default=0, most=MOST_MONTHS)
    ),
    "fixed": _fixed,
    "year_from": lambda reader, name: Year(_month_day(reader, name)),
    "closed_year_from": lambda reader, name: Year(_month_day(reader, name), closed=True),
    "closed_months": _closed,
    "closed_quarters": _closed,
}
"""Windows by the name that describes them."""
