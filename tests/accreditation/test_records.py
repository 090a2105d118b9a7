"""What is kept of the records that a verdict names: days, keys and values, never names."""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from accreditation.criteria.facts import Certificate, Employment, PartnerFacts, RoleSpell
from accreditation.criteria.periods import Period
from accreditation.criteria.records import (
    Agreement,
    Attestation,
    Audit,
    Checklist,
    CourseCompletion,
    Decision,
    Deployment,
    DocumentAccepted,
    Fee,
    HeldLevel,
    ListingElsewhere,
    MetricReading,
    OrganizationAttribute,
    Reference,
    SurveyAnswer,
    Transaction,
)
from accreditation.criteria.verdicts import (
    Cause,
    CauseCode,
    Counted,
    Finding,
    LevelVerdict,
    NotCounted,
    ReasonCode,
    Result,
    Verdict,
)
from accreditation.records import FAMILIES, KnownRecord, RecordKind, records_judged

FIRST, END = date(2026, 1, 1), date(2026, 7, 1)
SPELL = Period(FIRST, END)
DAYS = {"from": "2026-01-01", "through": "2026-06-30"}
CUSTOMER: dict[str, Any] = {
    "id": "one",
    "customer": "c-1",
    "kind": "migration",
    "products": frozenset({"b", "a"}),
    "value": Decimal("120000.50"),
    "currency": "EUR",
    "withdrawn_on": END,
}
OF_CUSTOMER = {
    "customer": "c-1",
    "kind": "migration",
    "products": ["a", "b"],
    "value": "120000.50",
    "currency": "EUR",
    "withdrawn_on": "2026-07-01",
}
PAPER = {"id": "one", "kind": "plan", "period": SPELL}
OF_PAPER = {"kind": "plan", **DAYS}

EACH: list[tuple[RecordKind, Any, dict[str, Any]]] = [
    (
        RecordKind.CERTIFICATE,
        Certificate("one", "p-1", "engineer", SPELL, family="cloud", revoked_on=END),
        {
            "person": "p-1",
            "certification": "engineer",
            **DAYS,
            "family": "cloud",
            "revoked_on": "2026-07-01",
        },
    ),
    (
        RecordKind.EMPLOYMENT,
        Employment("one", "p-1", "employee", Period(FIRST), (RoleSpell("engineer", SPELL),)),
        {
            "person": "p-1",
            "kind": "employee",
            "from": "2026-01-01",
            "roles": [{"role": "engineer", **DAYS}],
        },
    ),
    (
        RecordKind.DEPLOYMENT,
        Deployment(**CUSTOMER, completed_on=FIRST, confirmed_on=END),
        {**OF_CUSTOMER, "completed_on": "2026-01-01", "confirmed_on": "2026-07-01"},
    ),
    (
        RecordKind.REFERENCE,
        Reference(**CUSTOMER, period=SPELL, public=True, pending=True),
        {**OF_CUSTOMER, **DAYS, "public": True, "pending": True},
    ),
    (
        RecordKind.TRANSACTION,
        Transaction(**CUSTOMER, made_on=FIRST, dates={"paid": END}),
        {**OF_CUSTOMER, "made_on": "2026-01-01", "dates": {"paid": "2026-07-01"}},
    ),
    (
        RecordKind.SURVEY_ANSWER,
        SurveyAnswer("one", "c-1", "delivery", Decimal("4.5"), FIRST),
        {
            "customer": "c-1",
            "service_type": "delivery",
            "score": "4.5",
            "answered_on": "2026-01-01",
        },
    ),
    (RecordKind.DOCUMENT, DocumentAccepted(**PAPER), OF_PAPER),
    (RecordKind.AGREEMENT, Agreement(**PAPER, pending=True), {**OF_PAPER, "pending": True}),
    (
        RecordKind.FEE,
        Fee(**PAPER, amount=Decimal(0), currency="EUR"),
        {**OF_PAPER, "amount": "0", "currency": "EUR"},
    ),
    (
        RecordKind.LISTING,
        ListingElsewhere(**PAPER, attributes={"site": "market"}),
        {**OF_PAPER, "attributes": {"site": "market"}},
    ),
    (RecordKind.ATTESTATION, Attestation(**PAPER, scope="eu"), {**OF_PAPER, "scope": "eu"}),
    (
        RecordKind.AUDIT,
        Audit(**PAPER, passed=False, score=Decimal(71)),
        {**OF_PAPER, "passed": False, "score": "71"},
    ),
    (
        RecordKind.CHECKLIST,
        Checklist(**PAPER, score=Decimal(18), out_of=Decimal(20)),
        {**OF_PAPER, "score": "18", "out_of": "20"},
    ),
    (
        RecordKind.COURSE,
        CourseCompletion("one", "p-1", "sales-basics", SPELL, mode="online", hours=Decimal("7.5")),
        {"person": "p-1", "course": "sales-basics", **DAYS, "mode": "online", "hours": "7.5"},
    ),
    (
        RecordKind.READING,
        MetricReading("one", "bookings", SPELL, Decimal("0.1"), item="app-1"),
        {"metric": "bookings", **DAYS, "value": "0.1", "item": "app-1"},
    ),
    (
        RecordKind.ATTRIBUTE,
        OrganizationAttribute("one", "joined", FIRST, Period(FIRST)),
        {"name": "joined", "value": "2026-01-01", "from": "2026-01-01"},
    ),
    (
        RecordKind.DECISION,
        Decision("one", "trust", accepted=False, period=SPELL, by="Rita", reason="Rita said no"),
        {"criterion": "trust", "accepted": False, **DAYS},
    ),
    (
        RecordKind.HELD_LEVEL,
        HeldLevel("one", "cloud", "gold", SPELL, groups=frozenset({"specialization"})),
        {"program": "cloud", "level": "gold", **DAYS, "groups": ["specialization"]},
    ),
]


def naming(*findings: Finding) -> Verdict:
    levels = tuple(
        LevelVerdict(f"l{rank}", rank, Result.MET, None, one)
        for rank, one in enumerate(findings, start=1)
    )
    return Verdict(levels, None, None, None)


def finding(**more: Any) -> Finding:
    return Finding("leaf", "any", Result.MET, Decimal(1), Decimal(1), "records", **more)


@pytest.mark.parametrize(("kind", "record", "kept"), EACH, ids=[kind for kind, _, _ in EACH])
def test_a_record_is_kept_as_the_engine_saw_it(
    kind: RecordKind, record: Any, kept: dict[str, Any]
) -> None:
    facts = PartnerFacts(**{FAMILIES[kind]: (record,)})

    known = records_judged(naming(finding(counted=(Counted("one"),))), facts)

    assert json.loads(json.dumps(known)) == {"one": {"record": kind.value, **kept}}


@pytest.mark.parametrize(("kind", "record", "kept"), EACH, ids=[kind for kind, _, _ in EACH])
def test_what_is_kept_can_be_read_again(
    kind: RecordKind, record: Any, kept: dict[str, Any]
) -> None:
    facts = PartnerFacts(**{FAMILIES[kind]: (record,)})
    [stored] = records_judged(naming(finding(counted=(Counted("one"),))), facts).values()

    known = KnownRecord.of(stored)

    assert (known.kind, known.since) == (kind, FIRST)
    assert known.valid_through == (date(2026, 6, 30) if "through" in kept else None)


def test_every_family_of_facts_is_kept() -> None:
    families = {one.name for one in fields(PartnerFacts)} - {"releases", "terms", "below"}

    assert set(FAMILIES.values()) == families
    assert set(FAMILIES) == set(RecordKind) == {kind for kind, _, _ in EACH}


def test_only_what_the_verdict_names_is_kept() -> None:
    people = [Certificate(f"c{n}", "p", "engineer", Period(FIRST)) for n in range(5)]
    inner = finding(not_counted=(NotCounted("c1", "p", ReasonCode.EXPIRED),))
    outer = finding(
        counted=(Counted("c0", "p"),),
        cause=Cause(CauseCode.CERTIFICATE_EXPIRES, "c2", "p"),
        children=(inner,),
    )

    known = records_judged(naming(outer), PartnerFacts(certificates=tuple(people)))

    assert list(known) == ["c0", "c1", "c2"]


def test_a_record_that_was_stored_before_there_were_kinds_is_a_certificate() -> None:
    known = KnownRecord.of({"certification": "engineer", "from": "2026-01-01", "through": None})

    assert (known.kind, known.text("certification"), known.since, known.valid_through) == (
        RecordKind.CERTIFICATE,
        "engineer",
        FIRST,
        None,
    )
