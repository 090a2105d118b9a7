"""Files of papers and figures: what is new, what is put right, what waits, what does not fit."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from documents.imports.papers import PAPER_IMPORTERS, READINGS
from documents.models import AcceptedDocument, Attestation, Audit, Checklist, MetricReading
from documents.operations import accept_papers, withdraw_paper
from partners.enums import MembershipRole
from partners.imports.importer import Change, ImportContext, Importer, Planned
from partners.imports.problems import Problem
from partners.imports.table import Row, open_table
from partners.models import Partner
from partners.rules import SYSTEM, Actor
from tests import cast
from tests.cast import NOW, TODAY

pytestmark = pytest.mark.usefixtures("in_northwind")

IMPORTERS = {one.kind: one for one in (*PAPER_IMPORTERS, READINGS)}
# For each kind the columns that only it has, a row of them, and that row put right.
OWN: dict[str, tuple[str, str, str]] = {
    "documents": ("kind", "plan", "plan"),
    "agreements": ("kind", "partner-agreement", "partner-agreement"),
    "fees": ("kind,amount", "annual,500.5", "annual,600"),
    "listings": ("kind,address", "page,https://a.example", "page,https://b.example"),
    "attestations": ("kind,scope,issuer", "iso-27001,cloud,TÜV", "iso-27001,all,TÜV"),
    "audits": ("kind,passed,score", "security,yes,92.5", "security,no,40"),
    "checklists": ("kind,score,out_of", "self-check,18,20", "self-check,12,20"),
    "readings": ("metric,value,item", "revenue,1000.25,suite", "revenue,900,suite"),
}
each_kind = pytest.mark.parametrize("kind", IMPORTERS)


@pytest.fixture
def acme() -> Partner:
    return cast.partner("acme", external_id="A-1")


def read(
    kind: str, header: str, *lines: str, by: Actor = SYSTEM
) -> tuple[Any, list[Planned | Problem]]:
    importer: Importer = IMPORTERS[kind]
    table = open_table("\n".join([header, *lines, ""]).encode(), importer.columns)
    rows: list[Any] = list(table.rows())
    reading = importer.begin(ImportContext(by, NOW, TODAY))
    assert all(isinstance(row, Row) for row in rows), rows
    return reading, reading.plan(rows)


def imported(kind: str, header: str, *lines: str, by: Actor = SYSTEM) -> list[Change]:
    reading, planned = read(kind, header, *lines, by=by)
    accepted = [one for one in planned if isinstance(one, Planned)]
    assert len(accepted) == len(planned), planned
    reading.write([one for one in accepted if one.change != Change.UNCHANGED])
    return [one.change for one in accepted]


def problem(kind: str, header: str, *lines: str, by: Actor = SYSTEM) -> str:
    """Return the field that is wrong in the last line."""
    last = read(kind, header, *lines, by=by)[1][-1]
    assert isinstance(last, Problem)
    assert last.row == len(lines) + 1
    return last.field


@each_kind
def test_a_file_records_repeats_and_corrects(acme: Partner, kind: str) -> None:
    own, first, right = OWN[kind]
    header = f"partner,external_id,started_on,valid_through,currency,attributes,dates,note,{own}"
    said = (
        f"2026-01-01,2026-06-30,EUR,tier=gold; sold=yes,signed=2025-12-01,From the archive,{first}"
    )

    assert imported(kind, header, f"A-1,X-1,{said}") == [Change.NEW]
    assert imported(kind, header, f"acme,X-1,{said}") == [Change.UNCHANGED]
    shorter = f"partner,external_id,started_on,note,{own}"
    assert imported(kind, shorter, f"acme,X-1,2026-01-01,Put right,{right}") == [Change.CHANGED]

    (fact,) = model_of(kind).objects.all()
    assert (fact.external_id, fact.ended_on, fact.currency) == ("X-1", date(2026, 7, 1), "EUR")
    assert fact.attributes == {"tier": "gold", "sold": "yes"}
    assert fact.dates == {"signed": "2025-12-01"}
    assert (fact.note, fact.source) == ("Put right", "import")


def model_of(kind: str) -> Any:
    form: Any = IMPORTERS[kind].begin
    return form.args[0].new.fact.model


def test_own_columns_are_read_as_what_they_are(acme: Partner) -> None:
    start = "partner,started_on"
    imported("audits", f"{start},kind,passed,score", "acme,2026-01-01,security,yes,92.5")
    imported("checklists", f"{start},kind,score,out_of", "acme,2026-01-01,self-check,18,20")
    imported("attestations", f"{start},kind,scope,issuer", "acme,2026-01-01,iso,cloud,TÜV")
    imported(
        "readings",
        f"{start},metric,value,item,delivered_by",
        "acme,2026-01-01,revenue,1000.25,suite,billing",
    )

    audit, checklist = Audit.objects.get(), Checklist.objects.get()
    attestation, reading = Attestation.objects.get(), MetricReading.objects.get()
    assert (audit.passed, audit.score) == (True, Decimal("92.5"))
    assert (checklist.score, checklist.out_of) == (18, 20)
    assert (attestation.scope, attestation.issuer) == ("cloud", "TÜV")
    assert (reading.value, reading.item, reading.delivered_by) == (
        Decimal("1000.25"),
        "suite",
        "billing",
    )


def test_without_an_id_a_row_is_known_by_what_it_is_about_and_its_first_day(
    acme: Partner,
) -> None:
    header = "partner,metric,started_on,valid_through,value"
    january, february = "2026-01-01,2026-01-31", "2026-02-01,2026-02-28"

    imported("readings", header, f"acme,revenue,{january},10", f"acme,revenue,{february},20")

    changes = imported(
        "readings", header, f"acme,revenue,{january},10", f"acme,revenue,{february},25"
    )
    assert changes == [Change.UNCHANGED, Change.CHANGED]
    assert MetricReading.objects.count() == 2


@pytest.mark.parametrize(
    ("kind", "line", "field"),
    [
        ("fees", "nobody,annual,2026-01-01,,", "partner"),
        ("fees", "acme,annual,2026-01-02,2026-01-01,", "valid_through"),
        ("fees", "acme,annual,2026-01-01,,0.00001", "amount"),
        ("fees", "acme,first,2026-01-01,,7", "external_id"),
    ],
)
def test_the_check_says_what_does_not_fit(acme: Partner, kind: str, line: str, field: str) -> None:
    header = "partner,kind,started_on,valid_through,amount"

    assert problem(kind, header, "acme,first,2026-01-01,,", line) == field


HEADER = "partner,kind,started_on,note"
LINE = "acme,plan,2026-01-01,"


def test_what_a_channel_manager_imports_waits_for_a_reviewer_and_stays_as_accepted(
    acme: Partner,
) -> None:
    membership = cast.member("Mara", MembershipRole.CHANNEL_MANAGER)
    mara = cast.actor(membership)
    acme.manager = membership
    acme.save()

    assert imported("documents", HEADER, LINE, by=mara) == [Change.NEW]
    assert imported("documents", HEADER, LINE, by=mara) == [Change.UNCHANGED]
    document = AcceptedDocument.objects.get()
    assert document.pending is True

    accept_papers([document], by=SYSTEM, now=NOW)
    assert problem("documents", HEADER, f"{LINE}Mine", by=mara) == ""


def test_what_a_reviewer_s_file_repeats_is_accepted_with_it(acme: Partner) -> None:
    cast.paper(AcceptedDocument, acme, "plan", external_id="plan 2026-01-01", pending=True)

    assert imported("documents", HEADER, LINE) == [Change.CHANGED]

    assert AcceptedDocument.objects.get().pending is False


def test_a_file_does_not_bring_back_what_was_withdrawn(acme: Partner) -> None:
    imported("documents", HEADER, LINE)
    document = AcceptedDocument.objects.get()
    withdraw_paper(paper=document, on=TODAY, reason="Forged.", by=SYSTEM, now=NOW)

    assert imported("documents", HEADER, LINE) == [Change.UNCHANGED]
    assert problem("documents", HEADER, f"{LINE}Really") == ""


def test_a_channel_manager_s_file_reaches_managed_partners_only(acme: Partner) -> None:
    mara = cast.actor(cast.member("Mara", MembershipRole.CHANNEL_MANAGER))

    assert problem("documents", HEADER, LINE, by=mara) == "partner"


@each_kind
def test_one_row_costs_as_many_queries_as_three(acme: Partner, kind: str) -> None:
    own, first, _right = OWN[kind]
    header = f"partner,external_id,started_on,{own}"

    def costs(*ids: str) -> int:
        lines = [f"acme,{one},2026-01-01,{first}" for one in ids]
        with CaptureQueriesContext(connection) as queries:
            imported(kind, header, *lines)
        return len(queries)

    assert costs("X-1") == costs("X-2", "X-3", "X-4")
