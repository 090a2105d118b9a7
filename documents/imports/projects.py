"""The imports of deployments, references and transactions."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from documents.enums import Confirmer
from documents.imports.customer_facts import NAMING, CustomerFactsReading, Form, Named
from documents.models import Deployment, Reference, Transaction
from documents.operations import (
    NewDeployment,
    NewReference,
    NewTransaction,
    Particulars,
    RecordCorrection,
    correct_deployments,
    correct_references,
    correct_transactions,
    record_deployments,
    record_references,
    record_transactions,
)
from documents.operations.particulars import MOST_VALUE, PARTICULARS
from partners.imports import cells
from partners.imports.importer import Importer
from partners.imports.table import Column
from partners.periods import last_day
from partners.rules import Permission

_WORD = cells.text(80)
_PARTICULARS = (
    Column("products", cells.texts(80)),
    Column("service_types", cells.texts(80)),
    Column("industry", _WORD),
    Column("region", _WORD),
    Column("country", cells.code(2)),
    Column("location", _WORD),
    Column("customer_size", _WORD),
    Column("stage", _WORD),
    Column("public", cells.yes_no),
    Column("value", cells.number),
    Column("currency", cells.code(3)),
    Column("attributes", cells.by_name(cells.text(MOST_VALUE))),
    Column("dates", cells.by_name(cells.day)),
)


def _particulars(
    named: Named[Deployment] | Named[Reference] | Named[Transaction],
) -> Particulars:
    kept = Particulars() if named.on_record is None else Particulars.of(named.on_record)
    said = named.row.cells
    return replace(kept, **{name: said[name] for name in PARTICULARS if name in said})


def _deployment(named: Named[Deployment]) -> NewDeployment:
    confirmed_by = named.cell("confirmed_by")
    return NewDeployment(
        **named.naming,
        particulars=_particulars(named),
        completed_on=named.row.cells["completed_on"],
        confirmed_on=named.cell("confirmed_on"),
        confirmed_by=Confirmer(confirmed_by) if confirmed_by else None,
    )


def _reference(named: Named[Reference]) -> NewReference:
    kept = named.on_record
    return NewReference(
        **named.naming,
        particulars=_particulars(named),
        started_on=named.row.cells["started_on"],
        valid_through=named.row.cells.get(
            "valid_through", last_day(kept.ended_on) if kept else None
        ),
        deployment=named.deployment or (kept.deployment if kept else None),
    )


def _transaction(named: Named[Transaction]) -> NewTransaction:
    return NewTransaction(
        **named.naming,
        particulars=_particulars(named),
        made_on=named.row.cells["made_on"],
    )


DEPLOYMENTS = Importer(
    kind="deployments",
    permission=Permission.DEPLOYMENT_RECORD,
    columns=(
        *NAMING,
        Column("completed_on", cells.day, required=True),
        Column("confirmed_on", cells.day),
        Column("confirmed_by", cells.one_of(Confirmer)),
        Column("kind", _WORD),
        *_PARTICULARS,
    ),
    begin=partial(
        CustomerFactsReading,
        Form(
            model=Deployment,
            state=_deployment,
            record=record_deployments,
            correct=correct_deployments,
            correction=RecordCorrection,
        ),
    ),
)
REFERENCES = Importer(
    kind="references",
    permission=Permission.DEPLOYMENT_RECORD,
    columns=(
        *NAMING,
        Column("started_on", cells.day, required=True),
        Column("valid_through", cells.day),
        Column("deployment", _WORD),
        Column("kind", _WORD),
        *_PARTICULARS,
    ),
    begin=partial(
        CustomerFactsReading,
        Form(
            model=Reference,
            state=_reference,
            record=record_references,
            correct=correct_references,
            correction=RecordCorrection,
            names_deployment=True,
        ),
    ),
)
TRANSACTIONS = Importer(
    kind="transactions",
    permission=Permission.DEPLOYMENT_RECORD,
    columns=(
        *NAMING,
        Column("made_on", cells.day, required=True),
        Column("kind", _WORD, required=True),
        *_PARTICULARS,
    ),
    begin=partial(
        CustomerFactsReading,
        Form(
            model=Transaction,
            state=_transaction,
            record=record_transactions,
            correct=correct_transactions,
            correction=RecordCorrection,
        ),
    ),
)
