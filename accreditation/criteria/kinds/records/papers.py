"""What is on file: documents, attestations, audits, agreements, fees, listings, checklists."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar, Self

from accreditation.criteria.kinds.bars import Bar, read_bar
from accreditation.criteria.kinds.counting import Count
from accreditation.criteria.kinds.criterion import Label
from accreditation.criteria.kinds.dossier import Dossier
from accreditation.criteria.kinds.entries import (
    Condition,
    Entry,
    Tally,
    always,
    tallied,
    within,
)
from accreditation.criteria.kinds.filters import OwnFields, read_own_fields
from accreditation.criteria.kinds.registry import register_measure
from accreditation.criteria.kinds.timing import condition, read_window
from accreditation.criteria.reader import Reader
from accreditation.criteria.records import Paper
from accreditation.criteria.verdicts import ReasonCode
from accreditation.criteria.windows import Window

Asked = tuple[Paper, tuple[Condition, ...]]
"""A paper and what is asked of it beyond its kind."""


@dataclass(frozen=True, slots=True)
class OnFile(ABC):
    """So many papers (one, if nothing is said) of these kinds are in force.

    `window`: the paper began within it, beside being in force.
    """

    kind: ClassVar[str]
    unit: ClassVar[str] = "records"
    naming: ClassVar[str]
    """The name under which a document lists the kinds of papers."""

    label: Label
    bar: Bar
    kinds: frozenset[str]
    own: OwnFields
    window: Window

    @classmethod
    def parse(cls, label: Label, reader: Reader) -> Self:
        """Return the criterion that a node describes; notes what is wrong with it."""
        return cls(**_basics(cls.naming, label, reader))

    def asks(self, level: str) -> bool:
        """Return whether a level needs any of these papers."""
        return self.bar.asks(level)

    def measure(self, dossier: Dossier) -> Count:
        """Return which papers count, from the judged day onward."""
        tally = dossier.made(self, lambda: Tally(self._entries(dossier)))
        return tallied(self.label, self.bar, dossier, tally)

    @abstractmethod
    def papers(self, dossier: Dossier) -> Iterator[Asked]:
        """Return all papers of the sort, whatever their kind, and what is asked of each."""

    def _entries(self, dossier: Dossier) -> Iterator[Entry]:
        for paper, asked in self.papers(dossier):
            if paper.kind in self.kinds:
                dates = {"day": paper.period.start, **paper.dates}
                wrong = self.own.reasons(paper.attributes, dates, dossier)
                conditions = (
                    *(always(reason) for reason in wrong),
                    *asked,
                    within(paper.period),
                    condition(self.window, paper.period.start),
                )
                yield Entry(paper.id, conditions, pending=paper.pending)


@register_measure
class DocumentAccepted(OnFile):
    """A document that a reviewer accepted."""

    __slots__ = ()
    kind: ClassVar = "document_accepted"
    naming = "documents"

    def papers(self, dossier: Dossier) -> Iterator[Asked]:
        """Return all documents."""
        return ((one, ()) for one in dossier.facts.documents)


@register_measure
class AgreementSigned(OnFile):
    """An agreement that is signed and in force."""

    __slots__ = ()
    kind: ClassVar = "agreement_signed"
    naming = "agreements"

    def papers(self, dossier: Dossier) -> Iterator[Asked]:
        """Return all agreements."""
        return ((one, ()) for one in dossier.facts.agreements)


@register_measure
class FeePaid(OnFile):
    """A fee that is paid for the day."""

    __slots__ = ()
    kind: ClassVar = "fee_paid"
    naming = "fees"

    def papers(self, dossier: Dossier) -> Iterator[Asked]:
        """Return all fees."""
        return ((one, ()) for one in dossier.facts.fees)


@register_measure
class Listed(OnFile):
    """A public listing or page that exists."""

    __slots__ = ()
    kind: ClassVar = "listed"
    naming = "listings"

    def papers(self, dossier: Dossier) -> Iterator[Asked]:
        """Return all listings."""
        return ((one, ()) for one in dossier.facts.listings)


@register_measure
@dataclass(frozen=True, slots=True)
class AttestationValid(OnFile):
    """An attestation of a framework that is valid, for one of the scopes if any are named."""

    kind: ClassVar = "attestation_valid"
    naming: ClassVar = "frameworks"

    scopes: frozenset[str]

    @classmethod
    def parse(cls, label: Label, reader: Reader) -> Self:
        """Return the criterion that a node describes; notes what is wrong with it."""
        scopes = reader.texts("scopes", required=False)
        return cls(**_basics(cls.naming, label, reader), scopes=scopes)

    def papers(self, dossier: Dossier) -> Iterator[Asked]:
        """Return all attestations."""
        for one in dossier.facts.attestations:
            fits = not self.scopes or one.scope in self.scopes
            yield one, () if fits else (always(ReasonCode.WRONG_SCOPE),)


@register_measure
@dataclass(frozen=True, slots=True)
class AuditPassed(OnFile):
    """An audit or review that was passed, with at least a score if one is asked."""

    kind: ClassVar = "audit_passed"
    naming: ClassVar = "audits"

    minimum_score: Decimal | None

    @classmethod
    def parse(cls, label: Label, reader: Reader) -> Self:
        """Return the criterion that a node describes; notes what is wrong with it."""
        minimum = reader.decimal("minimum_score", required=False)
        return cls(**_basics(cls.naming, label, reader), minimum_score=minimum)

    def papers(self, dossier: Dossier) -> Iterator[Asked]:
        """Return all audits."""
        for one in dossier.facts.audits:
            if not one.passed:
                yield one, (always(ReasonCode.NOT_PASSED),)
            elif self._too_low(one.score):
                yield one, (always(ReasonCode.SCORE_TOO_LOW),)
            else:
                yield one, ()

    def _too_low(self, score: Decimal | None) -> bool:
        return self.minimum_score is not None and (score is None or score < self.minimum_score)


def _basics(naming: str, label: Label, reader: Reader) -> dict[str, Any]:
    return {
        "label": label,
        "bar": read_bar(reader, whole=True, default=1),
        "kinds": reader.texts(naming),
        "own": read_own_fields(reader),
        "window": read_window(reader),
    }
