"""Deployments, references, transactions: what was done for customers, counted."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar, Self

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
    withdrawal,
    within,
)
from accreditation.criteria.kinds.filters import Where, read_where
from accreditation.criteria.kinds.registry import register_measure
from accreditation.criteria.kinds.timing import condition, read_window
from accreditation.criteria.periods import Period
from accreditation.criteria.reader import Reader
from accreditation.criteria.records import CustomerRecord, Deployment, Reference
from accreditation.criteria.verdicts import ReasonCode
from accreditation.criteria.windows import Window


class Source(StrEnum):
    """Which records are counted."""

    DEPLOYMENTS = "deployments"
    REFERENCES = "references"
    TRANSACTIONS = "transactions"


class Distinct(StrEnum):
    """What counts once, however many records there are of it."""

    RECORD = "record"
    CUSTOMER = "customer"
    LOCATION = "location"
    COUNTRY = "country"
    PRODUCT = "product"

    def identity(self, record: CustomerRecord) -> str:
        """Return what records share that count once; empty: nothing."""
        if self is Distinct.PRODUCT:
            return ", ".join(sorted(record.products))
        return "" if self is Distinct.RECORD else str(getattr(record, self.value))


@register_measure
@dataclass(frozen=True, slots=True)
class RecordsCounted:
    """At least so many records of customers fit.

    `kinds`: only records of these kinds belong to it. A deployment counts once it is confirmed,
    unless `unconfirmed` ones count too; a reference while the customer's consent is in force.
    """

    kind: ClassVar = "records_counted"
    unit: ClassVar = "records"

    label: Label
    bar: Bar
    source: Source
    distinct: Distinct
    kinds: frozenset[str]
    where: Where
    window: Window
    unconfirmed: bool

    @classmethod
    def parse(cls, label: Label, reader: Reader) -> Self:
        """Return the criterion that a node describes; notes what is wrong with it."""
        return cls(
            label=label,
            bar=read_bar(reader, whole=True),
            source=reader.needed_choice("records", Source),
            distinct=reader.needed_choice("distinct", Distinct),
            kinds=reader.texts("kinds", required=False),
            where=read_where(reader),
            window=read_window(reader),
            unconfirmed=reader.flag("unconfirmed", default=False),
        )

    def asks(self, level: str) -> bool:
        """Return whether a level needs any records."""
        return self.bar.asks(level)

    def measure(self, dossier: Dossier) -> Count:
        """Return which records count, from the judged day onward."""
        duplicate = (
            ReasonCode.DUPLICATE_CUSTOMER
            if self.distinct is Distinct.CUSTOMER
            else ReasonCode.DUPLICATE_RECORD
        )
        return tallied(self.label, self.bar, dossier, Tally(self._entries(dossier), duplicate))

    def _entries(self, dossier: Dossier) -> Iterator[Entry]:
        for record, day, own in self._records(dossier):
            if not self.kinds or record.kind in self.kinds:
                conditions = (
                    *withdrawal(record.withdrawn_on),
                    *self.where.conditions(record, day, dossier),
                    *own,
                    condition(self.window, day),
                )
                yield Entry(
                    record.id,
                    conditions,
                    identity=self.distinct.identity(record),
                    pending=record.pending,
                )

    def _records(
        self, dossier: Dossier
    ) -> Iterator[tuple[CustomerRecord, date, tuple[Condition, ...]]]:
        if self.source is Source.DEPLOYMENTS:
            for project in dossier.facts.deployments:
                yield project, project.completed_on, self._confirmation(project)
        elif self.source is Source.REFERENCES:
            for reference in dossier.facts.references:
                yield reference, reference.period.start, _consent(reference)
        else:
            for sale in dossier.facts.transactions:
                yield sale, sale.made_on, ()

    def _confirmation(self, project: Deployment) -> tuple[Condition, ...]:
        if self.unconfirmed:
            return ()
        if project.confirmed_on is None:
            return (always(ReasonCode.NOT_CONFIRMED),)
        return (within(Period(project.confirmed_on), before=ReasonCode.NOT_CONFIRMED),)


def _consent(reference: Reference) -> tuple[Condition, ...]:
    return (within(reference.period),)
