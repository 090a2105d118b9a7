"""A person with the records by which they may count for a criterion."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from accreditation.criteria.kinds.people.proof import Needed, Proof
from accreditation.criteria.once import once
from accreditation.criteria.periods import DAY, Periods
from accreditation.criteria.verdicts import Cause, Counted, NotCounted, ReasonCode


@dataclass(frozen=True, slots=True, eq=False)
class Holder:
    """A person with the records that belong to a criterion, sorted by id.

    The person counts while enough of them fit.
    """

    person: str
    proofs: tuple[Proof, ...]
    enough: Needed
    days: frozenset[date] = field(init=False)
    """Every day on which anything may change."""
    answers: dict[Any, Any] = field(init=False, repr=False, default_factory=dict)

    def __post_init__(self) -> None:
        days = frozenset[date]().union(*(one.days() for one in self.proofs))
        object.__setattr__(self, "days", days)

    @property
    def unknown(self) -> bool:
        """Whether any record may count, but not for certain."""
        return any(one.pending for one in self.proofs)

    @once
    def periods(self, *, unknown: bool) -> Periods:
        """Return when the person counts; `unknown`: if all that is uncertain turned out well."""
        return self.enough.periods([one for one in self.proofs if unknown or not one.pending])

    @once
    def reasons(self, day: date) -> list[ReasonCode | None]:
        """Return for each record why it does not count on a day, None if it does.

        Of more records than are needed, those count that go on to fit longest.
        """
        reasons = [proof.reason(day) for proof in self.proofs]
        fitting = [one for one, reason in zip(self.proofs, reasons, strict=True) if not reason]
        if not fitting:
            return reasons
        chosen = self.enough.chosen(fitting, day)
        surplus = ReasonCode.DUPLICATE_FOR_PERSON if chosen else self.enough.lacking
        return [
            surplus if reason is None and proof.record not in chosen else reason
            for proof, reason in zip(self.proofs, reasons, strict=True)
        ]

    @once
    def records(self, day: date) -> tuple[tuple[Counted, ...], tuple[NotCounted, ...]]:
        """Return which records count on a day, and for what reason the others do not."""
        counted: list[Counted] = []
        not_counted: list[NotCounted] = []
        for proof, reason in zip(self.proofs, self.reasons(day), strict=True):
            if reason is None:
                counted.append(Counted(proof.record, self.person))
            else:
                not_counted.append(NotCounted(proof.record, self.person, reason))
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
        change = self.weight(day) - self.weight(day - DAY)
        if change == 0 or (change > 0) is not better:
            return None
        return next(one.cause(day) for one in self.proofs if one.turn(day) is better)

    @once
    def weight(self, day: date) -> int:
        """Return 2 for a person who counts on a day, 1 for one who may, 0 for one who does not."""
        possible = [one for one in self.proofs if one.fits_until(day)]
        certain = [one for one in possible if not one.pending]
        return self.enough.is_reached(certain) + self.enough.is_reached(possible)
