"""Which certificates count, on a day and from then on."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from accreditation.criteria.facts import Certificate
from accreditation.criteria.kinds.people.service import Service
from accreditation.criteria.periods import (
    DAY,
    Period,
    Periods,
    earliest,
    intersect,
    without,
)
from accreditation.criteria.verdicts import Cause, CauseCode, Number, ReasonCode
from accreditation.criteria.windows import Ever, Window

EVER = Ever()
"""The window of a criterion that asks for none."""

ENDINGS = {
    ReasonCode.REVOKED: CauseCode.CERTIFICATE_REVOKED,
    ReasonCode.PERSON_LEFT: CauseCode.PERSON_LEAVES,
    ReasonCode.EXPIRED: CauseCode.CERTIFICATE_EXPIRES,
    ReasonCode.NO_LONGER_CREDITED: CauseCode.CREDIT_ENDS,
    ReasonCode.PAUSED: CauseCode.CERTIFICATE_PAUSED,
    ReasonCode.OUTSIDE_WINDOW: CauseCode.RECORD_TOO_OLD,
    ReasonCode.SUPERSEDED_VERSION: CauseCode.VERSION_SUPERSEDED,
    ReasonCode.WRONG_EMPLOYMENT_KIND: CauseCode.EMPLOYMENT_KIND_CHANGES,
    ReasonCode.TOO_LITTLE_WORKING_TIME: CauseCode.EMPLOYMENT_KIND_CHANGES,
    ReasonCode.WORKING_TIME_UNKNOWN: CauseCode.EMPLOYMENT_KIND_CHANGES,
    ReasonCode.WRONG_JOB_ROLE: CauseCode.JOB_ROLE_ENDS,
    ReasonCode.WRONG_REGION: CauseCode.PERSON_MOVES,
    ReasonCode.PLACE_UNKNOWN: CauseCode.PERSON_MOVES,
}
"""What has happened when a certificate stops counting and this is the reason."""

BEGINNINGS = {
    ReasonCode.NOT_YET_VALID: CauseCode.CERTIFICATE_STARTS,
    ReasonCode.PAUSED: CauseCode.CERTIFICATE_RESUMES,
    ReasonCode.OUTSIDE_WINDOW: CauseCode.TIME_PASSES,
    ReasonCode.PERSON_NOT_STARTED: CauseCode.PERSON_STARTS,
    ReasonCode.PERSON_LEFT: CauseCode.PERSON_STARTS,
    ReasonCode.WRONG_EMPLOYMENT_KIND: CauseCode.EMPLOYMENT_KIND_CHANGES,
    ReasonCode.TOO_LITTLE_WORKING_TIME: CauseCode.EMPLOYMENT_KIND_CHANGES,
    ReasonCode.WORKING_TIME_UNKNOWN: CauseCode.EMPLOYMENT_KIND_CHANGES,
    ReasonCode.WRONG_JOB_ROLE: CauseCode.JOB_ROLE_STARTS,
    ReasonCode.WRONG_REGION: CauseCode.PERSON_MOVES,
    ReasonCode.PLACE_UNKNOWN: CauseCode.PERSON_MOVES,
}
"""What has happened when a certificate starts to count and this was the reason against it."""


@dataclass(frozen=True, slots=True)
class Terms:
    """When certificates must have been earned (inclusive days) and when their credit ends.

    `earned_within` moves with the judged day.
    """

    earned_from: date | None = None
    earned_through: date | None = None
    credit_ends_on: date | None = None
    earned_within: Window = EVER

    def mistimed(self, earned_on: date) -> ReasonCode | None:
        """Return what is wrong with the day on which a certificate was earned, if anything."""
        if self.earned_from is not None and earned_on < self.earned_from:
            return ReasonCode.EARNED_TOO_EARLY
        if self.earned_through is not None and earned_on > self.earned_through:
            return ReasonCode.EARNED_TOO_LATE
        return None

    def seen(self, earned_on: date) -> Period | None:
        """Return the days on which one that was earned on a day is looked at, None: on none."""
        return self.earned_within.counts(earned_on)


@dataclass(frozen=True, slots=True, eq=False)
class Holding:
    """A certificate that belongs to a criterion, with all that decides whether it counts.

    `periods` is when it fits, taking an unknown version for new enough. Compared by identity: a
    certificate is weighed once.
    """

    certificate: Certificate
    service: Service
    terms: Terms
    superseded_on: date | None
    version_unknown: bool
    periods: Periods = field(init=False)
    _days: frozenset[date] = field(init=False)

    def __post_init__(self) -> None:
        start, end = self.certificate.period.start, earliest(*self._ends())
        seen = self.terms.seen(start)
        if seen is None or self.terms.mistimed(start) or (end is not None and end <= start):
            periods: Periods = ()
        else:
            periods = intersect(intersect((Period(start, end),), (seen,)), self.service.periods)
        if self.certificate.paused:
            periods = without(periods, self.certificate.paused)
        object.__setattr__(self, "periods", periods)
        object.__setattr__(self, "_days", frozenset(self._turning()))

    @property
    def record(self) -> str:
        """The id of the certificate."""
        return self.certificate.id

    @property
    def identity(self) -> str:
        """The certification."""
        return self.certificate.certification

    @property
    def value(self) -> Number:
        """One certificate."""
        return 1

    @property
    def pending(self) -> bool:
        """Whether it may count, but nobody knows: its version is not in the catalog."""
        return self.version_unknown

    def days(self) -> frozenset[date]:
        """Return every day on which the reason may change."""
        return self._days

    def fits_until(self, day: date) -> date | None:
        """Return the end of the period in which it fits on a day, None if it does not fit."""
        for period in self.periods:
            if day in period:
                return period.end or date.max
        return None

    def reason(self, day: date) -> ReasonCode | None:
        """Return why the certificate does not fit on a day, None if it does.

        The first reason that applies, from what is gone for good to what is only unknown.
        """
        if self.fits_until(day):
            return ReasonCode.VERSION_UNKNOWN if self.version_unknown else None
        if _reached(self.certificate.revoked_on, day):
            return ReasonCode.REVOKED
        return (
            self.service.absence(day)
            or self.terms.mistimed(self.certificate.period.start)
            or self._invalidity(day)
            or self.service.misfit(day)
        )

    def turn(self, day: date) -> bool | None:
        """Return whether it starts to fit (or stops) on a day, None if neither."""
        before, now = self.fits_until(day - DAY), self.fits_until(day)
        return None if (before is None) is (now is None) else now is not None

    def cause(self, day: date) -> Cause:
        """Return what makes it start or stop fitting on a day on which it does."""
        starts = self.turn(day)
        codes, shut = (BEGINNINGS, day - DAY) if starts else (ENDINGS, day)
        reason = self.reason(shut)
        assert reason is not None
        return Cause(codes[reason], self.certificate.id, self.certificate.person)

    def _turning(self) -> Iterator[date]:
        yield self.certificate.period.start
        yield from (day for day in self._ends() if day is not None)
        for gap in self.certificate.paused:
            yield from gap.bounds()
        seen = self.terms.seen(self.certificate.period.start)
        yield from seen.bounds() if seen else ()
        yield from self.service.days

    def _ends(self) -> tuple[date | None, ...]:
        certificate = self.certificate
        return (
            certificate.period.end,
            certificate.revoked_on,
            self.terms.credit_ends_on,
            self.superseded_on,
        )

    def _invalidity(self, day: date) -> ReasonCode | None:
        if day < self.certificate.period.start:
            return ReasonCode.NOT_YET_VALID
        if _reached(self.certificate.period.end, day):
            return ReasonCode.EXPIRED
        if _reached(self.terms.credit_ends_on, day):
            return ReasonCode.NO_LONGER_CREDITED
        if _reached(self.superseded_on, day):
            return ReasonCode.SUPERSEDED_VERSION
        if any(day in gap for gap in self.certificate.paused):
            return ReasonCode.PAUSED
        seen = self.terms.seen(self.certificate.period.start)
        return None if seen and day in seen else ReasonCode.OUTSIDE_WINDOW


def _reached(first: date | None, day: date) -> bool:
    return first is not None and first <= day
