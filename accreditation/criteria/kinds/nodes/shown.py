"""A number that is shown beside the criteria and decides nothing."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from accreditation.criteria.kinds.aggregates import shown_changes
from accreditation.criteria.kinds.counting import Count, Measure
from accreditation.criteria.kinds.criterion import Judgement, Label
from accreditation.criteria.kinds.dossier import Dossier
from accreditation.criteria.kinds.nodes.wrapping import never_changes
from accreditation.criteria.periods import earliest
from accreditation.criteria.timelines import Timeline
from accreditation.criteria.verdicts import Finding, Result

SHOWN = "shown"
"""The form of a node that is shown but asks nothing."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A measure that people see, such as what counts for a benefit; no level needs it."""

    label: Label
    measured: Measure

    @property
    def measures(self) -> tuple[Measure, ...]:
        """What it looks at facts through."""
        return (self.measured,)

    def asks(self, level: str) -> bool:  # noqa: ARG002 - the same for every level
        """Return that nothing is asked."""
        return False

    def measure(self, dossier: Dossier) -> "MeasuredShown":
        """Return the number, from the judged day onward."""
        return MeasuredShown(self.label, dossier.on, self.measured.measure(dossier))


@dataclass(frozen=True, slots=True)
class MeasuredShown:
    """What the facts say, for information only."""

    label: Label
    on: date
    count: Count

    def judge(self, level: str) -> Judgement:  # noqa: ARG002 - the same for every level
        """Return the number with its records; nothing is missing."""
        amounts = self.count.amounts
        finding = Finding(
            key=self.label.key,
            kind=SHOWN,
            result=Result.MET,
            have=amounts.now.shown,
            need=Decimal(0),
            unit=self.label.unit,
            counted=self.count.counted,
            not_counted=self.count.not_counted,
        )
        met = Timeline(((self.on, Result.MET),))
        review_on = earliest(self.count.review_on, shown_changes(amounts))
        return Judgement(finding, met, review_on, never_changes, asked=False)
