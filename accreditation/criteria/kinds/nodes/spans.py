"""Nodes about the history of another node: sustained, on any day of a window, on snapshot days.

The node within is measured on the first day that matters; its timeline from then on says all.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain

from accreditation.criteria.kinds.counting import amounts_from
from accreditation.criteria.kinds.criterion import Criterion, Judgement, Label, Measured, rises
from accreditation.criteria.kinds.dossier import Dossier
from accreditation.criteria.kinds.nodes.wrapping import wrapped
from accreditation.criteria.periods import (
    DAY,
    Period,
    Periods,
    add_months,
    earliest,
    intersect,
)
from accreditation.criteria.timelines import Timeline
from accreditation.criteria.verdicts import Cause, CauseCode, Counted, Finding, Result
from accreditation.criteria.windows import (
    MonthDay,
    Window,
    first_day_reaching_back,
    last_looked_at,
    last_of,
    next_of,
    on_any_day,
    seen_from_snapshots,
    unbroken,
)

Spell = tuple[Period, Finding]
"""Days on which the node within says the same, and what it says."""

Records = tuple[Counted, ...]
"""What counts within on some days."""


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
        on, since = dossier.on, self.first(dossier.on)
        first, day = self.then.measure(dossier.at(since)), self.shown_on(on)
        shown = first if day == since else self.then.measure(dossier.at(day))
        return MeasuredSpan(self, dossier, first, shown)

    @abstractmethod
    def first(self, on: date) -> date:
        """Return the first day whose result matters on a day."""

    @abstractmethod
    def days(self, periods: Periods) -> Periods:
        """Return the days on which the node holds, if the one within holds in the periods."""

    def shown_on(self, on: date) -> date:
        """Return the day of which the node within is shown on a day: the same."""
        return on

    def review(
        self,
        dossier: Dossier,  # noqa: ARG002 - for those that show another day
        level: str,  # noqa: ARG002 - for those that show another day
        shown: Judgement,
    ) -> date | None:
        """Return the first later day on which what is shown changes."""
        return shown.review_on


class LookingBack(Span):
    """A node that rests on other days than the one that is shown."""

    __slots__ = ()

    @abstractmethod
    def seen(self, period: Period) -> Periods:
        """Return the days that look back on some day of a period."""

    @abstractmethod
    def proving(self, met: Periods, on: date) -> Periods:
        """Return the days up to one on which the node is met that prove it then, or may later.

        `met` are the days on which the node within is met.
        """

    def proof(self, seen: Sequence[Records]) -> Sequence[Records]:
        """Return what makes the node met, of all that it looks back on."""
        return seen


@dataclass(frozen=True, slots=True)
class Sustained(LookingBack):
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

    def proving(self, met: Periods, on: date) -> Periods:
        """Return all the days since so many months earlier: the node within is met on each."""
        return intersect(met, (Period(self.first(on), on + DAY),))


@dataclass(frozen=True, slots=True)
class AnyDay(LookingBack):
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

    def proving(self, met: Periods, on: date) -> Periods:
        """Return the last of the days looked at that are met, and what is met after it.

        A window of closed months will look at that later.
        """
        within = intersect(met, (Period(date.min, last_looked_at(self.window, on) + DAY),))
        if not within or within[-1].end is None:
            return ()
        return intersect(met, (Period(within[-1].end - DAY, on + DAY),))

    def proof(self, seen: Sequence[Records]) -> Sequence[Records]:
        """Return the last days of those looked at: all that prove it are met."""
        return seen[-1:]


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

    def shown_on(self, on: date) -> date:
        """Return the last snapshot day: the node within is shown as it was then."""
        return self.first(on)

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
        if results.now is not Result.MET or not isinstance(self.span, LookingBack):
            return whole
        met = inner.results.when(lambda one: one is Result.MET)
        spells = self._spells(level, self.span.proving(met, self.dossier.on))
        return self._proven(self.span, whole, spells)

    def _proven(self, span: LookingBack, whole: Judgement, spells: Sequence[Spell]) -> Judgement:
        """Return the judgement with the records of other days that it rests on."""
        on, shown = self.dossier.on, set(_counted(whole.finding))
        looked_at = [
            (days, tuple(one for one in _counted(finding) if one not in shown))
            for period, finding in spells
            for days in span.seen(period)
        ]

        def records(day: date) -> Records:
            seen = [counted for days, counted in looked_at if day in days]
            return tuple(dict.fromkeys(chain.from_iterable(span.proof(seen))))

        counted = records(on)
        later = sorted({day for days, _ in looked_at for day in days.bounds() if day > on})
        turn = next((day for day in later if records(day) != counted), None)
        return replace(
            whole,
            finding=replace(whole.finding, counted=counted),
            review_on=earliest(whole.review_on, turn),
        )

    def _spells(self, level: str, periods: Periods) -> list[Spell]:
        """Return what the node within has said in the periods, each of which has an end."""
        spells: list[Spell] = []
        for period in periods:
            day: date | None = period.start
            while day is not None and day in period:
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
