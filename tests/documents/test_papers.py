"""Papers: who may say that there is one, who settles that it counts, and how they are put right."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from accreditation.models import DueMark
from documents.models import (
    AcceptedDocument,
    Agreement,
    Attestation,
    Audit,
    Checklist,
    Fee,
    ListingProof,
)
from documents.operations import (
    NewAgreement,
    NewAttestation,
    NewAudit,
    NewChecklist,
    NewDocument,
    NewFee,
    NewListing,
    NewPaper,
    PeriodCorrection,
    accept_papers,
    correct_papers,
    record_papers,
    score_checklist,
    withdraw_paper,
)
from partners.enums import MembershipRole as Role
from partners.models import AuditEntry, Partner
from partners.refusals import CannotRecord
from partners.rules import SYSTEM, Actor, NotAllowed
from tests import cast
from tests.audited import one_entry
from tests.cast import NOW, TODAY

pytestmark = pytest.mark.usefixtures("in_northwind")

JANUARY = date(2026, 1, 1)
SORTS: dict[type[NewPaper], dict[str, Any]] = {
    NewDocument: {},
    NewAgreement: {},
    NewFee: {"amount": Decimal("500.50"), "currency": "EUR"},
    NewListing: {"address": "https://market.example/acme"},
    NewAttestation: {"scope": "cloud", "issuer": "TÜV"},
    NewAudit: {"passed": True, "score": Decimal("92.5")},
    NewChecklist: {"score": Decimal(18), "out_of": Decimal(20)},
}
each_sort = pytest.mark.parametrize("sort", SORTS, ids=lambda sort: sort.__name__)


def actor(role: Role, at: Partner | None = None) -> Actor:
    return cast.actor(cast.member(role.value, role, at))


def paper(sort: type[NewPaper], of: Partner, **more: Any) -> NewPaper:
    said = {"partner": of, "kind": "plan", "started_on": JANUARY, **SORTS[sort], **more}
    return sort(**said)


def record(*rows: NewPaper, **who: Any) -> list[Any]:
    return record_papers(rows, **{"source": "test", "by": SYSTEM, "now": NOW, **who}).new


@each_sort
def test_a_paper_is_kept_with_all_that_was_said(acme: Partner, sort: type[NewPaper]) -> None:
    row = paper(
        sort,
        acme,
        valid_through=date(2026, 12, 31),
        attributes={"tier": "gold"},
        dates={"signed": date(2025, 12, 1)},
        note=" From the archive. ",
    )

    with one_entry(f"{sort.fact.noun}.recorded") as entries:
        (made,) = record(row)

    assert entries[0].partner_ids == [acme.pk]
    stored = sort.fact.model.objects.get(pk=made.pk)
    for name, value in SORTS[sort].items():
        assert getattr(stored, name) == value
    assert (stored.kind, stored.started_on, stored.ended_on) == (
        "plan",
        JANUARY,
        date(2027, 1, 1),
    )
    assert (stored.attributes, stored.dates) == ({"tier": "gold"}, {"signed": "2025-12-01"})
    assert (stored.note, stored.pending) == ("From the archive.", False)


@each_sort
def test_a_paper_marks_its_partner_due(acme: Partner, sort: type[NewPaper]) -> None:
    cast.partner("cove")
    DueMark.objects.all().delete()

    record(paper(sort, acme))

    assert set(DueMark.objects.values_list("partner", flat=True)) == {acme.pk}


def test_the_same_paper_again_adds_nothing_and_another_of_the_day_has_an_id(
    acme: Partner,
) -> None:
    (first,) = record(paper(NewDocument, acme))

    again = record_papers(
        [paper(NewDocument, acme), paper(NewDocument, acme, external_id="second")],
        source="test",
        by=SYSTEM,
        now=NOW,
    )

    assert (again.known, [one.external_id for one in again.new]) == ([first], ["second"])
    assert first.external_id == "plan 2026-01-01"


WHO: dict[Role, dict[type[NewPaper], str]] = {
    Role.OWNER: dict.fromkeys(SORTS, "counts"),
    Role.PROGRAM_OWNER: dict.fromkeys(SORTS, "counts"),
    Role.CHANNEL_MANAGER: {
        NewDocument: "waits",
        NewAgreement: "counts",
        NewFee: "counts",
        NewListing: "counts",
        NewAttestation: "waits",
        NewAudit: "refused",
        NewChecklist: "waits",
    },
    Role.REVIEWER: {
        NewDocument: "counts",
        NewAgreement: "waits",
        NewFee: "refused",
        NewListing: "waits",
        NewAttestation: "counts",
        NewAudit: "counts",
        NewChecklist: "counts",
    },
    Role.ANALYST: dict.fromkeys(SORTS, "refused"),
    Role.PARTNER_ADMIN: {
        **dict.fromkeys(SORTS, "waits"),
        NewFee: "refused",
        NewAudit: "refused",
    },
    Role.EVIDENCE_EDITOR: {
        **dict.fromkeys(SORTS, "waits"),
        NewFee: "refused",
        NewAudit: "refused",
    },
    Role.PARTNER_VIEWER: dict.fromkeys(SORTS, "refused"),
    Role.LEARNER: dict.fromkeys(SORTS, "refused"),
}


@pytest.mark.parametrize(
    ("role", "sort", "what"),
    [(role, sort, what) for role, sorts in WHO.items() for sort, what in sorts.items()],
)
def test_who_says_that_there_is_a_paper_and_whether_that_settles_it(
    role: Role, sort: type[NewPaper], what: str
) -> None:
    acme = cast.partner("acme")
    at = acme if role in {Role.PARTNER_ADMIN, Role.EVIDENCE_EDITOR, Role.LEARNER} else None
    at = acme if role == Role.PARTNER_VIEWER else at
    member = cast.member("Somebody", role, at)
    acme.manager = member if role == Role.CHANNEL_MANAGER else None
    acme.save()

    if what == "refused":
        with pytest.raises(NotAllowed):
            record(paper(sort, acme), by=cast.actor(member))
        return
    (made,) = record(paper(sort, acme), by=cast.actor(member))

    assert made.pending is (what == "waits")


def test_a_partner_hands_in_for_itself_alone(acme: Partner) -> None:
    paul = actor(Role.PARTNER_ADMIN, acme)

    with pytest.raises(NotAllowed):
        record(paper(NewDocument, cast.partner("cove")), by=paul)


def test_a_reviewer_accepts_what_was_handed_in_and_nobody_else(acme: Partner) -> None:
    paul, rita = actor(Role.PARTNER_ADMIN, acme), actor(Role.REVIEWER)
    (document,) = record(paper(NewDocument, acme), by=paul)

    with pytest.raises(NotAllowed):
        accept_papers([document], by=paul, now=NOW)
    with one_entry("document.accepted"):
        accept_papers([document], by=rita, now=NOW)

    document.refresh_from_db()
    assert document.pending is False
    before = AuditEntry.objects.count()
    accept_papers([document], by=rita, now=NOW)
    assert AuditEntry.objects.count() == before


def test_a_refused_paper_is_kept_with_the_reason(acme: Partner) -> None:
    (document,) = record(paper(NewDocument, acme, pending=True))

    with one_entry("document.withdrawn"):
        withdraw_paper(paper=document, on=JANUARY, reason="Not signed.", by=SYSTEM, now=NOW)

    document.refresh_from_db()
    assert (document.withdrawn_on, document.withdrawal_reason) == (JANUARY, "Not signed.")
    with pytest.raises(CannotRecord):
        accept_papers([document], by=SYSTEM, now=NOW)


@pytest.mark.parametrize(
    ("on", "reason", "field"),
    [
        (date(2025, 12, 31), "Early.", "on"),
        (TODAY + timedelta(days=1), "Late.", "on"),
        (TODAY, " ", "reason"),
    ],
)
def test_a_withdrawal_needs_a_reason_and_a_day_that_can_be(
    acme: Partner, on: date, reason: str, field: str
) -> None:
    (fee,) = record(paper(NewFee, acme))

    with pytest.raises(CannotRecord) as refusal:
        withdraw_paper(paper=fee, on=on, reason=reason, by=SYSTEM, now=NOW)

    assert refusal.value.field == field


def test_a_reviewer_scores_what_a_partner_filled_in(acme: Partner) -> None:
    (filled,) = record(paper(NewChecklist, acme), by=actor(Role.PARTNER_ADMIN, acme))

    with one_entry("checklist.scored") as entries:
        score_checklist(
            checklist=filled,
            score=Decimal(12),
            out_of=Decimal(20),
            by=actor(Role.REVIEWER),
            now=NOW,
        )

    filled.refresh_from_db()
    assert (filled.score, filled.out_of, filled.pending) == (12, 20, False)
    assert Decimal(entries[0].changes["score_before"]) == 18


def test_a_partner_puts_right_what_waits_and_not_what_was_accepted(acme: Partner) -> None:
    paul = actor(Role.PARTNER_ADMIN, acme)
    (document,) = record(paper(NewDocument, acme), by=paul)
    right = PeriodCorrection(document, paper(NewDocument, acme, kind="case-study"))

    with one_entry("document.corrected"):
        correct_papers([right], source="test", by=paul, now=NOW)

    document.refresh_from_db()
    assert (document.kind, document.pending) == ("case-study", True)
    accept_papers([document], by=SYSTEM, now=NOW)
    with pytest.raises(CannotRecord):
        correct_papers([right], source="test", by=paul, now=NOW)


def test_what_the_vendor_puts_right_counts(acme: Partner) -> None:
    (document,) = record(paper(NewDocument, acme, pending=True))
    right = paper(NewDocument, acme, valid_through=date(2026, 6, 30))

    correct_papers([PeriodCorrection(document, right)], source="test", by=SYSTEM, now=NOW)

    document.refresh_from_db()
    assert (document.ended_on, document.pending) == (date(2026, 7, 1), False)


@pytest.mark.parametrize(
    ("sort", "changes", "field"),
    [
        (NewDocument, {"kind": " "}, "kind"),
        (NewDocument, {"kind": "k" * 81}, "kind"),
        (NewDocument, {"started_on": date(1, 1, 1)}, "started_on"),
        (NewDocument, {"valid_through": date(2025, 12, 31)}, "valid_through"),
        (NewDocument, {"valid_through": date.max}, "valid_through"),
        (NewDocument, {"external_id": "e" * 81}, "external_id"),
        (NewDocument, {"note": "n" * 1001}, "note"),
        (NewDocument, {"attributes": {"a": "t" * 301}}, "attributes"),
        (NewDocument, {"dates": {"signed": date(1, 1, 1)}}, "dates"),
        (NewFee, {"currency": "Euro"}, "currency"),
        (NewFee, {"amount": Decimal("0.00001")}, "amount"),
        (NewFee, {"amount": Decimal("NaN")}, "amount"),
        (NewListing, {"address": "javascript:alert(1)"}, "address"),
        (NewAttestation, {"scope": "s" * 81}, "scope"),
        (NewAudit, {"score": Decimal("Infinity")}, "score"),
        (NewChecklist, {"out_of": Decimal(0)}, "out_of"),
        (NewChecklist, {"score": Decimal(21)}, "score"),
        (NewChecklist, {"score": Decimal(-1)}, "score"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(
    acme: Partner, sort: type[NewPaper], changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(CannotRecord) as refusal:
        record(paper(sort, acme, **changes))

    assert refusal.value.field == field


def test_one_kind_of_fact_is_recorded_at_a_time(acme: Partner) -> None:
    with pytest.raises(ValueError, match="one kind"):
        record(paper(NewDocument, acme), paper(NewFee, acme))


@pytest.mark.parametrize(
    ("model", "wrong"),
    [
        (AcceptedDocument, {"kind": ""}),
        (Agreement, {"ended_on": JANUARY}),
        (Fee, {"currency": "eur"}),
        (ListingProof, {"external_id": ""}),
        (Attestation, {"withdrawn_on": TODAY}),
        (Audit, {"passed": None}),
        (Checklist, {"score": 21, "out_of": 20}),
    ],
)
def test_the_database_says_no_first(acme: Partner, model: Any, wrong: dict[str, Any]) -> None:
    needed = {Audit: {"passed": True}, Checklist: {"score": 1, "out_of": 2}}.get(model, {})
    said = {"kind": "plan", **needed, **wrong}

    with pytest.raises(IntegrityError), transaction.atomic():
        cast.paper(model, acme, said.pop("kind"), **said)


def test_one_paper_costs_as_many_queries_as_three(acme: Partner) -> None:
    rows = [paper(NewFee, acme, external_id=f"F-{n}") for n in range(4)]

    with CaptureQueriesContext(connection) as one:
        record(*rows[:1])
    with CaptureQueriesContext(connection) as three:
        record(*rows[1:])

    assert len(one) == len(three)
