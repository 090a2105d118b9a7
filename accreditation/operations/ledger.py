"""What a batch of judgements writes: gathered while it is judged, then written kind by kind.

The number of statements depends on how many kinds of rows change, not on how many partners do.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from accreditation.models import Accreditation, Award, Evaluation, StandingChange
from accreditation.operations.alerts import News, tell
from partners.rules import Actor


@dataclass(frozen=True, slots=True)
class Moment:
    """When something is judged and by whom: the vendor's day, and the instant it is recorded."""

    on: date
    now: datetime
    by: Actor


@dataclass(slots=True)
class Ledger:
    """Rows to write at one moment; changed rows are kept as the objects they are."""

    moment: Moment
    evaluations: list[Evaluation] = field(default_factory=list)
    started: list[Accreditation] = field(default_factory=list)
    moved: list[Accreditation] = field(default_factory=list)
    foreseen: list[Accreditation] = field(default_factory=list)
    granted: list[Award] = field(default_factory=list)
    ended: list[Award] = field(default_factory=list)
    extended: list[Award] = field(default_factory=list)
    changes: list[StandingChange] = field(default_factory=list)
    news: list[News] = field(default_factory=list)

    def write(self) -> None:
        """Write everything, what is referred to before what refers to it."""
        Evaluation.objects.bulk_create(self.evaluations)
        Accreditation.objects.bulk_create(self.started)
        Accreditation.objects.bulk_update(
            self.moved, ["standing", "level", "standing_since", "grace_ends_on"]
        )
        Accreditation.objects.bulk_update(self.foreseen, ["ahead", "lost_on"])
        Award.objects.bulk_update(self.extended, ["ends_on"])
        # The old award of an accreditation leaves before the new one is in force.
        Award.objects.bulk_update(self.ended, ["ended_on", "end_reason"])
        Award.objects.bulk_create(self.granted)
        StandingChange.objects.bulk_create(self.changes)
        tell(self.news, on=self.moment.on, now=self.moment.now)
