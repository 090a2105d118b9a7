"""One measure less another: gains minus losses."""

from dataclasses import dataclass
from typing import ClassVar, Self

from accreditation.criteria.kinds.bars import Bar, read_bar
from accreditation.criteria.kinds.counting import Amount, Count, Measure
from accreditation.criteria.kinds.criterion import VALUE, Label
from accreditation.criteria.kinds.dossier import Dossier
from accreditation.criteria.kinds.measures import read_measure
from accreditation.criteria.kinds.pairs import made_of
from accreditation.criteria.kinds.registry import register_measure
from accreditation.criteria.reader import Reader
from accreditation.criteria.verdicts import Number

GAINS, LOSSES = "gains", "losses"
"""The kinds of the findings of what is added, and of what is taken off."""


@register_measure
@dataclass(frozen=True, slots=True)
class Net:
    """What is left of a measure after another is taken away; it may be less than nothing.

    Both are shown as parts of the finding, each with its own records.
    """

    kind: ClassVar = "net"
    unit: ClassVar = VALUE

    label: Label
    bar: Bar
    gains: Measure
    losses: Measure

    @classmethod
    def parse(cls, label: Label, reader: Reader) -> Self:
        """Return the criterion that a node describes; notes what is wrong with it."""
        return cls(
            label=label,
            bar=read_bar(reader, whole=False),
            gains=read_measure(reader.needed_child("gains"), label),
            losses=read_measure(reader.needed_child("losses"), label),
        )

    @property
    def measures(self) -> tuple[Measure, ...]:
        """What it looks at facts through."""
        return self.gains, self.losses

    def asks(self, level: str) -> bool:
        """Return whether a level needs anything to be left."""
        return self.bar.asks(level)

    def measure(self, dossier: Dossier) -> Count:
        """Return what is left, from the judged day onward."""
        gains, losses = self.gains.measure(dossier), self.losses.measure(dossier)
        needs, parts = self.bar.measure(dossier), ((GAINS, gains), (LOSSES, losses))
        return made_of(self.label, needs, *parts, _less)


def _less(gains: Amount, losses: Amount) -> Amount:
    """Return what is left for certain, and at most: what is unknown of one is lost to the other."""
    return Amount(_minus(gains.certain, losses.possible), _minus(gains.possible, losses.certain))


def _minus(gain: Number | None, loss: Number | None) -> Number | None:
    return None if gain is None or loss is None else gain - loss
