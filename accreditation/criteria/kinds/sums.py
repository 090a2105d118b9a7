"""One number made of sums: the values of records that share something are summed first.

A record that waits for review may belong to its sum or not, so what is made of the sums lies
between two ends. Both are found exactly, whatever the sign of the values: a criterion cannot be
judged exactly where the ends lie on both sides of what is needed.
"""

from bisect import insort
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from accreditation.criteria.kinds.aggregates import (
    Made,
    Missing,
    exactly,
    middle,
    told,
    total,
    turning,
)
from accreditation.criteria.kinds.counting import Amount, Count, Needs
from accreditation.criteria.kinds.criterion import Label
from accreditation.criteria.kinds.entries import Entry, Tally
from accreditation.criteria.timelines import Timeline
from accreditation.criteria.verdicts import Cause, Number

MIRRORED = {Made.LARGEST: Made.SMALLEST, Made.SMALLEST: Made.LARGEST}
"""What is made of the same numbers seen from the other end; all else is the same from both."""


@dataclass(frozen=True, slots=True)
class Summing:
    """How a number is made of records.

    `shared`: what each record, by its id, shares with those that it is summed with. `missing`:
    what no record at all means.
    """

    made: Made
    missing: Missing
    shared: Mapping[str, Hashable]

    def count(self, label: Label, needs: Needs, entries: Iterable[Entry], on: date) -> Count:
        """Return the number made of all records that count, from a day onward."""
        tally = Tally(entries)

        def explain(day: date, *, better: bool) -> Cause:
            return self._cause(tally.entries, day, better=better)

        return told(label, needs, tally, self._amounts(tally.entries, on), explain)

    def _amounts(self, entries: Sequence[Entry], on: date) -> Timeline[Amount]:
        piles = _Piles(self)

        def after(turned: Sequence[int]) -> Amount:
            for number in turned:
                piles.turn(entries[number])
            return piles.amount

        return Timeline.of((day, after(turned)) for day, turned in turning(on, entries))

    def _cause(self, entries: Sequence[Entry], day: date, *, better: bool) -> Cause:
        """Return the record that alone moves the number furthest on a day, as preferred."""
        piles = _Piles(self)
        for entry in entries:
            if entry.fits_until(day):
                piles.turn(entry)
        now = piles.amount

        def moved(entry: Entry) -> tuple[Number, bool]:
            piles.turn(entry)
            without = piles.amount
            piles.turn(entry)
            further = _place(now) - _place(without)
            return further if better else -further, entry.turn(day) is better

        return max((one for one in entries if one.turn(day) is not None), key=moved).cause(day)


@dataclass(slots=True)
class _Pile:
    """The records of one sum: those that count for certain, and those that wait for review."""

    sure: dict[str, Number] = field(default_factory=dict)
    waiting: dict[str, Number] = field(default_factory=dict)
    least: Number = 0
    most: Number = 0

    def turn(self, entry: Entry) -> None:
        """Add a record, or take it away if it is there."""
        records = self.waiting if entry.pending else self.sure
        sign = -1 if entry.record in records else 1
        if sign > 0:
            records[entry.record] = entry.value
        else:
            del records[entry.record]
        self.least += sign * (min(entry.value, 0) if entry.pending else entry.value)
        self.most += sign * (max(entry.value, 0) if entry.pending else entry.value)

    @property
    def ends(self) -> tuple[Number, Number]:
        """The least and the most that the sum can be, if there is one."""
        if self.sure:
            return self.least, self.most
        # Without anything certain there is a sum only with one of those that wait.
        waiting = self.waiting.values()
        return self.least or min(waiting), self.most or max(waiting)


class _Piles:
    """All sums of one day, kept up to date as records come and go."""

    def __init__(self, summing: Summing) -> None:
        self._summing = summing
        self._piles: dict[Hashable, _Pile] = {}

    def turn(self, entry: Entry) -> None:
        """Add a record, or take it away if it is there."""
        # The sum of all sums is that of all records, whatever they share.
        whole = self._summing.made is Made.SUM
        key = None if whole else self._summing.shared[entry.record]
        pile = self._piles.setdefault(key, _Pile())
        pile.turn(entry)
        if not pile.sure and not pile.waiting:
            del self._piles[key]

    @property
    def amount(self) -> Amount:
        """The number, as far as it is certain and as it may be."""
        made, missing = self._summing.made, self._summing.missing
        piles = self._piles.values()
        sure = [one.ends for one in piles if one.sure]
        maybe = [one.ends for one in piles if not one.sure]
        if not piles or (not sure and missing is Missing.UNKNOWN):
            return missing.amount
        least = _lowest(made, [end for end, _ in sure], [end for end, _ in maybe])
        if not any(one.waiting for one in piles):
            return exactly(least)
        most = _highest(made, [end for _, end in sure], [end for _, end in maybe])
        return Amount(least, most) if sure else Amount(min(least, 0), max(most, 0))


def _lowest(made: Made, sure: Sequence[Number], maybe: Sequence[Number]) -> Number:
    """Return the least number made of all that are sure and any of the others, of at least one."""
    if not maybe:
        return made.of(sure)
    if made is Made.MEAN:
        return _lowest_mean(sure, maybe)
    if made is Made.MEDIAN:
        return _lowest_median(sure, maybe)
    if made is Made.LARGEST and sure:
        return max(sure)
    # Without anything sure, the least of the others alone.
    return min([*sure, *maybe])


def _highest(made: Made, sure: Sequence[Number], maybe: Sequence[Number]) -> Number:
    """Return the largest number made of all that are sure and any of the others."""
    mirrored = MIRRORED.get(made, made)
    return -_lowest(mirrored, [-one for one in sure], [-one for one in maybe])


def _lowest_mean(sure: Sequence[Number], maybe: Sequence[Number]) -> Number:
    added, count = total(sure), len(sure)
    for value in sorted(maybe):
        if count and value * count >= added:
            break
        added, count = added + value, count + 1
    return Fraction(added) / count


def _lowest_median(sure: Sequence[Number], maybe: Sequence[Number]) -> Number:
    ordered = sorted(sure)
    for value in sorted(maybe):
        if ordered and value >= middle(ordered):
            break
        insort(ordered, value)
    return middle(ordered)


def _place(amount: Amount) -> Number:
    """Return what amounts are compared by: both ends together, nothing where nothing is known."""
    return (amount.certain or 0) + (amount.possible or 0)
