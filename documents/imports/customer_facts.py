"""What imports of facts about partners and their customers have in common.

A row is one fact, known by the partner and ``external_id``. What the file leaves empty it does not
speak about: a fact on record keeps it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, Protocol, TypeVar

from django.utils.translation import gettext_noop as _

from documents.imports.naming import NamedCustomers
from documents.models import Customer, Deployment
from documents.models.partner_facts import PartnerFact
from documents.queries.on_record import Key, facts_on_record
from partners.imports import cells
from partners.imports.importer import Change, ImportContext, Planned
from partners.imports.partners import NamedPartners
from partners.imports.problems import Problem
from partners.imports.rows import Met, Write, plan_each, read_each, write_each
from partners.imports.table import Column, Row
from partners.models import Partner
from partners.refusals import CannotRecord

NAMING = (
    Column("partner", cells.text(80), required=True),
    Column("external_id", cells.text(80), required=True),
    Column("customer", cells.text(200), required=True),
)
"""The columns by which every row says what it is about."""

F = TypeVar("F", bound=PartnerFact)
_REFERENCES = ("customer", "deployment")


class Stated(Protocol):
    """What a row says, complete."""

    def columns(self) -> dict[str, Any]:
        """Return the columns that a correction may change."""
        ...

    def check(self, *, today: date) -> None:
        """Raise unless it can be recorded."""
        ...


@dataclass(frozen=True, slots=True)
class Named(Generic[F]):
    """What a row is about: found on record by the names it gives."""

    row: Row
    partner: Partner
    customer: Customer
    deployment: Deployment | None
    on_record: F | None

    @property
    def naming(self) -> dict[str, Any]:
        """Return what every stated fact begins with."""
        return {
            "partner": self.partner,
            "customer": self.customer,
            "external_id": self.row.cells["external_id"],
        }

    def cell(self, name: str, otherwise: Any = None) -> Any:
        """Return what the row says, else what is on record, else the last."""
        kept = otherwise if self.on_record is None else getattr(self.on_record, name)
        return self.row.cells.get(name, kept)


@dataclass(frozen=True, slots=True)
class Form(Generic[F]):
    """How rows of a kind of fact are read and written."""

    model: type[F]
    state: Callable[[Named[F]], Stated]
    record: Write
    correct: Write
    correction: Callable[[F, Any], object]
    names_deployment: bool = False


class CustomerFactsReading(Generic[F]):
    """One way through a file of facts; remembers which it has met."""

    def __init__(self, form: Form[F], context: ImportContext) -> None:
        self._form, self._context = form, context
        self._partners, self._customers = NamedPartners(context.by), NamedCustomers()
        self._met = Met[Key]()

    def plan(self, rows: Sequence[Row]) -> list[Planned | Problem]:
        """Return for every row what it changes or why it cannot; at most four queries a batch.

        Names that are not on record cost one more for the whole file.
        """
        self._partners.meet(rows)
        self._customers.meet(rows)
        named = read_each(rows, lambda row: (self._partners.of(row), self._customers.of(row)))
        known = self._known(rows, named)
        return plan_each(rows, named, lambda row, one: self._planned(row, *one, known))

    def write(self, planned: Sequence[Planned]) -> None:
        """Record new facts and correct those on record."""
        form = self._form
        write_each(planned, self._context, record=form.record, correct=form.correct)

    def _known(
        self, rows: Sequence[Row], named: Sequence[tuple[Partner, Customer] | Problem]
    ) -> _Known[F]:
        pairs = [
            (row, one[0].pk)
            for row, one in zip(rows, named, strict=True)
            if not isinstance(one, Problem)
        ]
        keys = {(pk, row.cells["external_id"]) for row, pk in pairs}
        if not self._form.names_deployment:
            return _Known(facts_on_record(self._form.model, keys), {})
        projects = {(pk, row.cells["deployment"]) for row, pk in pairs if "deployment" in row.cells}
        return _Known(
            facts_on_record(self._form.model, keys, also=["deployment"]),
            facts_on_record(Deployment, projects),
        )

    def _planned(self, row: Row, partner: Partner, customer: Customer, known: _Known[F]) -> Planned:
        key = partner.pk, row.cells["external_id"]
        again = _("Row %(row)s says this already: same partner and id.")
        self._met.refuse_again(key, row, again, field="external_id")
        on_record = known.facts.get(key)
        deployment = _deployment(row, partner, known.deployments)
        stated = self._form.state(Named(row, partner, customer, deployment, on_record))
        stated.check(today=self._context.today)
        if on_record is None:
            return Planned(row, Change.NEW, stated)
        if _says(on_record, stated.columns()):
            return Planned(row, Change.UNCHANGED)
        return Planned(row, Change.CHANGED, self._form.correction(on_record, stated))


@dataclass(frozen=True, slots=True)
class _Known(Generic[F]):
    """What is on record about the rows of one batch."""

    facts: Mapping[Key, F]
    deployments: Mapping[Key, Deployment]


def _deployment(
    row: Row, partner: Partner, deployments: Mapping[Key, Deployment]
) -> Deployment | None:
    text = row.cells.get("deployment")
    if text is None:
        return None
    found = deployments.get((partner.pk, text))
    if found is None:
        raise CannotRecord(
            "deployment", _("“%(text)s” is not a deployment of this partner."), text=text
        )
    return found


def _says(fact: PartnerFact, columns: Mapping[str, Any]) -> bool:
    """Return whether a fact on record says so already; what still waits for a review does not."""
    return not getattr(fact, "pending", False) and all(
        getattr(fact, f"{name}_id") == (value and value.pk)
        if name in _REFERENCES
        else getattr(fact, name) == value
        for name, value in columns.items()
    )
