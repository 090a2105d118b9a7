"""Figures delivered from outside, and how they grow."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import ClassVar, Self

from accreditation.criteria.kinds.aggregates import (
    Made,
    Missing,
    aggregated,
    exactly,
    shown_changes,
    sweep,
    turn,
)
from accreditation.criteria.kinds.bars import Bar, read_bar
from accreditation.criteria.kinds.counting import UNKNOWN, Amount, Count
from accreditation.criteria.kinds.criterion import SHARE, VALUE, Label
from accreditation.criteria.kinds.dossier import Dossier
from accreditation.criteria.kinds.entries import Condition, Entry, Tally
from accreditation.criteria.kinds.figures.readings import Readings, read_readings
from accreditation.criteria.kinds.registry import register_measure
from accreditation.criteria.kinds.sums import Summing
from accreditation.criteria.kinds.timing import read_needed_window, read_window
from accreditation.criteria.periods import earliest, union
from accreditation.criteria.problems import ProblemCode
from accreditation.criteria.reader import MOST_MONTHS, Reader
from accreditation.criteria.timelines import paired
from accreditation.criteria.verdicts import Cause, Number, ReasonCode
from accreditation.criteria.windows import ClosedMonths, Window, Year


class Take(StrEnum):
    """What is made of the readings; all but the sum take the newest reading of each item."""

    SUM = "sum"
    LATEST = "latest"
    MEAN = "mean"
    MEDIAN = "median"
    LARGEST = "largest"
    SMALLEST = "smallest"

    def of(self, values: Sequence[Number]) -> Number:
        """Return the number made of at least one value; of the latest of several items, the sum."""
        return self.made.of(values)

    @property
    def made(self) -> Made:
        """What is made of the readings that are taken."""
        return Made.SUM if self is Take.LATEST else Made(self.value)


class Per(StrEnum):
    """What readings share that are summed first, before anything else is made of them."""

    ITEM = "item"


@register_measure
@dataclass(frozen=True, slots=True)
class Metric:
    """A figure made of the readings of a metric in a window; `per`: of the sums of each item."""

    kind: ClassVar = "metric"
    unit: ClassVar = VALUE

    label: Label
    bar: Bar
    readings: Readings
    take: Take
    window: Window
    missing: Missing
    per: Per | None = None

    @classmethod
    def parse(cls, label: Label, reader: Reader) -> Self:
        """Return the criterion that a node describes; notes what is wrong with it."""
        take = reader.needed_choice("take", Take)
        per = reader.optional_choice("per", Per)
        if per is not None and take is Take.LATEST:
            # Of sums none is the latest.
            reader.problem("take", ProblemCode.NOT_A_CHOICE, choices=", ".join(Made))
        return cls(
            label=label,
            bar=read_bar(reader, whole=False),
            readings=read_readings(reader),
            take=take,
            window=read_window(reader),
            missing=reader.choice("if_none", Missing, default=Missing.UNKNOWN),
            per=per,
        )

    def asks(self, level: str) -> bool:
        """Return whether a level needs the figure."""
        return self.bar.asks(level)

    def measure(self, dossier: Dossier) -> Count:
        """Return the figure, from the judged day onward."""
        if self.per is not None:
            return self._of_sums(dossier)
        choose = self.readings.entries if self.take is Take.SUM else self.readings.latest
        entries = choose(dossier, self.window)
        return aggregated(self.label, self.bar, dossier, entries, self._amount)

    def _of_sums(self, dossier: Dossier) -> Count:
        """Return the figure made of the sums of each item."""
        items = {one.id: one.item for one in self.readings.belonging(dossier)}
        entries = self.readings.entries(dossier, self.window)
        summing = Summing(self.take.made, self.missing, items)
        return summing.count(self.label, self.bar.measure(dossier), entries, dossier.on)

    def _amount(self, entries: Sequence[Entry]) -> Amount:
        if not entries:
            return self.missing.amount
        return exactly(self.take.of([entry.value for entry in entries]))


class Growing(StrEnum):
    """How growth is said: as what was added, or as a share of what was there."""

    DIFFERENCE = "difference"
    SHARE = "share"


@register_measure
@dataclass(frozen=True, slots=True)
class Growth:
    """The figure of whole months or a whole year against the same so many months earlier."""

    kind: ClassVar = "growth"
    unit: ClassVar = VALUE

    label: Label
    bar: Bar
    readings: Readings
    take: Take
    window: ClosedMonths | Year
    months: int
    growing: Growing

    @classmethod
    def parse(cls, label: Label, reader: Reader) -> Self:
        """Return the criterion that a node describes; notes what is wrong with it."""
        window, months = _compared(reader)
        growing = reader.needed_choice("as", Growing)
        if growing is Growing.SHARE and label.unit == cls.unit:
            label = replace(label, unit=SHARE)
        return cls(
            label=label,
            bar=read_bar(reader, whole=False),
            readings=read_readings(reader),
            take=reader.needed_choice("take", Take),
            window=window,
            months=months,
            growing=growing,
        )

    def asks(self, level: str) -> bool:
        """Return whether a level needs any growth."""
        return self.bar.asks(level)

    def measure(self, dossier: Dossier) -> Count:
        """Return the growth, from the judged day onward."""
        earlier = self.window.earlier(self.months)
        now, before = self._entries(dossier, self.window), self._entries(dossier, earlier)
        lines = [sweep(dossier.on, entries, self._amount) for entries in (now, before)]
        amounts = paired(self._growth, *lines)
        tally = Tally(_either(*pair) for pair in zip(now, before, strict=True))
        counted, not_counted = tally.snapshot(dossier.on)

        def explain(day: date, *, better: bool) -> Cause:
            return turn((*now, *before), day, better=better)

        return Count(
            label=self.label,
            needs=self.bar.measure(dossier),
            amounts=amounts,
            counted=counted,
            not_counted=not_counted,
            review_on=earliest(tally.changes_after(dossier.on), shown_changes(amounts)),
            explain=explain,
        )

    def _entries(self, dossier: Dossier, window: Window) -> list[Entry]:
        choose = self.readings.entries if self.take is Take.SUM else self.readings.latest
        return list(choose(dossier, window))

    def _amount(self, entries: Sequence[Entry]) -> Amount:
        return exactly(self.take.of([one.value for one in entries])) if entries else UNKNOWN

    def _growth(self, now: Amount, before: Amount) -> Amount:
        if now.certain is None or before.certain is None:
            return UNKNOWN
        added = now.certain - before.certain
        if self.growing is Growing.DIFFERENCE:
            return exactly(added)
        # What was nothing cannot grow by a share of it.
        return exactly(Fraction(added) / before.certain) if before.certain else UNKNOWN


def _compared(reader: Reader) -> tuple[ClosedMonths | Year, int]:
    """Return the window, which must be over, and how many months earlier it is looked at again."""
    window = read_needed_window(reader)
    months = reader.positive("against_months", required=False, most=MOST_MONTHS) or 12
    if isinstance(window, Year) and window.closed:
        if months % 12:
            # A year that begins on another day is no year of the program.
            reader.problem("against_months", ProblemCode.NOT_A_CHOICE, choices="12, 24, 36, …")
        return window, months
    if not isinstance(window, ClosedMonths):
        choices = "closed_months, closed_quarters, closed_year_from"
        reader.problem("window", ProblemCode.NOT_A_CHOICE, choices=choices)
        window = ClosedMonths()
    return window, months


def _either(now: Entry, before: Entry) -> Entry:
    """Return a reading that counts while it is one of now or of then."""
    wrong = (condition for condition in now.conditions if not condition.periods)
    outside = ReasonCode.OUTSIDE_WINDOW
    seen = Condition(union((*now.periods, *before.periods)), outside, outside)
    return Entry(now.record, (*wrong, seen))
