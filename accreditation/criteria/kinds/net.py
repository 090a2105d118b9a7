"""One measure less another: gains minus losses."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Self

from accreditation.criteria.kinds.aggregates import shown_changes
from accreditation.criteria.kinds.bars import Bar, read_bar
from accreditation.criteria.kinds.counting import Amount, Count, Measure
from accreditation.criteria.kinds.criterion import Label
from accreditation.criteria.kinds.dossier import Dossier
from accreditation.criteria.kinds.measures import read_measure, records_of
from accreditation.criteria.kinds.registry import register_measure
from accreditation.criteria.periods import earliest
from accreditation.criteria.reader import Reader
from accreditation.criteria.timelines import paired
from accreditation.criteria.verdicts import Cause, Number

GAINS, LOSSES = "gains", "losses"
"""The kinds of the findings of what is added, and of what is taken off."""


@register_measure
@dataclass(frozen=True, slots=True)
class Net:
    """What is left of a measure after another is taken away; it may be less than nothing.

    Both are shown as parts of the finding, each with its own records.
    """

    kind: ClassVar = "net"
    unit: ClassVar = "value"

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
        amounts = paired(_less, gains.amounts, losses.amounts)
        counted, not_counted = records_of(gains, losses)

        def explain(day: date, *, better: bool) -> Cause:
            moved = gains.amounts.at(day) != gains.amounts.before(day)
            if moved:
                return gains.explain(day, better=better)
            return losses.explain(day, better=not better)

        return Count(
            label=self.label,
            needs=self.bar.measure(dossier),
            amounts=amounts,
            counted=counted,
            not_counted=not_counted,
            review_on=earliest(gains.review_on, losses.review_on, shown_changes(amounts)),
            explain=explain,
            parts=((GAINS, gains), (LOSSES, losses)),
        )


def _less(gains: Amount, losses: Amount) -> Amount:
    """Return what is left for certain, and at most: what is unknown of one is lost to the other."""
    return Amount(_minus(gains.certain, losses.possible), _minus(gains.possible, losses.certain))


def _minus(gain: Number | None, loss: Number | None) -> Number | None:
    return None if gain is None or loss is None else gain - loss
