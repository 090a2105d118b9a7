"""People who need records of several sets at once, such as A and one of B or C."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import reduce
from typing import Any

from accreditation.criteria.kinds.people.holder import Holder
from accreditation.criteria.kinds.people.proof import TOO_FEW, Needed
from accreditation.criteria.once import once
from accreditation.criteria.periods import DAY, Periods, intersect
from accreditation.criteria.verdicts import Cause, Counted, NotCounted, ReasonCode


@dataclass(frozen=True, slots=True, eq=False)
class HolderOfAll:
    """A person as a holder of each of several sets of records, in the order of the sets.

    The person counts while they count for each set. A record may be of several sets: it is looked
    at in each, and counts if it counts in one.
    """

    person: str
    sets: tuple[Holder, ...]
    days: frozenset[date] = field(init=False)
    """Every day on which anything may change."""
    answers: dict[Any, Any] = field(init=False, repr=False, default_factory=dict)

    def __post_init__(self) -> None:
        days = frozenset[date]().union(*(one.days for one in self.sets))
        object.__setattr__(self, "days", days)

    @property
    def unknown(self) -> bool:
        """Whether any record may count, but not for certain."""
        return any(one.unknown for one in self.sets)

    @once
    def periods(self, *, unknown: bool) -> Periods:
        """Return when the person counts; `unknown`: if all that is uncertain turned out well."""
        return reduce(intersect, (one.periods(unknown=unknown) for one in self.sets))

    @once
    def records(self, day: date) -> tuple[tuple[Counted, ...], tuple[NotCounted, ...]]:
        """Return which records count on a day, and for what reason the others do not."""
        reasons = self.reasons(day)
        return (
            tuple(Counted(one, self.person) for one, reason in reasons if reason is None),
            tuple(NotCounted(one, self.person, reason) for one, reason in reasons if reason),
        )

    @once
    def reasons(self, day: date) -> list[tuple[str, ReasonCode | None]]:
        """Return for each record why it does not count on a day, None if it does; by id."""
        by_record: defaultdict[str, list[ReasonCode | None]] = defaultdict(list)
        for one in self.sets:
            for proof, reason in zip(one.proofs, one.reasons(day), strict=True):
                by_record[proof.record].append(reason)
        complete = all(None in one.reasons(day) for one in self.sets)
        return [(one, _reason(by_record[one], complete=complete)) for one in sorted(by_record)]

    @once
    def changes_after(self, on: date) -> date | None:
        """Return the first later day with other reasons, None if there is none."""
        later = sorted(day for day in self.days if day > on)
        return next((day for day in later if self.reasons(day) != self.reasons(on)), None)

    @once
    def turn(self, day: date, *, better: bool) -> Cause | None:
        """Return what makes the person count for more (or less) from a day on, if anything does.

        The set that the person lacks most, or comes to lack, is the one that decides.
        """
        before = day - DAY
        change = self.weight(day) - self.weight(before)
        if change == 0 or (change > 0) is not better:
            return None
        worse = before if better else day
        lacking = next(one for one in self.sets if one.weight(worse) == self.weight(worse))
        return lacking.turn(day, better=better)

    @once
    def weight(self, day: date) -> int:
        """Return 2 for a person who counts on a day, 1 for one who may, 0 for one who does not."""
        return min(one.weight(day) for one in self.sets)


def held_of_all(sets: Iterable[tuple[Needed, Iterable[Holder]]]) -> tuple[HolderOfAll, ...]:
    """Return everybody with a record of any of the sets, sorted by person."""
    found = [(enough, {one.person: one for one in holders}) for enough, holders in sets]
    people = sorted({person for _, holders in found for person in holders})
    return tuple(
        HolderOfAll(
            person, tuple(holders.get(person) or Holder(person, (), one) for one, holders in found)
        )
        for person in people
    )


def _reason(reasons: Sequence[ReasonCode | None], *, complete: bool) -> ReasonCode | None:
    """Return the one reason for a record, from those of the sets to which it belongs.

    `complete`: the person has enough of every set.
    """
    if None in reasons:
        return None if complete else ReasonCode.OTHERS_MISSING
    return next((one for one in reasons if one in TOO_FEW), reasons[0])
