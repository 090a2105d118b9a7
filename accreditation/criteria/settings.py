"""How a program is run: whose facts count, how awards live, on which days levels move."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from accreditation.criteria.kinds.timing import read_month_days
from accreditation.criteria.periods import DAY, Period, add_months, day_after
from accreditation.criteria.problems import ProblemCode
from accreditation.criteria.reader import MOST_MONTHS, Reader
from accreditation.criteria.windows import MonthDay, next_of


class Granting(StrEnum):
    """Whether awards follow from the verdict by themselves or need an approved application."""

    AUTOMATIC = "automatic"
    ON_APPLICATION = "on_application"


class Enrollment(StrEnum):
    """Whether every partner takes part by itself or each has to ask."""

    AUTOMATIC = "automatic"
    ON_REQUEST = "on_request"


class FactsOf(StrEnum):
    """Whose facts a partner is judged by: its own, or those of all partners below it as well."""

    PARTNER = "partner"
    SUBTREE = "subtree"


class Moving(StrEnum):
    """When a level that is held may move, where no days of the year are named."""

    ANY_DAY = "any_day"
    AT_RENEWAL = "at_renewal"


@dataclass(frozen=True, slots=True)
class ReviewDays:
    """The days on which a held level may move in one direction; when an award ends, it always may.

    `days` are days of every year; without any, `moving` says whether every day will do.
    """

    moving: Moving = Moving.ANY_DAY
    days: tuple[MonthDay, ...] = ()

    def __contains__(self, day: date) -> bool:
        return self.next_from(day) == day

    def next_from(self, day: date) -> date | None:
        """Return the first of them that is not before a day, None if only a renewal will do."""
        if self.days:
            return next_of(self.days, day)
        return day if self.moving is Moving.ANY_DAY else None


ANY_DAY = ReviewDays()


@dataclass(frozen=True, slots=True)
class Extension:
    """Awards whose last day lies in the period go on for so many months."""

    period: Period
    months: int

    def extended(self, ends_on: date) -> date:
        """Return the end (exclusive) of an award after the extension: the same if not meant."""
        last = ends_on - DAY
        return add_months(last, self.months) + DAY if last in self.period else ends_on


@dataclass(frozen=True, slots=True)
class Settings:
    """How a program is run.

    `term_months` None: an award has no end of its own. `renewal_window_days` before an award's end
    its renewal is looked at; `renewal_late_days` after its last day it is still in force and can be
    renewed without a gap. `nested_levels`: a level also asks everything that the levels below it
    ask. `up` and `down` are when a held level may rise and fall.
    """

    award: Granting = Granting.AUTOMATIC
    enrollment: Enrollment = Enrollment.AUTOMATIC
    facts_of: FactsOf = FactsOf.PARTNER
    grace_days: int = 0
    term_months: int | None = None
    renewal_window_days: int = 0
    renewal_late_days: int = 0
    nested_levels: bool = True
    up: ReviewDays = ANY_DAY
    down: ReviewDays = ANY_DAY
    extensions: tuple[Extension, ...] = ()

    def renewal_window(self, ends_on: date) -> Period | None:
        """Return the days in which an award with this end (exclusive) is renewed, None if none."""
        start = ends_on - timedelta(days=self.renewal_window_days)
        end = ends_on + timedelta(days=self.renewal_late_days)
        return Period(start, end) if start < end else None

    def renewable_until(self, ends_on: date) -> date | None:
        """Return the first day on which an ended award is no longer renewed late, None if never."""
        return ends_on + timedelta(days=self.renewal_late_days) if self.renewal_late_days else None

    def renewed(self, ends_on: date, on: date) -> date | None:
        """Return the end of an award that takes over on a day where another one ended.

        It goes on from the old end, so that the day of renewal neither gains nor loses anything.
        """
        if self.term_months is None:
            return None
        end = add_months(ends_on, self.term_months)
        while end <= on:
            end = add_months(end, self.term_months)
        return end

    def extended(self, ends_on: date) -> date:
        """Return the end (exclusive) of an award after whatever extension is meant for it."""
        ends = (one.extended(ends_on) for one in self.extensions)
        return next((end for end in ends if end != ends_on), ends_on)


DEFAULT = Settings()


def read_settings(reader: Reader | None) -> Settings:
    """Return the settings of a document; without any, the defaults."""
    if reader is None:
        return DEFAULT
    award = reader.choice("award", Granting, default=DEFAULT.award)
    reviews = reader.child("reviews")
    settings = Settings(
        award=award,
        enrollment=reader.choice("enrollment", Enrollment, default=DEFAULT.enrollment),
        facts_of=reader.choice("facts_of", FactsOf, default=DEFAULT.facts_of),
        grace_days=reader.whole("grace_days", default=DEFAULT.grace_days),
        term_months=reader.positive("term_months", required=False, most=MOST_MONTHS),
        renewal_window_days=reader.whole(
            "renewal_window_days", default=DEFAULT.renewal_window_days
        ),
        renewal_late_days=reader.whole("renewal_late_days", default=DEFAULT.renewal_late_days),
        nested_levels=reader.flag("nested_levels", default=DEFAULT.nested_levels),
        up=_review_days(reviews, "up"),
        down=_review_days(reviews, "down"),
        extensions=_extensions(reader.children("extensions", required=False)),
    )
    if reviews is not None:
        reviews.finish()
    reader.finish()
    _check_term(reader, settings)
    return settings


def _review_days(reviews: Reader | None, name: str) -> ReviewDays:
    if reviews is None:
        return ANY_DAY
    if reviews.lists(name):
        return ReviewDays(days=read_month_days(reviews, name))
    return ReviewDays(reviews.choice(name, Moving, default=Moving.ANY_DAY))


def _extensions(readers: Iterable[Reader]) -> tuple[Extension, ...]:
    return tuple(one for reader in readers if (one := _extension(reader)) is not None)


def _extension(reader: Reader) -> Extension | None:
    """Return an extension; None, with its problem noted, if it is unclear or would not end."""
    first, last = reader.day("from", required=True), reader.day("through", required=True)
    months = reader.positive("months", most=MOST_MONTHS)
    reader.finish()
    if first is None or last is None or months is None:
        return None
    if last < first:
        reader.problem("through", ProblemCode.ENDS_BEFORE_START, start=first.isoformat())
        return None
    if add_months(first, months) <= last:
        reader.problem("months", ProblemCode.EXTENDS_AGAIN, last=last.isoformat())
    return Extension(Period(first, day_after(last)), months)


def _check_term(reader: Reader, settings: Settings) -> None:
    """Note what has no meaning for awards that never end."""
    if settings.term_months or reader.spot("term_months") in reader.notes.open_places:
        return
    if settings.renewal_late_days:
        reader.problem("renewal_late_days", ProblemCode.NEEDS_ALSO, needed="term_months")
    if settings.extensions:
        reader.problem("extensions", ProblemCode.NEEDS_ALSO, needed="term_months")
    for name, days in (("up", settings.up), ("down", settings.down)):
        if days.moving is Moving.AT_RENEWAL:
            reader.problem(f"reviews.{name}", ProblemCode.NEEDS_ALSO, needed="term_months")
