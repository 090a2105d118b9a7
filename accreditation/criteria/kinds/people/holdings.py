"""Which certificates count for which people, on a day and from then on."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from accreditation.criteria.facts import Certificate
from accreditation.criteria.kinds.people.service import Service
from accreditation.criteria.once import once
from accreditation.criteria.periods import (
    Period,
    Periods,
    at_least,
    earliest,
    intersect,
    union,
    without,
)
from accreditation.criteria.verdicts import Cause, CauseCode, Counted, NotCounted, ReasonCode
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

    `periods` is when it fits, taking an unknown version for new enough. `days` are all those on
    which the reason may change. Compared by identity: a certificate is weighed once.
    """

    certificate: Certificate
    service: Service
    terms: Terms
    superseded_on: date | None
    version_unknown: bool
    periods: Periods = field(init=False)
    days: frozenset[date] = field(init=False)

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
        object.__setattr__(self, "days", frozenset(self._days()))

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

    def _days(self) -> Iterator[date]:
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


@dataclass(frozen=True, slots=True, eq=False)
class Holder:
    """A person with the certificates that belong to a criterion, sorted by id.

    The person counts while at least `each` of them fit; `distinct` ones are of different
    certifications.
    """

    person: str
    holdings: tuple[Holding, ...]
    each: int
    distinct: bool
    days: frozenset[date] = field(init=False)
    """Every day on which anything may change."""
    answers: dict[Any, Any] = field(init=False, repr=False, default_factory=dict)

    def __post_init__(self) -> None:
        days = frozenset[date]().union(*(one.days for one in self.holdings))
        object.__setattr__(self, "days", days)

    @property
    def unknown(self) -> bool:
        """Whether the version of any certificate is unknown."""
        return any(one.version_unknown for one in self.holdings)

    @once
    def periods(self, *, unknown: bool) -> Periods:
        """Return when the person counts; `unknown`: if all unknown versions were new enough."""
        usable = [one for one in self.holdings if unknown or not one.version_unknown]
        if self.each == 1:
            return union(period for holding in usable for period in holding.periods)
        by_identity: defaultdict[str, list[Period]] = defaultdict(list)
        for holding in usable:
            by_identity[self._identity(holding)].extend(holding.periods)
        return at_least(self.each, [union(periods) for periods in by_identity.values()])

    @once
    def reasons(self, day: date) -> list[ReasonCode | None]:
        """Return for each certificate why it does not count on a day, None if it does.

        Of more certificates than are needed, those count that go on to fit longest.
        """
        reasons = [holding.reason(day) for holding in self.holdings]
        fitting = [one for one, reason in zip(self.holdings, reasons, strict=True) if not reason]
        if not fitting or len(fitting) == self.each == 1:
            return reasons
        chosen = self._choose(fitting, day)
        surplus = (
            ReasonCode.TOO_FEW_CERTIFICATES
            if len(chosen) < self.each
            else ReasonCode.DUPLICATE_FOR_PERSON
        )
        counts = set(chosen.values()) if len(chosen) == self.each else set()
        return [
            surplus if reason is None and holding.certificate.id not in counts else reason
            for holding, reason in zip(self.holdings, reasons, strict=True)
        ]

    @once
    def records(self, day: date) -> tuple[tuple[Counted, ...], tuple[NotCounted, ...]]:
        """Return which certificates count on a day, and for what reason the others do not."""
        counted: list[Counted] = []
        not_counted: list[NotCounted] = []
        for holding, reason in zip(self.holdings, self.reasons(day), strict=True):
            record = holding.certificate.id
            if reason is None:
                counted.append(Counted(record, self.person))
            else:
                not_counted.append(NotCounted(record, self.person, reason))
        return tuple(counted), tuple(not_counted)

    @once
    def changes_after(self, on: date) -> date | None:
        """Return the first later day with other reasons, None if there is none."""
        later = sorted(day for day in self.days if day > on)
        return next((day for day in later if self.reasons(day) != self.reasons(on)), None)

    @once
    def turn(self, day: date, *, better: bool) -> Cause | None:
        """Return what makes the person count for more (or less) from a day on, if anything does."""
        if day not in self.days:
            return None
        before = day - timedelta(days=1)
        was = [holding.reason(before) for holding in self.holdings]
        now = [holding.reason(day) for holding in self.holdings]
        change = self.weight(day) - self.weight(before)
        if change == 0 or (change > 0) is not better:
            return None
        open_, shut = (now, was) if better else (was, now)
        codes = BEGINNINGS if better else ENDINGS
        return next(
            Cause(codes[reason], holding.certificate.id, self.person)
            for holding, fits, reason in zip(self.holdings, open_, shut, strict=True)
            if _may_fit(fits) and reason in codes
        )

    def _choose(self, fitting: Sequence[Holding], day: date) -> dict[str, str]:
        """Return what counts, at most `each` by identity: those that fit longest, then by id."""
        chosen: dict[str, str] = {}
        # The sort is stable and the holdings are sorted by id.
        for holding in sorted(fitting, key=lambda one: one.fits_until(day) or day, reverse=True):
            if len(chosen) < self.each:
                chosen.setdefault(self._identity(holding), holding.certificate.id)
        return chosen

    @once
    def weight(self, day: date) -> int:
        """Return 2 for a person who counts on a day, 1 for one who may, 0 for one who does not."""
        both = [(holding, holding.reason(day)) for holding in self.holdings]
        certain = {self._identity(one) for one, reason in both if reason is None}
        possible = {self._identity(one) for one, reason in both if _may_fit(reason)}
        return (len(certain) >= self.each) + (len(possible) >= self.each)

    def _identity(self, holding: Holding) -> str:
        certificate = holding.certificate
        return certificate.certification if self.distinct else certificate.id


def _reached(first: date | None, day: date) -> bool:
    return first is not None and first <= day


def _may_fit(reason: ReasonCode | None) -> bool:
    return reason is None or reason is ReasonCode.VERSION_UNKNOWN
