"""Which groups are present in the facts: those with enough of a metric."""

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Self

from accreditation.criteria.kinds.aggregates import Missing
from accreditation.criteria.kinds.bars import Bar, Limit, read_limit
from accreditation.criteria.kinds.criterion import Label
from accreditation.criteria.kinds.figures.metrics import Metric, Take
from accreditation.criteria.kinds.figures.readings import Readings, read_readings
from accreditation.criteria.kinds.timing import read_window
from accreditation.criteria.problems import ProblemCode
from accreditation.criteria.reader import Reader
from accreditation.criteria.windows import Window

WHEN = Label(key="", kind="when", unit="criteria", text={}, evidence={}, dimension=None)
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
    limit: Limit

    @classmethod
    def read(cls, reader: Reader) -> Self:
        """Return what a document says about it."""
        limit = read_limit(reader)
        if limit is None and reader.usable:
            reader.problem("at_least", ProblemCode.MISSING)
        presence = cls(
            readings=read_readings(reader),
            by=reader.key("by"),
            take=reader.choice("take", Take, default=Take.SUM),
            window=read_window(reader),
            limit=limit or Limit(Fraction(1)),
        )
        reader.finish()
        return presence

    def of(self, group: str, levels: tuple[str, ...]) -> Metric:
        """Return the criterion that a group is present, for all levels."""
        own = self.readings.own
        attributes = {**own.attributes, self.by: frozenset({group})}
        return Metric(
            label=PRESENT,
            bar=Bar(dict.fromkeys(levels, self.limit.need), self.limit.comparison),
            readings=replace(self.readings, own=replace(own, attributes=attributes)),
            take=self.take,
            window=self.window,
            missing=Missing.ZERO,
        )
