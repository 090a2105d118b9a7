"""The days that a criterion looks at, in words."""

from __future__ import annotations

from functools import singledispatch

from django.utils.translation import gettext, ngettext

from accreditation.criteria.windows import (
    CalendarMonths,
    ClosedMonths,
    Ever,
    Fixed,
    ForwardMonths,
    NotStated,
    RollingDays,
    RollingMonths,
    Window,
    Year,
)
from accreditation.sentences.nouns import MONTHS
from accreditation.sentences.speech import between, day_of_year


def window_terms(window: Window) -> list[str]:
    """Return the clause about the days, none where every day up to the judged one counts."""
    return [] if window == Ever() else [window_text(window)]


@singledispatch
def window_text(window: object) -> str:
    """Return which days are looked at, seen from the day that is judged.

    :raises TypeError: there are no words for this window.
    """
    raise TypeError(f"there are no words for {type(window).__name__}")


@window_text.register
def _(_window: Ever) -> str:
    return gettext("up to the day that is judged")


@window_text.register
def _(_window: NotStated) -> str:
    return gettext("in a time that is still open")


@window_text.register
def _(window: RollingDays) -> str:
    return ngettext(
        "within the last %(count)d day", "within the last %(count)d days", window.days
    ) % {"count": window.days}


@window_text.register
def _(window: RollingMonths) -> str:
    return ngettext(
        "within the last %(count)d month", "within the last %(count)d months", window.months
    ) % {"count": window.months}


@window_text.register
def _(window: ForwardMonths) -> str:
    return ngettext(
        "within the next %(count)d month", "within the next %(count)d months", window.months
    ) % {"count": window.months}


@window_text.register
def _(window: Fixed) -> str:
    return between(window.start, window.last)


@window_text.register
def _(window: Year) -> str:
    start = day_of_year(*window.starts)
    if window.closed:
        return gettext("in the last whole year (years begin on %(day)s)") % {"day": start}
    return gettext("in the current year (years begin on %(day)s)") % {"day": start}


@window_text.register
def _(window: CalendarMonths) -> str:
    if not window.full:
        return gettext("in the current calendar month")
    return ngettext(
        "in the current calendar month and the full month before it",
        "in the current calendar month and the %(count)d full months before it",
        window.full,
    ) % {"count": window.full}


@window_text.register
def _(window: ClosedMonths) -> str:
    if window.quarter:
        closed = ngettext(
            "in the last whole quarter (quarters begin on %(day)s)",
            "in the last %(count)d whole quarters (quarters begin on %(day)s)",
            window.count,
        ) % {"count": window.count, "day": day_of_year(window.first_month, 1)}
    else:
        closed = ngettext(
            "in the last whole month", "in the last %(count)d whole months", window.count
        ) % {"count": window.count}
    if window.on_last_day:
        closed = gettext("%(window)s, over on its last day already") % {"window": closed}
    if not window.lag:
        return closed
    lag = MONTHS.of(window.lag)
    return gettext("%(window)s, as it was %(months)s earlier") % {"window": closed, "months": lag}
