"""The import of customers.

A row is one customer, known by the vendor's own id of it, or by its name if it has none. What the
file leaves empty it does not speak about: a customer on record keeps it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.utils.translation import gettext_noop as _

from documents.models import Customer
from documents.operations import (
    CustomerCorrection,
    NewCustomer,
    correct_customers,
    record_customers,
)
from documents.operations.customers import DETAILS
from documents.queries.on_record import (
    CustomerKey,
    customer_key,
    customers_beyond_reach,
    customers_on_record,
)
from partners.imports import cells
from partners.imports.importer import Change, ImportContext, Importer, Planned
from partners.imports.problems import Problem
from partners.imports.rows import Met, read_each, write_each
from partners.imports.table import Column, Row
from partners.refusals import CannotRecord
from partners.rules import Permission


class CustomersReading:
    """One way through a file of customers; remembers which it has met."""

    def __init__(self, context: ImportContext) -> None:
        self._context = context
        self._met = Met[CustomerKey]()

    def plan(self, rows: Sequence[Row]) -> list[Planned | Problem]:
        """Return for every row what it changes or why it cannot; at most two queries."""
        known = customers_on_record(_key(row) for row in rows)
        beyond = self._beyond(known)
        return read_each(rows, lambda row: self._plan(row, known.get(_key(row)), beyond))

    def write(self, planned: Sequence[Planned]) -> None:
        """Record new customers and correct those on record."""
        write_each(planned, self._context, record=record_customers, correct=correct_customers)

    def _beyond(self, known: Mapping[CustomerKey, Customer]) -> set[UUID]:
        if not self._context.by.managed_only:
            return set()
        return customers_beyond_reach(self._context.by, {one.pk for one in known.values()})

    def _plan(self, row: Row, on_record: Customer | None, beyond: set[UUID]) -> Planned:
        said = {name: getattr(on_record, name) for name in DETAILS} if on_record else {}
        said |= {name: row.cells[name] for name in DETAILS if name in row.cells}
        stated = NewCustomer(external_id=row.cells.get("external_id", ""), **said)
        stated.check()
        again = _("Row %(row)s is about this customer already.")
        self._met.refuse_again(stated.key, row, again)
        if on_record is None:
            return Planned(row, Change.NEW, stated)
        if all(getattr(on_record, name) == getattr(stated, name) for name in DETAILS):
            return Planned(row, Change.UNCHANGED)
        if on_record.pk in beyond:
            raise CannotRecord(
                "", _("Partners that are not yours work for this customer: you cannot change it.")
            )
        return Planned(row, Change.CHANGED, CustomerCorrection(on_record, stated))


def _key(row: Row) -> CustomerKey:
    return customer_key(row.cells.get("external_id", ""), row.cells["name"])


CUSTOMERS = Importer(
    kind="customers",
    permission=Permission.CUSTOMER_EDIT,
    columns=(
        Column("name", cells.text(200), required=True),
        Column("external_id", cells.text(80)),
        Column("register_number", cells.text(80)),
        Column("country", cells.code(2)),
        Column("industry", cells.text(80)),
        Column("size", cells.text(80)),
    ),
    begin=CustomersReading,
)
