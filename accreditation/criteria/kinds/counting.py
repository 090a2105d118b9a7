"""Criteria that compare a number with what a level needs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Context, Decimal
from typing import Protocol

from accreditation.criteria.gaps import UnknownNeed
from accreditation.criteria.kinds.criterion import Judgement, Kind, Label, rises
from accreditation.criteria.kinds.dossier import Dossier
from accreditation.criteria.periods import Periods, depths, earliest
from accreditation.criteria.timelines import Timeline, combine, paired
from accreditation.criteria.verdicts import (
    Cause,
    Comparison,
    Counted,
    Finding,
    NotCounted,
    Number,
    Result,
)

_SHOWN = Context(prec=28)


@dataclass(frozen=True, slots=True)
class Amount:
    """The number for certain, and what it would be if everything unknown turned out well.

    None: nothing is known in that direction.
    """

    certain: Number | None
    possible: Number | None

    def compare(self, need: Number | None, comparison: Comparison = Comparison.AT_LEAST) -> Result:
        """Return whether this is enough; what is unknown decides nothing."""
        worst, best = self.certain, self.possible
        if need is None:
            return Result.CANNOT_BE_JUDGED
        if worst is not None and worst is best:
            return Result.MET if comparison.holds(worst, need) else Result.NOT_MET
        if not comparison.rising:
            worst, best = best, worst
        if worst is not None and comparison.holds(worst, need):
            return Result.MET
        if best is None or comparison.holds(best, need):
            return Result.CANNOT_BE_JUDGED
        return Result.NOT_MET

    @property
    def shown(self) -> Decimal:
        """What is there for certain, as a decimal; zero where nothing is."""
        return decimal_of(self.certain or 0)


UNKNOWN = Amount(None, None)
"""Nothing is known."""


class Explain(Protocol):
    """How a criterion explains itself."""

    def __call__(self, day: date, *, better: bool) -> Cause:
        """Return what makes the number larger (or smaller) on a day on which it changes."""
        ...


class Needs(Protocol):
    """What the levels need, measured from the judged day onward."""

    @property
    def comparison(self) -> Comparison:
        """How the number is compared with it."""
        ...

    def at(self, level: str) -> Timeline[Number | None] | None:
        """Return what a level needs, None while that is unknown; None if it is not asked."""
        ...

    def unknown(self, level: str) -> UnknownNeed | None:
        """Return why nobody knows what a level needs while that is so; None: it always is known."""
        ...

    def explain(self, level: str, day: date) -> Cause:
        """Return what makes a level need more or less on a day on which that changes."""
        ...


@dataclass(frozen=True, slots=True)
class Count:
    """What the facts say to a measuring criterion, before asking how much is enough.

    `explain` returns the cause of a change of the amount on a day. `otherwise` are the counts of
    levels to which the facts say something else. `parts` are the amounts that
    the number is made of, by their role in it; they show the records then, each its own.
    """

    label: Label
    needs: Needs
    amounts: Timeline[Amount]
    counted: tuple[Counted, ...]
    not_counted: tuple[NotCounted, ...]
    review_on: date | None
    explain: Explain
    parts: "tuple[tuple[str, Count], ...]" = ()
    otherwise: "Mapping[str, Count]" = field(default_factory=dict)

    def judge(self, level: str) -> Judgement | None:
        """Return the judgement for a level, None if the level is not asked."""
        if level in self.otherwise:
            return self.otherwise[level].judge(level)
        need = self.needs.at(level)
        if need is None:
            return None
        results = self._results(need)
        changes_on = results.changes_on

        def explain(day: date) -> Cause:
            return self._cause(level, need, day, better=bool(rises(results, day)))

        finding = Finding(
            key=self.label.key,
            kind=self.label.kind,
            result=results.now,
            have=self.amounts.now.shown,
            need=decimal_of(need.now or 0),
            unit=self.label.unit,
            counted=() if self.parts else self.counted,
            not_counted=() if self.parts else self.not_counted,
            changes_on=changes_on,
            cause=None if changes_on is None else explain(changes_on),
            children=tuple(part.as_part(role) for role, part in self.parts),
            comparison=self.needs.comparison,
            need_unknown=self.needs.unknown(level) if need.now is None else None,
        )
        review_on = earliest(self.review_on, need.changes_on, changes_on)
        return Judgement(finding, results, review_on, explain)

    def as_part(self, role: str) -> Finding:
        """Return the amount as a part of another number: met as far as it is known.

        Its kind is its role; it needs nothing by itself.
        """
        known = self.amounts.map(_known)
        changes_on = known.changes_on
        better = changes_on is not None and bool(rises(known, changes_on))
        return Finding(
            key="",
            kind=role,
            result=known.now,
            have=self.amounts.now.shown,
            need=Decimal(0),
            unit=self.label.unit,
            counted=self.counted,
            not_counted=self.not_counted,
            changes_on=changes_on,
            cause=None if changes_on is None else self.explain(changes_on, better=better),
        )

    def _results(self, need: Timeline[Number | None]) -> Timeline[Result]:
        comparison = self.needs.comparison
        if need.changes_on is None:
            constant = need.now
            return self.amounts.map(lambda amount: amount.compare(constant, comparison))
        return paired(lambda amount, one: amount.compare(one, comparison), self.amounts, need)

    def _cause(
        self, level: str, need: Timeline[Number | None], day: date, *, better: bool
    ) -> Cause:
        comparison = self.needs.comparison
        if need.changes_on is not None:
            before, bar = self.amounts.before(day), need.before(day)
            if self.amounts.at(day).compare(bar, comparison) is before.compare(bar, comparison):
                return self.needs.explain(level, day)
        return self.explain(day, better=better is comparison.rising)


class Measure(Kind, Protocol):
    """A kind whose number can be used by other criteria: for points, in a ratio."""

    def measure(self, dossier: Dossier) -> Count:
        """Return what the facts say."""
        ...


def amounts_from(
    on: date, certain: Iterable[Periods], possible: Iterable[Periods] | None = None
) -> Timeline[Amount]:
    """Return how many sets of periods hold from a day onward; without `possible` all is known."""
    sure = _count_from(on, certain)
    if possible is None:
        return sure.map(lambda count: Amount(count, count))
    return combine(lambda counts: Amount(*counts), [sure, _count_from(on, possible)])


def moved(amounts: Timeline[Amount], day: date) -> bool | None:
    """Return whether an amount grows (or shrinks) on a day, None if neither."""
    now, before = amounts.at(day), amounts.before(day)
    return None if now == before else _rank(now) > _rank(before)


def decimal_of(number: Number) -> Decimal:
    """Return a number as a decimal of at most 28 digits, for showing: it decides nothing."""
    if isinstance(number, int):
        return Decimal(number)
    return _SHOWN.divide(Decimal(number.numerator), Decimal(number.denominator))


def _rank(amount: Amount) -> tuple[Number, bool, Number]:
    """Return what amounts are compared by: for certain, then at most."""
    return amount.certain or 0, amount.possible is None, amount.possible or 0


def _known(amount: Amount) -> Result:
    """Return whether an amount is fully known."""
    known = amount.certain is not None and amount.certain == amount.possible
    return Result.MET if known else Result.CANNOT_BE_JUDGED


def _count_from(on: date, sets: Iterable[Periods]) -> Timeline[int]:
    steps = depths(sets)
    before = [count for day, count in steps if day <= on]
    now = before[-1] if before else 0
    return Timeline.of([(on, now), *(step for step in steps if step[0] > on)])
