"""Nodes that ask another node in their own way: on condition, for a phase, for an event's sake."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from accreditation.criteria.kinds.criterion import (
    CRITERIA,
    RANKS,
    Criterion,
    Judgement,
    Label,
    Measured,
    rises,
)
from accreditation.criteria.kinds.dossier import Dossier, Phase
from accreditation.criteria.periods import DAY, add_months, earliest
from accreditation.criteria.timelines import Timeline, paired
from accreditation.criteria.verdicts import Cause, CauseCode, Finding, Result


@dataclass(frozen=True, slots=True)
class Conditional:
    """A node that is asked only while a condition is met; else nothing is missing."""

    label: Label
    condition: Criterion
    then: Criterion

    @property
    def branches(self) -> tuple[Criterion, ...]:
        """The condition and what it leads to."""
        return (self.condition, self.then)

    def asks(self, level: str) -> bool:
        """Return whether the node asks something of a level."""
        return self.then.asks(level)

    def measure(self, dossier: Dossier) -> "MeasuredConditional":
        """Return both, measured."""
        return MeasuredConditional(
            self.label, self.condition.measure(dossier), self.then.measure(dossier)
        )


@dataclass(frozen=True, slots=True)
class MeasuredConditional:
    """A condition and a node that have looked at the facts."""

    label: Label
    condition: Measured
    then: Measured

    def judge(self, level: str) -> Judgement | None:
        """Return the judgement for a level, None if the node asks nothing of it."""
        then, condition = self.then.judge(level), self.condition.judge(level)
        if then is None or condition is None:
            return then
        results = paired(_asked, condition.results, then.results)

        def explain(day: date) -> Cause:
            moved = rises(then.results, day) is rises(results, day)
            return then.explain(day) if moved else condition.explain(day)

        both = wrapped(self.label, results, (condition, then), explain)
        return replace(both, asked=then.asked)


@dataclass(frozen=True, slots=True)
class ByPhase:
    """A node for each phase; a phase that is not listed asks nothing."""

    label: Label
    nodes: tuple[tuple[Phase, Criterion], ...]

    @property
    def branches(self) -> tuple[Criterion, ...]:
        """The nodes of all phases."""
        return tuple(node for _, node in self.nodes)

    def asks(self, level: str) -> bool:
        """Return whether a level is asked anything in any phase."""
        return any(node.asks(level) for node in self.branches)

    def measure(self, dossier: Dossier) -> Measured:
        """Return the node of the phase that is asked for, measured."""
        node = dict(self.nodes).get(dossier.phase)
        return NOT_ASKED if node is None else node.measure(dossier)


@dataclass(frozen=True, slots=True)
class NotAsked:
    """What a phase without a node asks: nothing."""

    def judge(self, level: str) -> None:
        """Return that the level is not asked."""


NOT_ASKED = NotAsked()


@dataclass(frozen=True, slots=True)
class AfterEvent:
    """A node that is asked only when so many months and days after an event have passed.

    While the event is not recorded, it is asked.
    """

    label: Label
    event: str
    months: int
    days: int
    then: Criterion

    @property
    def branches(self) -> tuple[Criterion, ...]:
        """The node."""
        return (self.then,)

    def asks(self, level: str) -> bool:
        """Return whether the node asks something of a level."""
        return self.then.asks(level)

    def measure(self, dossier: Dossier) -> Measured:
        """Return the node measured, and the first day on which it is asked."""
        then, event = self.then.measure(dossier), dossier.event(self.event)
        if event is None:
            return MeasuredAfterEvent(self.label, dossier.on, dossier.on, "", then)
        asked_on = add_months(event.day, self.months) + timedelta(days=self.days) + DAY
        return MeasuredAfterEvent(self.label, dossier.on, asked_on, event.record, then)


@dataclass(frozen=True, slots=True)
class MeasuredAfterEvent:
    """A node that has looked at the facts, asked from a day on; `record` is that of the event."""

    label: Label
    on: date
    asked_on: date
    record: str
    then: Measured

    def judge(self, level: str) -> Judgement | None:
        """Return the judgement for a level, None if the node asks nothing of it."""
        inner, asked_on = self.then.judge(level), self.asked_on
        if inner is None:
            return None
        free = [(self.on, True)] if self.on < asked_on else []
        excused = Timeline((*free, (max(self.on, asked_on), False)))
        results = paired(lambda free, one: Result.MET if free else one, excused, inner.results)

        def explain(day: date) -> Cause:
            if day == asked_on:
                return Cause(CauseCode.TIME_PASSES, self.record)
            return inner.explain(day)

        return wrapped(self.label, results, (inner,), explain)


@dataclass(frozen=True, slots=True)
class Steps:
    """Nodes in their order: a step counts only while all steps before it are met."""

    label: Label
    branches: tuple[Criterion, ...]

    def asks(self, level: str) -> bool:
        """Return whether any step asks something of a level."""
        return any(branch.asks(level) for branch in self.branches)

    def measure(self, dossier: Dossier) -> "MeasuredSteps":
        """Return all steps, measured."""
        return MeasuredSteps(self.label, tuple(one.measure(dossier) for one in self.branches))


@dataclass(frozen=True, slots=True)
class MeasuredSteps:
    """Steps that have looked at the facts."""

    label: Label
    branches: tuple[Measured, ...]

    def judge(self, level: str) -> Judgement | None:
        """Return the judgement for a level, None if no step asks anything of it."""
        steps: list[Judgement] = []
        for branch in self.branches:
            step = branch.judge(level)
            if step is not None:
                steps.append(_locked(steps[-1], step) if steps else step)
        if not steps:
            return None
        return wrapped(self.label, steps[-1].results, steps, steps[-1].explain)


def wrapped(
    label: Label,
    results: Timeline[Result],
    children: Sequence[Judgement],
    explain: Callable[[date], Cause],
) -> Judgement:
    """Return the judgement of a node that says something else about the judgements within it."""
    changes_on = results.changes_on
    finding = Finding(
        key=label.key,
        kind=label.kind,
        result=results.now,
        have=Decimal(sum(child.finding.result is Result.MET for child in children)),
        need=Decimal(len(children)),
        unit=CRITERIA,
        changes_on=changes_on,
        cause=None if changes_on is None else explain(changes_on),
        children=tuple(child.finding for child in children),
    )
    review_on = earliest(changes_on, *(child.review_on for child in children))
    asked = any(child.asked for child in children) or not children
    return Judgement(finding, results, review_on, explain, asked)


def never_changes(day: date) -> Cause:
    """Explain what has no change to explain. :raises ValueError: always."""
    raise ValueError(f"nothing is asked that could change on {day}")


def _asked(condition: Result, then: Result) -> Result:
    """Return what follows: without the condition nothing is missing."""
    if condition is Result.NOT_MET or then is Result.MET:
        return Result.MET
    return then if condition is Result.MET else Result.CANNOT_BE_JUDGED


def _locked(before: Judgement, step: Judgement) -> Judgement:
    """Return a step that is at most as good as the steps before it."""
    results = paired(lambda *pair: min(pair, key=RANKS.__getitem__), before.results, step.results)

    def explain(day: date) -> Cause:
        moved = rises(step.results, day) is rises(results, day)
        return step.explain(day) if moved else before.explain(day)

    changes_on = results.changes_on
    finding = replace(
        step.finding,
        result=results.now,
        changes_on=changes_on,
        cause=None if changes_on is None else explain(changes_on),
    )
    review_on = earliest(changes_on, before.review_on, step.review_on)
    return Judgement(finding, results, review_on, explain, step.asked)
