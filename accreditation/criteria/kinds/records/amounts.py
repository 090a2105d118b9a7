"""Figures on file: the amount of a document or fee, the score of a checklist."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar, Self

from accreditation.criteria.facts import PartnerFacts
from accreditation.criteria.kinds.aggregates import aggregated
from accreditation.criteria.kinds.bars import Bar, read_bar
from accreditation.criteria.kinds.counting import Amount, Count
from accreditation.criteria.kinds.criterion import SHARE, Label
from accreditation.criteria.kinds.dossier import Dossier
from accreditation.criteria.kinds.entries import Condition, Entry, always, within
from accreditation.criteria.kinds.filters import OwnFields, read_own_fields
from accreditation.criteria.kinds.reach import check_reachable
from accreditation.criteria.kinds.registry import register_measure
from accreditation.criteria.reader import Reader
from accreditation.criteria.records import Paper
from accreditation.criteria.verdicts import ReasonCode


@dataclass(frozen=True, slots=True)
class AmountOnFile(ABC):
    """The largest amount of the papers of these kinds that are in force."""

    unit: ClassVar[str] = "amount"
    naming: ClassVar[str]
    """The name under which a document lists the kinds of papers."""

    label: Label
    bar: Bar
    kinds: frozenset[str]
    currency: str
    own: OwnFields

    @classmethod
    def parse(cls, label: Label, reader: Reader) -> Self:
        """Return the criterion that a node describes; notes what is wrong with it."""
        return cls(
            label=label,
            bar=read_bar(reader, whole=False),
            kinds=reader.texts(cls.naming),
            currency=reader.stated("currency"),
            own=read_own_fields(reader),
        )

    def asks(self, level: str) -> bool:
        """Return whether a level needs the amount."""
        return self.bar.asks(level)

    def measure(self, dossier: Dossier) -> Count:
        """Return the largest amount, from the judged day onward."""
        return aggregated(self.label, self.bar, dossier, self._entries(dossier), largest)

    @abstractmethod
    def papers(self, facts: PartnerFacts) -> Sequence[Paper]:
        """Return all papers of the sort, whatever their kind."""

    def _entries(self, dossier: Dossier) -> Iterator[Entry]:
        for one in self.papers(dossier.facts):
            if one.kind in self.kinds:
                dates = {"day": one.period.start, **one.dates}
                wrong = [
                    always(reason) for reason in self.own.reasons(one.attributes, dates, dossier)
                ]
                if one.currency != self.currency:
                    wrong.append(always(ReasonCode.WRONG_CURRENCY))
                yield _entry(one, one.amount or Decimal(0), wrong)


@register_measure
class DocumentAmount(AmountOnFile):
    """The largest amount of the accepted documents in force, such as an insured sum."""

    __slots__ = ()
    kind: ClassVar = "document_amount"
    naming = "documents"

    def papers(self, facts: PartnerFacts) -> Sequence[Paper]:
        """Return all documents."""
        return facts.documents


@register_measure
class FeeAmount(AmountOnFile):
    """The largest of the fees that are paid for the day."""

    __slots__ = ()
    kind: ClassVar = "fee_amount"
    naming = "fees"

    def papers(self, facts: PartnerFacts) -> Sequence[Paper]:
        """Return all fees."""
        return facts.fees


@register_measure
@dataclass(frozen=True, slots=True)
class ChecklistScore:
    """The best score of the checklists in force, as a share of the highest score there is."""

    kind: ClassVar = "checklist_score"
    unit: ClassVar = SHARE

    label: Label
    bar: Bar
    checklists: frozenset[str]

    @classmethod
    def parse(cls, label: Label, reader: Reader) -> Self:
        """Return the criterion that a node describes; notes what is wrong with it."""
        bar = read_bar(reader, whole=False)
        check_reachable(reader, bar, 1)
        return cls(label, bar, reader.texts("checklists"))

    def asks(self, level: str) -> bool:
        """Return whether a level needs the score."""
        return self.bar.asks(level)

    def measure(self, dossier: Dossier) -> Count:
        """Return the best score, from the judged day onward."""
        entries = (
            _entry(one, Fraction(one.score) / Fraction(one.out_of), ())
            for one in dossier.facts.checklists
            if one.kind in self.checklists
        )
        return aggregated(self.label, self.bar, dossier, entries, largest)


def largest(entries: Sequence[Entry]) -> Amount:
    """Return the largest value, and what it would be with those that wait for review."""
    certain = [entry.value for entry in entries if not entry.pending]
    return Amount(max(certain, default=0), max((entry.value for entry in entries), default=0))


def _entry(paper: Paper, value: Decimal | Fraction, wrong: Sequence[Condition]) -> Entry:
    conditions = (*wrong, within(paper.period))
    return Entry(paper.id, conditions, value=Fraction(value), pending=paper.pending)
