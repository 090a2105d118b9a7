"""The imports of papers, one a sort, and of figures."""

from __future__ import annotations

from functools import partial

from documents.imports.period_facts import (
    FIRST,
    LAST,
    PERIOD,
    WORD,
    Form,
    PeriodFactsReading,
)
from documents.models.papers import Paper
from documents.operations import (
    NewAgreement,
    NewAttestation,
    NewAudit,
    NewChecklist,
    NewDocument,
    NewFee,
    NewListing,
    NewPaper,
    NewReading,
    correct_papers,
    correct_readings,
    record_papers,
    record_readings,
)
from documents.operations.papers import check_open, waits
from partners.imports import cells
from partners.imports.importer import Importer
from partners.imports.table import Column
from partners.rules import Actor


def _reviewed(paper: Paper, right: NewPaper, by: Actor) -> bool:
    """Return whether importing the row would leave the paper waiting, or counting, as it does."""
    return paper.pending == waits(right, by)


def _papers(kind: str, new: type[NewPaper], *own: Column) -> Importer:
    form = Form(
        new=new,
        record=record_papers,
        correct=correct_papers,
        says=_reviewed,
        check_open=check_open,
    )
    about = (Column("kind", WORD, required=True), *PERIOD, *own, Column("amount", cells.number))
    return Importer(
        kind=kind,
        permission=new.fact.recorded_with,
        columns=(*FIRST, *about, *LAST),
        begin=partial(PeriodFactsReading, form),
    )


PAPER_IMPORTERS = (
    _papers("documents", NewDocument),
    _papers("agreements", NewAgreement),
    _papers("fees", NewFee),
    _papers("listings", NewListing, Column("address", cells.text(500))),
    _papers(
        "attestations",
        NewAttestation,
        Column("scope", WORD),
        Column("issuer", cells.text(200)),
    ),
    _papers(
        "audits",
        NewAudit,
        Column("passed", cells.yes_no, required=True),
        Column("score", cells.number),
    ),
    _papers(
        "checklists",
        NewChecklist,
        Column("score", cells.number, required=True),
        Column("out_of", cells.number, required=True),
    ),
)
READINGS = Importer(
    kind="readings",
    permission=NewReading.fact.recorded_with,
    columns=(
        *FIRST,
        Column("metric", WORD, required=True),
        *PERIOD,
        Column("value", cells.number, required=True),
        Column("item", WORD),
        Column("delivered_by", WORD),
        *LAST,
    ),
    begin=partial(
        PeriodFactsReading,
        Form(
            new=NewReading,
            record=record_readings,
            correct=correct_readings,
            says=lambda *_: True,
            check_open=lambda *_: None,
        ),
    ),
)
