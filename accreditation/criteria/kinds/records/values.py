"""Deployments, references, transactions: what they are worth together."""

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import ClassVar, Self

from accreditation.criteria.kinds.aggregates import Made, Missing
from accreditation.criteria.kinds.bars import Bar, read_bar
from accreditation.criteria.kinds.counting import Count
from accreditation.criteria.kinds.criterion import VALUE, Label
from accreditation.criteria.kinds.dossier import Dossier
from accreditation.criteria.kinds.entries import Condition, Entry, always
from accreditation.criteria.kinds.filters import number_in
from accreditation.criteria.kinds.money import Money, read_money
from accreditation.criteria.kinds.records.chosen import ChosenRecords, Distinct
from accreditation.criteria.kinds.registry import register_measure
from accreditation.criteria.kinds.sums import Summing
from accreditation.criteria.reader import Reader
from accreditation.criteria.records import CustomerRecord
from accreditation.criteria.verdicts import ReasonCode

OWN_VALUE = "value"
"""The number that every record may have; any other is one of the vendor's own fields."""


@register_measure
@dataclass(frozen=True, slots=True)
class RecordsValue:
    """A number made of the values of customers' records: their sum, mean, the largest.

    `number`: the record's value, or one of the vendor's own fields. `per`: the values of records
    that share it are summed first; a record that names none stands for itself.
    """

    kind: ClassVar = "records_value"
    unit: ClassVar = VALUE

    label: Label
    bar: Bar
    records: ChosenRecords
    number: str
    money: Money
    take: Made
    per: Distinct
    missing: Missing

    @classmethod
    def parse(cls, label: Label, reader: Reader) -> Self:
        """Return the criterion that a node describes; notes what is wrong with it."""
        number = reader.text("number", required=False) or OWN_VALUE
        own = number != OWN_VALUE
        if own and label.unit == cls.unit:
            label = replace(label, unit=number)
        return cls(
            label=label,
            bar=read_bar(reader, whole=False),
            records=ChosenRecords.read(reader),
            number=number,
            money=Money() if own else read_money(reader),
            take=reader.needed_choice("take", Made),
            per=reader.choice("per", Distinct, default=Distinct.RECORD),
            missing=reader.choice("if_none", Missing, default=Missing.UNKNOWN),
        )

    def asks(self, level: str) -> bool:
        """Return whether a level needs the number."""
        return self.bar.asks(level)

    def measure(self, dossier: Dossier) -> Count:
        """Return the number, from the judged day onward."""
        entries, shared = [], {}
        for record, asked in self.records.of(dossier):
            value, wrong = self._value(record)
            entries.append(Entry(record.id, (*asked, *wrong), value=value, pending=record.pending))
            identity = self.per.identity(record)
            shared[record.id] = (identity, "" if identity else record.id)
        summing = Summing(self.take, self.missing, shared)
        return summing.count(self.label, self.bar.measure(dossier), entries, dossier.on)

    def _value(self, record: CustomerRecord) -> tuple[Fraction, tuple[Condition, ...]]:
        """Return what a record is worth, and what is wrong with it if that is not known."""
        found, reason = None, ReasonCode.VALUE_MISSING
        if self.number != OWN_VALUE:
            found = number_in(record.attributes.get(self.number))
        elif record.value is not None:
            reason = ReasonCode.WRONG_CURRENCY
            found = self.money.taken(record.value, record.currency)
        return found or Fraction(0), () if found is not None else (always(reason),)
