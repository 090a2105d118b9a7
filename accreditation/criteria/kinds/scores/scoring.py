"""Scores: items that earn points, categories with caps and minima, whole tracks of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Protocol

from accreditation.criteria.kinds.aggregates import shown_changes
from accreditation.criteria.kinds.bars import Limit
from accreditation.criteria.kinds.counting import Amount, Count, Measure, decimal_of, moved
from accreditation.criteria.kinds.criterion import Label, rises
from accreditation.criteria.kinds.dossier import Dossier
from accreditation.criteria.kinds.nodes.groups import Form
from accreditation.criteria.periods import earliest
from accreditation.criteria.timelines import Timeline, combine
from accreditation.criteria.verdicts import Cause, Comparison, Finding, Number, Result


class Rate(Protocol):
    """How an amount earns points; more never earns fewer, and nothing earns less than none."""

    def points(self, amount: Number) -> Number:
        """Return the points of an amount."""
        ...

    @property
    def most(self) -> Number | None:
        """The most points there are, None without a limit."""
        ...


@dataclass(frozen=True, slots=True)
class Each:
    """So many points for every so many of it, exactly in proportion."""

    each: Fraction
    per: Fraction
    most: None = None

    def points(self, amount: Number) -> Number:
        """Return the points of an amount."""
        return max(Fraction(0), amount * self.each / self.per)


@dataclass(frozen=True, slots=True)
class UpTo:
    """All points at an amount, and a part of them for a part of the way."""

    most: Fraction
    at: Fraction

    def points(self, amount: Number) -> Number:
        """Return the points of an amount."""
        return max(Fraction(0), min(self.most, amount * self.most / self.at))


@dataclass(frozen=True, slots=True)
class Bands:
    """Points by bands of the amount, each `(from, points)`, from high to low."""

    bands: tuple[tuple[Fraction, Fraction], ...]

    @property
    def most(self) -> Number:
        """The points of the best band."""
        return max(points for _, points in self.bands)

    def points(self, amount: Number) -> Number:
        """Return the points of an amount."""
        return next((points for least, points in self.bands if amount >= least), Fraction(0))


@dataclass(frozen=True, slots=True)
class Bounds:
    """The most that counts of points, and the least that they must reach at a level, exactly."""

    cap: Fraction | None = None
    minima: Mapping[str, Limit] = field(default_factory=dict)

    def capped(self, amount: Amount) -> Amount:
        """Return what counts."""
        cap = self.cap
        if cap is None:
            return amount
        possible = cap if amount.possible is None else min(amount.possible, cap)
        return Amount(min(amount.certain or 0, cap), possible)

    def most(self, earned: Number | None) -> Number | None:
        """Return the most that counts where at most so many (None: no limit) can be earned."""
        known = [one for one in (self.cap, earned) if one is not None]
        return min(known, default=None)

    def result(self, amount: Amount, level: str) -> Result:
        """Return whether the least of a level is reached; without one it is."""
        minimum = self.minima.get(level)
        if minimum is None:
            return Result.MET
        return amount.compare(minimum.need, minimum.comparison)


@dataclass(frozen=True, slots=True)
class Gate:
    """A measure that must be enough before an item earns any points."""

    measure: Measure
    limit: Limit


@dataclass(frozen=True, slots=True)
class Item:
    """What earns points: a measure, its rate, its bounds, and the gates before it."""

    label: Label
    category: str
    measure: Measure
    rate: Rate
    bounds: Bounds
    gates: tuple[Gate, ...] = ()

    @property
    def measures(self) -> tuple[Measure, ...]:
        """What it looks at facts through."""
        return self.measure, *(gate.measure for gate in self.gates)

    @property
    def most(self) -> Number | None:
        """The most points there are, None without a limit."""
        return self.bounds.most(self.rate.most)

    def earn(self, dossier: Dossier) -> "Earned":
        """Return the points, from the judged day onward."""
        count = self.measure.measure(dossier)
        gates = tuple(gate.measure.measure(dossier) for gate in self.gates)
        lines = [count.amounts, *(gate.amounts for gate in gates)]
        return Earned(self, count, gates, combine(self._points, lines))

    def _points(self, amounts: Sequence[Amount]) -> Amount:
        amount, *gates = amounts
        open_ = Form.ALL.result(
            [
                one.compare(gate.limit.need, gate.limit.comparison)
                for gate, one in zip(self.gates, gates, strict=True)
            ],
            len(gates),
        )
        if open_ is Result.NOT_MET:
            return Amount(0, 0)
        earned = self.bounds.capped(self._earned(amount))
        return earned if open_ is Result.MET else Amount(0, earned.possible)

    def _earned(self, amount: Amount) -> Amount:
        # What nothing is known of earns nothing for certain, and may earn the most there is.
        certain, possible = amount.certain, amount.possible
        return Amount(
            0 if certain is None else self.rate.points(certain),
            self.rate.most if possible is None else self.rate.points(possible),
        )


@dataclass(frozen=True, slots=True)
class Category:
    """Items whose points are bounded together."""

    key: str
    bounds: Bounds


@dataclass(frozen=True, slots=True)
class Track:
    """A whole way to earn the points; items of no category stand for themselves."""

    label: Label
    items: tuple[Item, ...]
    categories: tuple[Category, ...] = ()

    def total(self, points: Sequence[Amount]) -> Amount:
        """Return the points of all items, in their order, each category within its cap."""
        single = (
            one
            for item, one in zip(self.items, points, strict=True)
            if item.category not in {category.key for category in self.categories}
        )
        together = (one.bounds.capped(self._within(one, points)) for one in self.categories)
        return _added([*single, *together])

    @property
    def most(self) -> Number | None:
        """The most points there are, None without a limit."""
        keys = {category.key for category in self.categories}
        single = [item.most for item in self.items if item.category not in keys]
        return _sum([*single, *map(self.most_within, self.categories)])

    def most_within(self, category: Category) -> Number | None:
        """Return the most points of a category, None without a limit."""
        earned = [item.most for item in self.items if item.category == category.key]
        return category.bounds.most(_sum(earned))

    def floor(self, points: Sequence[Amount], level: str) -> Result:
        """Return whether every item and category reaches the least that a level asks of it."""
        both = zip(self.items, points, strict=True)
        results = [item.bounds.result(one, level) for item, one in both]
        results += [
            one.bounds.result(one.bounds.capped(self._within(one, points)), level)
            for one in self.categories
        ]
        return Form.ALL.result(results, len(results))

    def _within(self, category: Category, points: Sequence[Amount]) -> Amount:
        return _added(
            [
                one
                for item, one in zip(self.items, points, strict=True)
                if item.category == category.key
            ]
        )


@dataclass(frozen=True, slots=True)
class Earned:
    """What the facts say to an item; `points` are those after gates and cap."""

    item: Item
    count: Count
    gates: tuple[Count, ...]
    points: Timeline[Amount]

    def finding(self, level: str) -> Finding:
        """Return the item's own finding: whether it reaches the least that a level asks of it."""
        label, minimum = self.item.label, self.item.bounds.minima.get(level)
        results = self._results(level)
        changes_on = results.changes_on
        return Finding(
            key=label.key,
            kind=label.kind,
            result=results.now,
            have=self.points.now.shown,
            need=decimal_of(minimum.need if minimum else 0),
            unit=label.unit,
            counted=self.count.counted,
            not_counted=self.count.not_counted,
            changes_on=changes_on,
            cause=None
            if changes_on is None
            else self.explain(changes_on, better=bool(rises(results, changes_on))),
            comparison=minimum.comparison if minimum else Comparison.AT_LEAST,
        )

    def review_on(self, level: str) -> date | None:
        """Return the first later day on which the item's finding at a level changes."""
        return earliest(
            self.count.review_on, shown_changes(self.points), self._results(level).changes_on
        )

    def _results(self, level: str) -> Timeline[Result]:
        return self.points.map(lambda points: self.item.bounds.result(points, level))

    def moved(self, day: date) -> bool | None:
        """Return whether the points grow (or shrink) on a day, None if neither."""
        return moved(self.points, day)

    def explain(self, day: date, *, better: bool) -> Cause:
        """Return what changes the points on a day on which they change."""
        counts = (self.count, *self.gates)
        mover = next(one for one in counts if one.amounts.at(day) != one.amounts.before(day))
        return mover.explain(day, better=better)


def _added(points: Sequence[Amount]) -> Amount:
    return Amount(sum(one.certain or 0 for one in points), _sum([one.possible for one in points]))


def _sum(numbers: Sequence[Number | None]) -> Number | None:
    """Return the sum, None if one of the numbers has no limit."""
    known = [one for one in numbers if one is not None]
    return sum(known) if len(known) == len(numbers) else None
