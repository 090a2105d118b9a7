"""What every node of a criteria tree is: something that measures facts, then judges levels."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import ClassVar, Protocol, Self

from accreditation.criteria.kinds.dossier import Dossier
from accreditation.criteria.reader import Localized, Reader
from accreditation.criteria.timelines import Timeline
from accreditation.criteria.verdicts import Cause, Finding, Result

RANKS = {Result.NOT_MET: 0, Result.CANNOT_BE_JUDGED: 1, Result.MET: 2}
"""Results from bad to good."""


class Dimension(StrEnum):
    """What a criterion tells about a partner."""

    TECHNICAL_CAPABILITY = "technical_capability"
    COMMERCIAL_COMPETENCY = "commercial_competency"
    DELIVERY_QUALITY = "delivery_quality"
    COMPLIANCE_READINESS = "compliance_readiness"


@dataclass(frozen=True, slots=True)
class Label:
    """How people speak of a criterion. A group may go without a key (empty) and a text."""

    key: str
    kind: str
    unit: str
    text: Localized
    evidence: Localized
    dimension: Dimension | None


@dataclass(frozen=True, slots=True)
class Judgement:
    """A finding with all that follows from it in time.

    `results` is the finding's result from the judged day onward. `review_on` is the first later
    day on which anything in the finding changes. `explain` returns what makes the result change
    on one of the days on which it does. `asked`: the level is asked it; else it is met and only
    shown, so that it decides nothing.
    """

    finding: Finding
    results: Timeline[Result]
    review_on: date | None
    explain: Callable[[date], Cause]
    asked: bool = True


class Measured(Protocol):
    """A node that has looked at the facts, once for all levels."""

    def judge(self, level: str) -> Judgement | None:
        """Return the judgement for a level, None if the level is not asked and sees nothing."""
        ...


class Criterion(Protocol):
    """A node of the tree: a leaf of some kind, or a group."""

    @property
    def label(self) -> Label:
        """How people speak of it."""
        ...

    def asks(self, level: str) -> bool:
        """Return whether a level is asked this at all."""
        ...

    def measure(self, dossier: Dossier) -> Measured:
        """Return what the facts say, ready to be judged for any level."""
        ...


CRITERIA, SHARE, VALUE = "criteria", "share", "value"
"""Units: what groups count; of figures a share of something, and whatever else they measure."""


class Kind(Criterion, Protocol):
    """A leaf that documents ask for by name."""

    kind: ClassVar[str]
    unit: ClassVar[str]

    @classmethod
    def parse(cls, label: Label, reader: Reader) -> Self:
        """Return the criterion that a node of a document describes; notes what is wrong with it."""
        ...


def rises(results: Timeline[Result], day: date) -> bool | None:
    """Return whether the result gets better on a day, None if it does not change then."""
    changes = (
        RANKS[result] > RANKS[before]
        for (_, before), (first, result) in pairwise(results.steps)
        if first == day
    )
    return next(changes, None)
