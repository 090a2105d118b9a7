"""One measure divided by another."""

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import ClassVar, Self

from accreditation.criteria.kinds.aggregates import exactly
from accreditation.criteria.kinds.bars import Bar, read_bar
from accreditation.criteria.kinds.counting import UNKNOWN, Amount, Count, Measure
from accreditation.criteria.kinds.criterion import SHARE, VALUE, Label
from accreditation.criteria.kinds.dossier import Dossier
from accreditation.criteria.kinds.measures import read_measure
from accreditation.criteria.kinds.pairs import made_of
from accreditation.criteria.kinds.registry import register_measure
from accreditation.criteria.reader import Reader

NUMERATOR, DENOMINATOR = "numerator", "denominator"
"""The kinds of the findings of what is divided, and by what."""


@register_measure
@dataclass(frozen=True, slots=True)
class Ratio:
    """A measure as a share of another; what is divided by nothing cannot be judged.

    Both are shown as parts of the finding, each with its own records.
    """

    kind: ClassVar = "ratio"
    unit: ClassVar = SHARE

    label: Label
    bar: Bar
    numerator: Measure
    denominator: Measure

    @classmethod
    def parse(cls, label: Label, reader: Reader) -> Self:
        """Return the criterion that a node describes; notes what is wrong with it."""
        above, below = (
            read_measure(reader.needed_child(name), label) for name in (NUMERATOR, DENOMINATOR)
        )
        if above.label.unit != below.label.unit and label.unit == cls.unit:
            # So much of one thing for each of another is no share of it.
            label = replace(label, unit=VALUE)
        return cls(label, read_bar(reader, whole=False), above, below)

    @property
    def measures(self) -> tuple[Measure, ...]:
        """What it looks at facts through."""
        return self.numerator, self.denominator

    def asks(self, level: str) -> bool:
        """Return whether a level needs the ratio."""
        return self.bar.asks(level)

    def measure(self, dossier: Dossier) -> Count:
        """Return the ratio, from the judged day onward."""
        above, below = self.numerator.measure(dossier), self.denominator.measure(dossier)
        needs, parts = self.bar.measure(dossier), ((NUMERATOR, above), (DENOMINATOR, below))
        return made_of(self.label, needs, *parts, _divided)


def _divided(above: Amount, below: Amount) -> Amount:
    """Return the exact ratio of what is fully known."""
    known = above.certain == above.possible and below.certain == below.possible
    if not known or above.certain is None or not below.certain:
        return UNKNOWN
    return exactly(Fraction(above.certain) / below.certain)
