"""Numbers made of the values of records: sums, means, medians, the largest."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from fractions import Fraction
from itertools import chain

from accreditation.criteria.kinds.bars import Bar
from accreditation.criteria.kinds.counting import UNKNOWN, Amount, Count, Explain, Needs
from accreditation.criteria.kinds.criterion import Label
from accreditation.criteria.kinds.dossier import Dossier
from accreditation.criteria.kinds.entries import Entry, Tally
from accreditation.criteria.periods import earliest
from accreditation.criteria.timelines import Timeline
from accreditation.criteria.verdicts import Cause, Number

Aggregate = Callable[[Sequence[Entry]], Amount]
"""What follows from the records that count on a day."""


class Missing(StrEnum):
    """What no record at all means."""

    UNKNOWN = "cannot_be_judged"
    ZERO = "zero"

    @property
    def amount(self) -> Amount:
        """The number of no records."""
        return UNKNOWN if self is Missing.UNKNOWN else exactly(0)


class Made(StrEnum):
    """What is made of several numbers."""

    SUM = "sum"
    MEAN = "mean"
    MEDIAN = "median"
    LARGEST = "largest"
    SMALLEST = "smallest"

    def of(self, values: Sequence[Number]) -> Number:
        """Return the number made of at least one value, exactly."""
        made: Mapping[Made, Callable[[Sequence[Number]], Number]] = {
            Made.SUM: total,
            Made.MEAN: mean,
            Made.MEDIAN: median,
            Made.LARGEST: max,
            Made.SMALLEST: min,
        }
        return made[self](values)


def exactly(number: Number) -> Amount:
    """Return an amount of which everything is known."""
    return Amount(number, number)


def total(values: Sequence[Number]) -> Number:
    """Return the sum."""
    return sum(values, start=Fraction(0))


def mean(values: Sequence[Number]) -> Number:
    """Return the exact mean of at least one value."""
    return Fraction(total(values)) / len(values)


def median(values: Sequence[Number]) -> Number:
    """Return the exact median of at least one value: of an even number, the mean of the two."""
    return middle(sorted(values))


def middle(ordered: Sequence[Number]) -> Number:
    """Return the exact median of at least one value, from the smallest to the largest."""
    half = len(ordered) // 2
    return mean(ordered[half - 1 + len(ordered) % 2 : half + 1])


def turning(on: date, entries: Sequence[Entry]) -> Iterator[tuple[date, list[int]]]:
    """Yield the days from `on` on which records start or stop to count, and which, by position.

    The first day is `on` itself, with those that count on it.
    """
    changes: defaultdict[date, set[int]] = defaultdict(set)
    for number, entry in enumerate(entries):
        for period in entry.periods:
            for day in period.bounds():
                changes[max(day, on)].add(number)
    fitting: set[int] = set()
    for day in sorted({on, *changes}):
        turned = {
            number
            for number in changes[day]
            if (entries[number].fits_until(day) is not None) is not (number in fitting)
        }
        fitting ^= turned
        yield day, sorted(turned)


def sweep(on: date, entries: Sequence[Entry], aggregate: Aggregate) -> Timeline[Amount]:
    """Return what follows from the records that count, from a day onward."""
    fitting: set[int] = set()

    def steps() -> Iterator[tuple[date, Amount]]:
        for day, turned in turning(on, entries):
            fitting.symmetric_difference_update(turned)
            yield day, aggregate([entries[number] for number in sorted(fitting)])

    return Timeline.of(steps())


def turn(entries: Iterable[Entry], day: date, *, better: bool) -> Cause:
    """Return what starts or stops counting on a day on which anything does, as preferred."""
    turns = [entry for entry in entries if entry.turn(day) is not None]
    preferred = (one for one in turns if one.turn(day) is better)
    return next(chain(preferred, turns)).cause(day)


def aggregated(
    label: Label, bar: Bar, dossier: Dossier, entries: Iterable[Entry], aggregate: Aggregate
) -> Count:
    """Return the number that follows from records, each of which counts."""
    tally = Tally(entries)
    amounts = sweep(dossier.on, tally.entries, aggregate)

    def explain(day: date, *, better: bool) -> Cause:
        return turn(tally.entries, day, better=better)

    return told(label, bar.measure(dossier), tally, amounts, explain)


def told(
    label: Label, needs: Needs, tally: Tally, amounts: Timeline[Amount], explain: Explain
) -> Count:
    """Return a number from its first day onward, with the records that it is made of."""
    on = amounts.steps[0][0]
    counted, not_counted = tally.snapshot(on)
    return Count(
        label=label,
        needs=needs,
        amounts=amounts,
        counted=counted,
        not_counted=not_counted,
        review_on=earliest(tally.changes_after(on), shown_changes(amounts)),
        explain=explain,
    )


def shown_changes(amounts: Timeline[Amount]) -> date | None:
    """Return the first later day on which the number shown changes."""
    return amounts.map(lambda amount: amount.shown).changes_on
