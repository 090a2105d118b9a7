"""What is known about partners reaches the engine whole, however many partners are asked for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accreditation.criteria.facts import (
    CatalogRelease,
    Employment,
    PartnerFacts,
    PlaceSpell,
    RoleSpell,
)
from accreditation.criteria.facts import Certificate as EngineCertificate
from accreditation.criteria.periods import Period
from accreditation.criteria.records import Deployment, Reference, SurveyAnswer, Transaction
from accreditation.models import CriterionDecision, Program
from accreditation.queries.facts import facts_for
from documents.models import (
    AcceptedDocument,
    Agreement,
    Attestation,
    Audit,
    Checklist,
    Customer,
    Fee,
    ListingProof,
)
from enablement.enums import PauseReason
from enablement.models import Certificate, CertificatePause
from partners.enums import ActorKind, EmploymentKind
from partners.models import Partner
from tests import cast

pytestmark = pytest.mark.usefixtures("in_northwind")

DAY = date(2026, 1, 15)
WITHDRAWN = {"withdrawn_on": date(2026, 2, 1), "withdrawal_reason": "By mistake"}
SAID = {
    "kind": "migration",
    "products": ["suite", "mail"],
    "service_types": ["consulting"],
    "industry": "retail",
    "region": "emea",
    "country": "DE",
    "location": "Berlin",
    "customer_size": "enterprise",
    "stage": "production",
    "public": True,
    "value": Decimal("1000.25"),
    "currency": "EUR",
    "pending": True,
    "attributes": {"co-sell": "yes"},
    "dates": {"signed": "2025-12-01"},
    **WITHDRAWN,
}
KNOWN = {
    **SAID,
    "products": frozenset({"suite", "mail"}),
    "service_types": frozenset({"consulting"}),
    "dates": {"signed": date(2025, 12, 1)},
}
KNOWN.pop("withdrawal_reason")

PAPERS: dict[Any, dict[str, Any]] = {
    AcceptedDocument: {},
    Agreement: {},
    Fee: {},
    ListingProof: {},
    Attestation: {},
    Audit: {"passed": True},
    Checklist: {"score": 9, "out_of": 10},
}
# The releases are the vendor's, levels follow from facts, and others have facts of their own.
RECORDED = {one.name for one in fields(PartnerFacts)} - {
    "releases",
    "held_levels",
    "terms",
    "below",
}


def facts_of(partner: Partner) -> PartnerFacts:
    return facts_for([partner.pk])[partner.pk]


def test_a_deployment_carries_every_field(acme: Partner, contoso: Customer) -> None:
    days = {"completed_on": DAY, "confirmed_on": date(2026, 1, 20)}
    row = cast.deployment(acme, contoso, **days, **SAID)

    assert facts_of(acme).deployments == (
        Deployment(id=str(row.pk), customer=str(contoso.pk), **days, **KNOWN),
    )


def test_a_reference_carries_every_field(acme: Partner, contoso: Customer) -> None:
    project = cast.deployment(acme, contoso)
    row = cast.reference(
        acme, contoso, since=DAY, ended_on=date(2027, 1, 1), deployment=project, **SAID
    )

    assert facts_of(acme).references == (
        Reference(
            id=str(row.pk),
            customer=str(contoso.pk),
            period=Period(DAY, date(2027, 1, 1)),
            deployment=str(project.pk),
            **KNOWN,
        ),
    )


def test_a_transaction_carries_every_field(acme: Partner, contoso: Customer) -> None:
    row = cast.transaction(acme, contoso, made_on=DAY, **SAID)

    assert facts_of(acme).transactions == (
        Transaction(id=str(row.pk), customer=str(contoso.pk), made_on=DAY, **KNOWN),
    )


def test_a_survey_answer_carries_every_field(acme: Partner, contoso: Customer) -> None:
    row = cast.survey_response(
        acme, contoso, "4.25", answered_on=DAY, service_type="support", **WITHDRAWN
    )

    assert facts_of(acme).survey_answers == (
        SurveyAnswer(
            id=str(row.pk),
            customer=str(contoso.pk),
            service_type="support",
            score=Decimal("4.25"),
            answered_on=DAY,
            withdrawn_on=date(2026, 2, 1),
        ),
    )


def test_what_a_record_leaves_empty_is_what_is_known_of_the_customer(acme: Partner) -> None:
    contoso = cast.customer("Contoso", industry="retail", country="DE", size="enterprise")
    cast.deployment(acme, contoso)
    cast.deployment(acme, contoso, industry="energy", country="NO", customer_size="small")

    found = [(one.industry, one.country, one.customer_size) for one in facts_of(acme).deployments]

    assert sorted(found) == [("energy", "NO", "small"), ("retail", "DE", "enterprise")]


def test_entries_that_were_linked_are_one_customer(acme: Partner) -> None:
    survivor = cast.customer("Contoso Ltd", industry="retail")
    duplicate = cast.customer(
        "CONTOSO Limited", industry="energy", merged_into=survivor, merge_reason="Same"
    )
    for customer in (survivor, duplicate):
        cast.reference(acme, customer)
        cast.survey_response(acme, customer, "4")

    facts = facts_of(acme)

    assert [one.customer for one in facts.references] == [str(survivor.pk)] * 2
    assert [one.industry for one in facts.references] == ["retail"] * 2
    assert [one.customer for one in facts.survey_answers] == [str(survivor.pk)] * 2


def test_a_certificate_carries_every_field(acme: Partner) -> None:
    edda = cast.person("Edda")
    cast.employment(edda, acme)
    what = cast.certification(
        "engineer", family="cloud", level="expert", version=19, released_on=DAY
    )
    held = cast.certificate(edda, what, since=DAY, until=date(2026, 6, 1))
    Certificate.objects.filter(pk=held.pk).update(
        revoked_on=date(2026, 4, 1), revocation_reason="By mistake"
    )
    CertificatePause.objects.create(
        certificate=held,
        started_on=date(2026, 2, 1),
        ended_on=date(2026, 3, 1),
        reason=PauseReason.SUSPENDED,
        recorded_at=cast.NOW,
    )

    assert facts_of(acme).certificates == (
        EngineCertificate(
            id=str(held.pk),
            person=str(edda.pk),
            certification="engineer",
            period=Period(DAY, date(2026, 6, 1)),
            family="cloud",
            certification_level="expert",
            version=19,
            revoked_on=date(2026, 4, 1),
            paused=(Period(date(2026, 2, 1), date(2026, 3, 1)),),
        ),
    )


def test_a_release_carries_every_field(acme: Partner) -> None:
    cast.certification("cloud-19", family="cloud", version=19, released_on=DAY)
    cast.certification("plain")

    assert facts_of(acme).releases == (CatalogRelease("cloud", 19, DAY),)


def test_an_employment_carries_every_field(acme: Partner) -> None:
    since, end = date(2024, 1, 1), date(2026, 7, 1)
    role = cast.job_role("engineer")
    contractor = EmploymentKind.CONTRACTOR
    row = cast.employment(
        cast.person("Edda"), acme, role, since=since, ended_on=end, kind=contractor, working_time=80
    )
    cast.place(row, "DE", "north", since=DAY)
    cast.place(row, "FR", since=date(2026, 3, 1))

    (known,) = facts_of(acme).employments

    assert known == Employment(
        id=str(row.pk),
        person=str(row.person_id),
        kind="contractor",
        period=Period(since, end),
        roles=(RoleSpell("engineer", Period(since, end)),),
        places=(
            PlaceSpell("DE", Period(DAY, date(2026, 3, 1)), "north"),
            PlaceSpell("FR", Period(date(2026, 3, 1))),
        ),
        working_time=80,
    )


def test_who_works_here_without_counting_is_not_looked_at(acme: Partner) -> None:
    edda = cast.person("Edda")
    cast.employment(edda, acme, counts=False)
    cast.certificate(edda, cast.certification("engineer"))

    assert facts_of(acme) == PartnerFacts(releases=facts_of(acme).releases)


def test_a_partner_gets_its_own_facts_only(acme: Partner, contoso: Customer) -> None:
    cove = cast.partner("cove")
    _company(cove, contoso, 0)

    facts = facts_for([acme.pk, cove.pk])

    assert facts[acme.pk] == PartnerFacts()
    assert len(facts[cove.pk].deployments) == 1


def test_forty_partners_cost_as_many_statements_as_one() -> None:
    contoso, partners = cast.customer("Contoso"), [cast.partner(f"p-{n}") for n in range(40)]
    for number, partner in enumerate(partners):
        _company(partner, contoso, number)

    one, _ = _loaded([partners[0].pk])
    forty, facts = _loaded(partner.pk for partner in partners)

    assert (one, forty) == (22, 22)
    counts = {name: {len(getattr(each, name)) for each in facts.values()} for name in RECORDED}
    assert counts == {name: {1} for name in RECORDED}


def test_families_that_nobody_asks_for_are_not_loaded(acme: Partner) -> None:
    _company(acme, cast.customer("Contoso"), 1)

    with CaptureQueriesContext(connection) as statements:
        known = facts_for([acme.pk], families={"certificates", "deployments"})[acme.pk]

    loaded = {name for name in RECORDED if getattr(known, name)}
    assert loaded == {"attributes", "certificates", "deployments", "employments"} & set(RECORDED)
    assert len(statements) == 9


def _company(partner: Partner, customer: Customer, number: int) -> None:
    """Give the partner one fact of each family."""
    engineer = cast.person(f"Engineer {number}")
    cast.employment(engineer, partner, cast.job_role(f"role-{number}"))
    cast.certificate(engineer, cast.certification(f"nc-{number}"))
    project = cast.deployment(partner, customer)
    cast.reference(partner, customer, deployment=project)
    cast.transaction(partner, customer)
    cast.survey_response(partner, customer, "4.5")
    cast.attribute(partner, "size", "small")
    cast.completion(engineer, cast.course(f"course-{number}"))
    for model, own in PAPERS.items():
        cast.paper(model, partner, "plan", **own)
    cast.metric_reading(partner, "revenue", "100")
    _decided(partner)


def _decided(partner: Partner) -> None:
    program, _ = Program.objects.get_or_create(
        key="expert", defaults={"name": {}, "kind": "technical", "created_at": cast.NOW}
    )
    CriterionDecision.objects.create(
        partner=partner,
        program=program,
        criterion="interview",
        accepted=True,
        started_on=DAY,
        note="Convincing.",
        source="decision",
        recorded_at=cast.NOW,
        decided_by_kind=ActorKind.SYSTEM,
    )


def _loaded(partner_ids: Iterable[UUID]) -> tuple[int, dict[UUID, PartnerFacts]]:
    with CaptureQueriesContext(connection) as context:
        facts = facts_for(partner_ids)
    return len(context), facts
