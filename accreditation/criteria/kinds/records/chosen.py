"""Deployments, references, transactions: which records of customers a criterion looks at."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Self

from accreditation.criteria.kinds.dossier import Dossier
from accreditation.criteria.kinds.entries import Condition, always, withdrawal, within
from accreditation.criteria.kinds.filters import Where, read_where
from accreditation.criteria.kinds.timing import condition, read_window
from accreditation.criteria.periods import Period
from accreditation.criteria.reader import Reader
from accreditation.criteria.records import CustomerRecord, Deployment, Reference
from accreditation.criteria.verdicts import ReasonCode
from accreditation.criteria.windows import Window

Chosen = tuple[CustomerRecord, tuple[Condition, ...]]
"""A record and what is asked of it."""


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


@dataclass(frozen=True, slots=True)
class ChosenRecords:
    """The records of customers that belong to a criterion, and what is asked of each.

    `kinds`: only records of these kinds belong to it. A deployment counts once it is confirmed,
    unless `unconfirmed` ones count too; a reference while the customer's consent is in force.
    """

    source: Source
    kinds: frozenset[str]
    where: Where
    window: Window
    unconfirmed: bool

    @classmethod
    def read(cls, reader: Reader) -> Self:
        """Return the records that a node asks for."""
        return cls(
            source=reader.needed_choice("records", Source),
            kinds=reader.texts("kinds", required=False),
            where=read_where(reader),
            window=read_window(reader),
            unconfirmed=reader.flag("unconfirmed", default=False),
        )

    def of(self, dossier: Dossier) -> Iterator[Chosen]:
        """Yield every record that belongs to it, with what is asked of it."""
        for record, day, own in self._records(dossier):
            if not self.kinds or record.kind in self.kinds:
                yield (
                    record,
                    (
                        *withdrawal(record.withdrawn_on),
                        *self.where.conditions(record, day, dossier),
                        *own,
                        condition(self.window, day),
                    ),
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
