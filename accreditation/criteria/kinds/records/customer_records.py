"""Deployments, references, transactions: what was done for customers, counted."""

from dataclasses import dataclass
from typing import ClassVar, Self

from accreditation.criteria.kinds.bars import Bar, read_bar
from accreditation.criteria.kinds.counting import Count
from accreditation.criteria.kinds.criterion import Label
from accreditation.criteria.kinds.dossier import Dossier
from accreditation.criteria.kinds.entries import Entry, Tally, tallied
from accreditation.criteria.kinds.records.chosen import ChosenRecords, Distinct
from accreditation.criteria.kinds.registry import register_measure
from accreditation.criteria.reader import Reader
from accreditation.criteria.verdicts import ReasonCode


@register_measure
@dataclass(frozen=True, slots=True)
class RecordsCounted:
    """At least so many records of customers fit, or so many of what they are about."""

    kind: ClassVar = "records_counted"
    unit: ClassVar = "records"

    label: Label
    bar: Bar
    records: ChosenRecords
    distinct: Distinct

    @classmethod
    def parse(cls, label: Label, reader: Reader) -> Self:
        """Return the criterion that a node describes; notes what is wrong with it."""
        return cls(
            label=label,
            bar=read_bar(reader, whole=True),
            records=ChosenRecords.read(reader),
            distinct=reader.needed_choice("distinct", Distinct),
        )

    def asks(self, level: str) -> bool:
        """Return whether a level needs any records."""
        return self.bar.asks(level)

    def measure(self, dossier: Dossier) -> Count:
        """Return which records count, from the judged day onward."""
        tally = dossier.made(self, lambda: self._tally(dossier))
        return tallied(self.label, self.bar, dossier, tally)

    def _tally(self, dossier: Dossier) -> Tally:
        duplicate = (
            ReasonCode.DUPLICATE_CUSTOMER
            if self.distinct is Distinct.CUSTOMER
            else ReasonCode.DUPLICATE_RECORD
        )
        entries = (
            Entry(
                record.id,
                asked,
                identity=self.distinct.identity(record),
                pending=record.pending,
            )
            for record, asked in self.records.of(dossier)
        )
        return Tally(entries, duplicate)
