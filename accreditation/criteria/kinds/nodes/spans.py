"""Nodes about the history of another node: sustained, on any day of a window, on snapshot days.

The node within is measured on the first day that matters; its timeline from then on says all.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from accreditation.criteria.kinds.counting import amounts_from
from accreditation.criteria.kinds.criterion import Criterion, Judgement, Label, Measured, rises
from accreditation.criteria.kinds.dossier import Dossier
from accreditation.criteria.kinds.nodes.wrapping import wrapped
from accreditation.criteria.periods import Period, Periods, add_months, earliest
from accreditation.criteria.timelines import Timeline
from accreditation.criteria.verdicts import Cause, CauseCode, Counted, Finding, Result
from accreditation.criteria.windows import (
    MonthDay,
    Window,
    first_day_reaching_back,
    last_of,
    next_of,
    on_any_day,
    seen_from_snapshots,
    unbroken,
)

Spell = tuple[Period, Finding]
"""Days on which the node within says the same, and what it says."""


@dataclass(frozen=True, slots=True)
class Span(ABC):
    """What is said about the days on which the node within is met."""

    label: Label
    then: Criterion

    @property
    def branches(self) -> tuple[Criterion, ...]:
        """The node within."""
        return (self.then,)

    def asks(self, level: str) -> bool:
        """Return whether the node within asks something of a level."""
        return self.then.asks(level)

    def measure(self, dossier: Dossier) -> "MeasuredSpan":
        """Return the node within, measured on the first day that matters and on the day shown."""
        first = self.then.measure(dossier.at(self.first(dossier.on)))
        return MeasuredSpan(self, dossier, first, self.shown(dossier, first))

    @abstractmethod
    def first(self, on: date) -> date:
        """Return the first day whose result matters on a day."""

    @abstractmethod
    def days(self, periods: Periods) -> Periods:
        """Return the days on which the node holds, if the one within holds in the periods."""

    def shown(self, dossier: Dossier, first: Measured) -> Measured:  # noqa: ARG002 - for others
        """Return the node within as it is shown: that of the judged day."""
        return self.then.measure(dossier)

    def review(self, dossier: Dossier, level: str, shown: Judgement) -> date | None:  # noqa: ARG002
        """Return the first later day on which what is shown changes."""
        return shown.review_on

    def seen(self, period: Period) -> Periods:  # noqa: ARG002 - for others
        """Return the days that look back on some day of a period, besides what is shown."""
        return ()

    def proven_since(self, met: Periods, on: date) -> date:  # noqa: ARG002 - for others
        """Return the first day that may prove that the node is met on a day."""
        return self.first(on)

    def proof(self, seen: Sequence[Spell]) -> Sequence[Spell]:
        """Return what makes the node met, of all that it looks back on."""
        return seen


@dataclass(frozen=True, slots=True)
class Sustained(Span):
    """Met on every day from so many months before the day up to it: for longer than n months."""

    months: int

    def first(self, on: date) -> date:
        """Return the day so many months earlier."""
        return add_months(on, -self.months)

    def days(self, periods: Periods) -> Periods:
        """Return the days that look back on nothing but the periods."""
        return unbroken(self.months, periods)

    def seen(self, period: Period) -> Periods:
        """Return the days that look back on some day of a period."""
        end = None if period.end is None else first_day_reaching_back(period.end, self.months)
        return (Period(period.start, end),)


@dataclass(frozen=True, slots=True)
class AnyDay(Span):
    """Met on at least one day of a window."""

    window: Window

    def first(self, on: date) -> date:
        """Return the first day of the window."""
        return self.window.first(on)

    def days(self, periods: Periods) -> Periods:
        """Return the days whose window meets the periods."""
        return on_any_day(self.window, periods)

    def seen(self, period: Period) -> Periods:
        """Return the days whose window meets a period."""
        return on_any_day(self.window, (period,))

    def proven_since(self, met: Periods, on: date) -> date:
        """Return the first of the last days within reach on which the node within is met."""
        return max(one.start for one in met if any(on in days for days in self.seen(one)))

    def proof(self, seen: Sequence[Spell]) -> Sequence[Spell]:
        """Return the last days that are met."""
        return [one for one in seen if one[1].result is Result.MET][-1:]


@dataclass(frozen=True, slots=True)
class Snapshot(Span):
    """Met on the last snapshot day; from one snapshot to the next nothing changes."""

    on: tuple[MonthDay, ...]

    def first(self, on: date) -> date:
        """Return the last snapshot day."""
        return last_of(self.on, on)

    def days(self, periods: Periods) -> Periods:
        """Return the days whose last snapshot was taken in the periods."""
        return seen_from_snapshots(self.on, periods)

    def shown(self, dossier: Dossier, first: Measured) -> Measured:  # noqa: ARG002 - the snapshot's
        """Return the node within as it was on the snapshot day."""
        return first

    def review(self, dossier: Dossier, level: str, shown: Judgement) -> date | None:
        """Return the first snapshot day that shows something else."""
        later: Judgement | None = shown
        while later is not None and later.review_on is not None:
            day = next_of(self.on, later.review_on)
            later = self.then.measure(dossier.at(day)).judge(level)
            if later is not None and later.finding != shown.finding:
                return day
        return None


@dataclass(frozen=True, slots=True)
class MeasuredSpan:
    """A node that has looked at the facts of all days that matter."""

    span: Span
    dossier: Dossier
    first: Measured
    shown: Measured

    def judge(self, level: str) -> Judgement | None:
        """Return the judgement for a level, None if the node within asks nothing of it."""
        inner, shown = self.first.judge(level), self.shown.judge(level)
        if inner is None or shown is None:
            return None
        results = self._results(inner.results)

        def explain(day: date) -> Cause:
            return _cause(inner, day, better=rises(results, day))

        review_on = self.span.review(self.dossier, level, shown)
        child = replace(shown, review_on=review_on)
        whole = wrapped(self.span.label, results, (child,), explain)
        if results.now is not Result.MET:
            return whole
        met = inner.results.when(lambda one: one is Result.MET)
        return self._proven(
            whole, self._spells(level, self.span.proven_since(met, self.dossier.on))
        )

    def _proven(self, whole: Judgement, spells: Sequence[Spell]) -> Judgement:
        """Return the judgement with the records of other days that it rests on."""
        on, shown = self.dossier.on, set(_counted(whole.finding))

        def records(day: date) -> tuple[Counted, ...]:
            seen = [one for one in spells if any(day in days for days in self.span.seen(one[0]))]
            proof = (one for _, finding in self.span.proof(seen) for one in _counted(finding))
            return tuple(one for one in dict.fromkeys(proof) if one not in shown)

        counted = records(on)
        turns = {day for one in spells for days in self.span.seen(one[0]) for day in days.bounds()}
        later = sorted(day for day in turns if day > on)
        turn = next((day for day in later if records(day) != counted), None)
        return replace(
            whole,
            finding=replace(whole.finding, counted=counted),
            review_on=earliest(whole.review_on, turn),
        )

    def _spells(self, level: str, since: date) -> list[Spell]:
        """Return what the node within has said from a day up to the judged one."""
        spells: list[Spell] = []
        day: date | None = since
        while day is not None and day <= self.dossier.on:
            one = self.span.then.measure(self.dossier.at(day)).judge(level)
            if one is None:
                break
            spells.append((Period(day, one.review_on), one.finding))
            day = one.review_on
        return spells

    def _results(self, inner: Timeline[Result]) -> Timeline[Result]:
        met = self.span.days(inner.when(lambda one: one is Result.MET))
        possible = self.span.days(inner.when(lambda one: one is not Result.NOT_MET))
        amounts = amounts_from(self.dossier.on, [met], [possible])
        return amounts.map(lambda amount: amount.compare(1))


def _counted(finding: Finding) -> Iterator[Counted]:
    yield from finding.counted
    for child in finding.children:
        yield from _counted(child)


def _cause(inner: Judgement, day: date, *, better: bool | None) -> Cause:
    """Return what changed within, that day or earlier, and now shows."""
    later = [one for one, _ in inner.results.steps[1:] if one <= day]
    moved = [one for one in later if rises(inner.results, one) is better]
    if not moved:
        # A fixed window opens on something that was so before.
        return Cause(CauseCode.TIME_PASSES, "")
    cause = inner.explain(moved[-1])
    return cause if moved[-1] == day else Cause(CauseCode.TIME_PASSES, cause.record, cause.person)
