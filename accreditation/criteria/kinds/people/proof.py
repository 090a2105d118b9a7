"""What shows something of a person, and how many such records are enough."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import accumulate
from typing import ClassVar, Protocol

from accreditation.criteria.periods import Period, Periods, at_least, union
from accreditation.criteria.verdicts import Cause, Number, ReasonCode


class Proof(Protocol):
    """A dated record of a person with all that decides whether it counts for a criterion."""

    @property
    def record(self) -> str:
        """The id of the record."""
        ...

    @property
    def identity(self) -> str:
        """What several records share that are of the same: a certification, a course."""
        ...

    @property
    def value(self) -> Number:
        """How much the record is, where that is asked for."""
        ...

    @property
    def pending(self) -> bool:
        """Whether it may count, but not for certain."""
        ...

    @property
    def periods(self) -> Periods:
        """When it fits."""
        ...

    def days(self) -> Iterable[date]:
        """Return every day on which the reason may change."""
        ...

    def fits_until(self, day: date) -> date | None:
        """Return the end of the period in which it fits on a day, None if it does not fit."""
        ...

    def reason(self, day: date) -> ReasonCode | None:
        """Return why it does not count on a day, None if it does."""
        ...

    def turn(self, day: date) -> bool | None:
        """Return whether it starts to fit (or stops) on a day, None if neither."""
        ...

    def cause(self, day: date) -> Cause:
        """Return what makes it start or stop fitting on a day on which it does."""
        ...


TOO_FEW = (
    ReasonCode.TOO_FEW_CERTIFICATES,
    ReasonCode.TOO_FEW_COURSES,
    ReasonCode.TOO_FEW_HOURS,
)
"""Why records do not count that fit, but are not enough together."""


@dataclass(frozen=True, slots=True)
class Enough:
    """A person needs at least `count` records; `distinct` ones are of different identities.

    `lacking` is what is wrong with those that fit while there are fewer.
    """

    count: int
    distinct: bool
    lacking: ReasonCode = ReasonCode.TOO_FEW_CERTIFICATES

    def periods(self, proofs: Sequence[Proof]) -> Periods:
        """Return when enough of these fit."""
        if self.count == 1:
            return union(period for proof in proofs for period in proof.periods)
        by_identity: defaultdict[str, list[Period]] = defaultdict(list)
        for proof in proofs:
            by_identity[self._identity(proof)].extend(proof.periods)
        return at_least(self.count, [union(periods) for periods in by_identity.values()])

    def is_reached(self, proofs: Iterable[Proof]) -> bool:
        """Return whether these are enough, all of which fit."""
        return len({self._identity(one) for one in proofs}) >= self.count

    def chosen(self, fitting: Iterable[Proof], day: date) -> frozenset[str]:
        """Return the records that count, no more than are needed; none if they are too few.

        Those count that go on to fit longest, then by id: the proofs are sorted by that.
        """
        found: dict[str, str] = {}
        for proof in sorted(fitting, key=lambda one: one.fits_until(day) or day, reverse=True):
            if len(found) < self.count:
                found.setdefault(self._identity(proof), proof.record)
        return frozenset(found.values()) if len(found) == self.count else frozenset()

    def _identity(self, proof: Proof) -> str:
        return proof.identity if self.distinct else proof.record


@dataclass(frozen=True, slots=True)
class EnoughHours:
    """A person needs records that are worth at least so many hours together.

    Each counts, also several of one course. What may be worth all of them, but nobody knows, has
    that value and is pending.
    """

    hours: Fraction
    lacking: ClassVar = ReasonCode.TOO_FEW_HOURS

    def periods(self, proofs: Sequence[Proof]) -> Periods:
        """Return when those that fit are worth enough."""
        changes: defaultdict[date, Fraction] = defaultdict(Fraction)
        for proof in proofs:
            for period in proof.periods:
                changes[period.start] += proof.value
                if period.end is not None:
                    changes[period.end] -= proof.value
        days = sorted(changes)
        sums = list(accumulate(changes[day] for day in days))
        ends: list[date | None] = [*days, None]
        spans = zip(days, ends[1:], sums, strict=True)
        return union(Period(start, end) for start, end, worth in spans if worth >= self.hours)

    def is_reached(self, proofs: Iterable[Proof]) -> bool:
        """Return whether these are worth enough, all of which fit."""
        return sum(one.value for one in proofs) >= self.hours

    def chosen(self, fitting: Iterable[Proof], day: date) -> frozenset[str]:
        """Return the records that count, no more than are needed; none if they are too few.

        Those count that go on to fit longest, then by id: the proofs are sorted by that.
        """
        found: set[str] = set()
        worth: Number = 0
        for proof in sorted(fitting, key=lambda one: one.fits_until(day) or day, reverse=True):
            if worth < self.hours:
                found.add(proof.record)
                worth += proof.value
        return frozenset(found) if worth >= self.hours else frozenset()


Needed = Enough | EnoughHours
"""What a person needs of a set of records."""
