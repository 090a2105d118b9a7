"""Criteria that compare a count with what a level needs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

from accreditation.criteria.kinds.criterion import Judgement, Label, rises
from accreditation.criteria.periods import Periods, depths
from accreditation.criteria.reader import Threshold
from accreditation.criteria.timelines import Timeline, combine
from accreditation.criteria.verdicts import Cause, Counted, Finding, NotCounted, Result


@dataclass(frozen=True, slots=True)
class Amount:
    """How many count for certain, and how many would if everything unknown turned out well."""

    certain: int
    possible: int

    def compare(self, need: Decimal) -> Result:
        """Return whether this is enough; what is unknown decides nothing."""
        if self.certain >= need:
            return Result.MET
        return Result.CANNOT_BE_JUDGED if self.possible >= need else Result.NOT_MET


class Explain(Protocol):
    """How a criterion explains itself."""

    def __call__(self, day: date, *, better: bool) -> Cause:
        """Return what makes more (or fewer) count on a day on which that changes."""
        ...


@dataclass(frozen=True, slots=True)
class Count:
    """What the facts say to a counting criterion, before asking how much is enough.

    `explain` returns the cause of a change on a day.
    """

    label: Label
    needs: Threshold
    amounts: Timeline[Amount]
    counted: tuple[Counted, ...]
    not_counted: tuple[NotCounted, ...]
    review_on: date | None
    explain: Explain

    def judge(self, level: str) -> Judgement | None:
        """Return the judgement for a level, None if the level is not asked."""
        need = self.needs.at(level)
        if need is None:
            return None
        results = self.amounts.map(lambda amount: amount.compare(need))

        def explain(day: date) -> Cause:
            return self.explain(day, better=bool(rises(results, day)))

        changes_on = results.changes_on
        finding = Finding(
            key=self.label.key,
            kind=self.label.kind,
            result=results.now,
            have=Decimal(self.amounts.now.certain),
            need=need,
            unit=self.label.unit,
            counted=self.counted,
            not_counted=self.not_counted,
            changes_on=changes_on,
            cause=None if changes_on is None else explain(changes_on),
        )
        return Judgement(finding, results, self.review_on, explain)


def amounts_from(
    on: date, certain: Iterable[Periods], possible: Iterable[Periods] | None = None
) -> Timeline[Amount]:
    """Return how many sets of periods hold from a day onward; without `possible` all is known."""
    sure = _count_from(on, certain)
    if possible is None:
        return sure.map(lambda count: Amount(count, count))
    return combine(lambda counts: Amount(*counts), [sure, _count_from(on, possible)])


def _count_from(on: date, sets: Iterable[Periods]) -> Timeline[int]:
    steps = depths(sets)
    before = [count for day, count in steps if day <= on]
    now = before[-1] if before else 0
    return Timeline.of([(on, now), *(step for step in steps if step[0] > on)])
