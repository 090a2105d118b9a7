"""Which certificates count for which people, on a day and from then on."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby
from typing import Self

from accreditation.criteria.facts import Certificate
from accreditation.criteria.kinds.counting import Amount, amounts_from
from accreditation.criteria.kinds.service import Service
from accreditation.criteria.periods import (
    Period,
    Periods,
    at_least,
    earliest,
    intersect,
    union,
    without,
)
from accreditation.criteria.timelines import Timeline
from accreditation.criteria.verdicts import Cause, CauseCode, Counted, NotCounted, ReasonCode

ENDINGS = {
    ReasonCode.REVOKED: CauseCode.CERTIFICATE_REVOKED,
    ReasonCode.PERSON_LEFT: CauseCode.PERSON_LEAVES,
    ReasonCode.EXPIRED: CauseCode.CERTIFICATE_EXPIRES,
    ReasonCode.NO_LONGER_CREDITED: CauseCode.CREDIT_ENDS,
    ReasonCode.PAUSED: CauseCode.CERTIFICATE_PAUSED,
    ReasonCode.SUPERSEDED_VERSION: CauseCode.VERSION_SUPERSEDED,
    ReasonCode.WRONG_EMPLOYMENT_KIND: CauseCode.EMPLOYMENT_KIND_CHANGES,
    ReasonCode.WRONG_JOB_ROLE: CauseCode.JOB_ROLE_ENDS,
}
"""What has happened when a certificate stops counting and this is the reason."""

BEGINNINGS = {
    ReasonCode.NOT_YET_VALID: CauseCode.CERTIFICATE_STARTS,
    ReasonCode.PAUSED: CauseCode.CERTIFICATE_RESUMES,
    ReasonCode.PERSON_NOT_STARTED: CauseCode.PERSON_STARTS,
    ReasonCode.PERSON_LEFT: CauseCode.PERSON_STARTS,
    ReasonCode.WRONG_EMPLOYMENT_KIND: CauseCode.EMPLOYMENT_KIND_CHANGES,
    ReasonCode.WRONG_JOB_ROLE: CauseCode.JOB_ROLE_STARTS,
}
"""What has happened when a certificate starts to count and this was the reason against it."""


@dataclass(frozen=True, slots=True)
class Terms:
    """When certificates must have been earned (inclusive days) and when their credit ends."""

    earned_from: date | None = None
    earned_through: date | None = None
    credit_ends_on: date | None = None

    def mistimed(self, earned_on: date) -> ReasonCode | None:
        """Return what is wrong with the day on which a certificate was earned, if anything."""
        if self.earned_from is not None and earned_on < self.earned_from:
            return ReasonCode.EARNED_TOO_EARLY
        if self.earned_through is not None and earned_on > self.earned_through:
            return ReasonCode.EARNED_TOO_LATE
        return None


@dataclass(frozen=True, slots=True)
class Holding:
    """A certificate that belongs to a criterion, with all that decides whether it counts.

    `periods` is when it fits, taking an unknown version for new enough.
    """

    certificate: Certificate
    service: Service
    terms: Terms
    superseded_on: date | None
    version_unknown: bool
    periods: Periods = field(init=False)

    def __post_init__(self) -> None:
        start, end = self.certificate.period.start, earliest(*self._ends())
        if self.terms.mistimed(start) or (end is not None and end <= start):
            periods: Periods = ()
        else:
            periods = intersect((Period(start, end),), self.service.periods)
        if self.certificate.paused:
            periods = without(periods, self.certificate.paused)
        object.__setattr__(self, "periods", periods)

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

    def days(self) -> Iterator[date]:
        """Return every day on which the reason may change."""
        yield self.certificate.period.start
        yield from (day for day in self._ends() if day is not None)
        for gap in self.certificate.paused:
            yield from gap.bounds()
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
        paused = any(day in gap for gap in self.certificate.paused)
        return ReasonCode.PAUSED if paused else None


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What counts on one day, and why the rest does not; sorted by person and record."""

    counted: tuple[Counted, ...]
    not_counted: tuple[NotCounted, ...]


@dataclass(frozen=True, slots=True)
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

    def __post_init__(self) -> None:
        days = frozenset(day for holding in self.holdings for day in holding.days())
        object.__setattr__(self, "days", days)

    def periods(self, *, unknown: bool) -> Periods:
        """Return when the person counts; `unknown`: if all unknown versions were new enough."""
        usable = [one for one in self.holdings if unknown or not one.version_unknown]
        if self.each == 1:
            return union(period for holding in usable for period in holding.periods)
        by_identity: defaultdict[str, list[Period]] = defaultdict(list)
        for holding in usable:
            by_identity[self._identity(holding)].extend(holding.periods)
        return at_least(self.each, [union(periods) for periods in by_identity.values()])

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

    def changes_between(self, on: date, before: date | None) -> date | None:
        """Return the first day after `on` with other reasons, None if there is none `before`."""
        today = self.reasons(on)
        later = (day for day in self.days if day > on and (before is None or day < before))
        return next((day for day in sorted(later) if self.reasons(day) != today), None)

    def turn(self, day: date, *, better: bool) -> Cause | None:
        """Return what makes the person count for more (or less) from a day on, if anything does."""
        if day not in self.days:
            return None
        before = day - timedelta(days=1)
        was = [holding.reason(before) for holding in self.holdings]
        now = [holding.reason(day) for holding in self.holdings]
        change = self._weight(now) - self._weight(was)
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

    def _weight(self, reasons: Sequence[ReasonCode | None]) -> int:
        """Return 2 for a person who counts, 1 for one who may, 0 for one who does not."""
        both = list(zip(self.holdings, reasons, strict=True))
        certain = {self._identity(one) for one, reason in both if reason is None}
        possible = {self._identity(one) for one, reason in both if _may_fit(reason)}
        return (len(certain) >= self.each) + (len(possible) >= self.each)

    def _identity(self, holding: Holding) -> str:
        certificate = holding.certificate
        return certificate.certification if self.distinct else certificate.id


class Holders:
    """Everybody with certificates that belong to a criterion."""

    def __init__(self, holdings: Sequence[Holding], *, each: int, distinct: bool) -> None:
        """Take holdings sorted by person, then by certificate id."""
        self._holders = [
            Holder(person, tuple(group), each, distinct)
            for person, group in groupby(holdings, key=lambda one: one.certificate.person)
        ]

    @classmethod
    def stacked(cls, holdings: Sequence[Holding]) -> Self:
        """Return every certificate as a holder of its own, so that each counts."""
        holders = cls((), each=1, distinct=False)
        holders._holders = [Holder(one.certificate.person, (one,), 1, False) for one in holdings]
        return holders

    @property
    def unknown(self) -> bool:
        """Whether the version of any certificate is unknown."""
        return any(one.version_unknown for holder in self._holders for one in holder.holdings)

    def amounts_from(self, on: date) -> Timeline[Amount]:
        """Return how many people count from a day onward."""
        certain = [holder.periods(unknown=False) for holder in self._holders]
        if not self.unknown:
            return amounts_from(on, certain)
        return amounts_from(on, certain, [one.periods(unknown=True) for one in self._holders])

    def snapshot(self, day: date) -> Snapshot:
        """Return which certificates count on a day, and for what reason the others do not."""
        counted: list[Counted] = []
        not_counted: list[NotCounted] = []
        for holder in self._holders:
            for holding, reason in zip(holder.holdings, holder.reasons(day), strict=True):
                record = holding.certificate.id
                if reason is None:
                    counted.append(Counted(record, holder.person))
                else:
                    not_counted.append(NotCounted(record, holder.person, reason))
        return Snapshot(tuple(counted), tuple(not_counted))

    def changes_after(self, on: date) -> date | None:
        """Return the first later day on which anything counts differently."""
        first: date | None = None
        for holder in self._holders:
            first = holder.changes_between(on, first) or first
        return first

    def explain(self, day: date, *, better: bool) -> Cause:
        """Return what makes more (or fewer) people count on a day on which that changes."""
        turn = self.turn(day, better=better)
        assert turn is not None
        return turn

    def turn(self, day: date, *, better: bool) -> Cause | None:
        """Return what makes somebody count for more (or less) from a day on, None if nothing."""
        turns = (holder.turn(day, better=better) for holder in self._holders)
        return next((turn for turn in turns if turn is not None), None)

    def periods(self, *, unknown: bool) -> dict[str, Periods]:
        """Return when each person counts; `unknown`: if all unknown versions were new enough."""
        return {one.person: one.periods(unknown=unknown) for one in self._holders}


def _reached(first: date | None, day: date) -> bool:
    return first is not None and first <= day


def _may_fit(reason: ReasonCode | None) -> bool:
    return reason is None or reason is ReasonCode.VERSION_UNKNOWN
