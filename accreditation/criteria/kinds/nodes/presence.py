"""Which groups are present in the facts: those with enough of a metric."""

from dataclasses import dataclass, replace
from typing import Self

from accreditation.criteria.kinds.aggregates import Missing
from accreditation.criteria.kinds.bars import Bar, read_bar
from accreditation.criteria.kinds.criterion import CRITERIA, Judgement, Label
from accreditation.criteria.kinds.dossier import Dossier
from accreditation.criteria.kinds.figures.metrics import Metric, Take
from accreditation.criteria.kinds.figures.readings import Readings, read_readings
from accreditation.criteria.kinds.nodes.wrapping import Conditional, MeasuredConditional
from accreditation.criteria.kinds.timing import read_window
from accreditation.criteria.reader import Reader
from accreditation.criteria.windows import Window

WHEN = Label(key="", kind="when", unit=CRITERIA, text={}, evidence={}, dimension=None)
"""The node of one group: what is asked of it when it is present."""

PRESENT = Label(key="", kind=Metric.kind, unit=Metric.unit, text={}, evidence={}, dimension=None)


@dataclass(frozen=True, slots=True)
class Presence:
    """A group is present while a figure of the readings with its name is enough.

    `by` is the attribute of the readings that names the group.
    """

    readings: Readings
    by: str
    take: Take
    window: Window
    bar: Bar

    @classmethod
    def read(cls, reader: Reader) -> Self:
        """Return what a document says about it."""
        bar = read_bar(reader, whole=False)
        presence = cls(
            readings=read_readings(reader),
            by=reader.key("by"),
            take=reader.choice("take", Take, default=Take.SUM),
            window=read_window(reader),
            bar=bar,
        )
        reader.finish()
        return presence

    def of(self, group: str) -> Metric:
        """Return the criterion that a group is present, for the levels that ask for groups."""
        own = self.readings.own
        attributes = {**own.attributes, self.by: frozenset({group})}
        return Metric(
            label=PRESENT,
            bar=self.bar,
            readings=replace(self.readings, own=replace(own, attributes=attributes)),
            take=self.take,
            window=self.window,
            missing=Missing.ZERO,
        )


@dataclass(frozen=True, slots=True)
class WhilePresent(Conditional):
    """The node of a group, asked of the levels for which it is said when a group is present."""

    def asks(self, level: str) -> bool:
        """Return whether the node asks something of a level, and groups are asked of it at all."""
        return self.condition.asks(level) and self.then.asks(level)

    def measure(self, dossier: Dossier) -> "MeasuredWhilePresent":
        """Return both, measured."""
        return MeasuredWhilePresent(
            self.label, self.condition.measure(dossier), self.then.measure(dossier)
        )


@dataclass(frozen=True, slots=True)
class MeasuredWhilePresent(MeasuredConditional):
    """Whether a group is present, and its node, which have looked at the facts."""

    def judge(self, level: str) -> Judgement | None:
        """Return the judgement for a level, None if nothing of the group is asked of it."""
        if self.condition.judge(level) is None:
            return None
        return MeasuredConditional.judge(self, level)
