"""Northwind's partners at work: projects, what customers said of them, papers and figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import partial

from accreditation.models import Program
from accreditation.operations.decisions import decide_criterion
from config.demo.writer import Team, at
from documents.enums import Confirmer
from documents.models import Customer
from documents.operations import (
    NewAgreement,
    NewAttestation,
    NewCustomer,
    NewDeployment,
    NewReading,
    NewReference,
    NewSurveyResponse,
    record_customers,
    record_deployments,
    record_papers,
    record_readings,
    record_references,
    record_survey_responses,
)
from documents.operations.particulars import Particulars
from partners.models import Partner
from partners.rules import SYSTEM

SOURCE = "demo"
CUSTOMERS = ("Contoso", "Fabrikam", "Tailspin", "Wingtip", "Litware", "Proseware")


@dataclass(frozen=True, slots=True)
class Delivery:
    """What a partner has to show at the end of the year; ``scores`` are one for each project."""

    team: Team
    scores: Sequence[str]
    references: int
    secure_through: date
    revenue: int
    interview: bool = False


def plan(delivery: Delivery, today: date) -> None:
    """Plan a year of projects for a partner, the first completed ten months ago."""
    team, started = delivery.team, today - timedelta(days=320)
    team.timeline.add(at(started), lambda: _sign(delivery, started))
    for number in range(len(delivery.scores)):
        day = started + timedelta(days=20 + 45 * number)
        team.timeline.add(at(day), partial(_complete, delivery, number, day))
    if delivery.interview:
        day = today - timedelta(days=30)
        team.timeline.add(at(day), lambda: _convince(team.partner, day))


def _sign(delivery: Delivery, on: date) -> None:
    partner = delivery.team.partner
    conduct = NewAgreement(partner=partner, kind="code-of-conduct", started_on=on)
    security = NewAttestation(
        partner=partner,
        kind="iso-27001",
        started_on=on,
        valid_through=delivery.secure_through,
        scope="cloud services",
        issuer="TÜV",
    )
    revenue = NewReading(
        partner=partner,
        metric="services-revenue",
        value=Decimal(delivery.revenue),
        currency="USD",
        started_on=on,
        delivered_by="finance",
    )
    for paper in (conduct, security):
        record_papers([paper], source=SOURCE, by=SYSTEM, now=at(on))
    record_readings([revenue], source=SOURCE, by=SYSTEM, now=at(on))


def _complete(delivery: Delivery, number: int, on: date) -> None:
    """Complete a project: the customer confirms it, answers, and vouches if that was agreed."""
    partner, name = delivery.team.partner, f"{_code(delivery.team.partner)}-{number + 1}"
    customer = _customer(CUSTOMERS[number], on)
    project = NewDeployment(
        partner=partner,
        customer=customer,
        external_id=name,
        particulars=Particulars(products=("northwind-cloud",), service_types=("migration",)),
        completed_on=on - timedelta(days=3),
        confirmed_on=on,
        confirmed_by=Confirmer.CUSTOMER,
    )
    [deployment] = record_deployments([project], source=SOURCE, by=SYSTEM, now=at(on)).new
    answer = NewSurveyResponse(
        partner=partner,
        customer=customer,
        deployment=deployment,
        external_id=name,
        score=Decimal(delivery.scores[number]),
        service_type="migration",
        answered_on=on,
    )
    record_survey_responses([answer], source=SOURCE, by=SYSTEM, now=at(on))
    if number < delivery.references:
        consent = NewReference(
            partner=partner,
            customer=customer,
            deployment=deployment,
            external_id=name,
            particulars=Particulars(public=True),
            started_on=on,
        )
        record_references([consent], source=SOURCE, by=SYSTEM, now=at(on))


def _code(partner: Partner) -> str:
    """Return what a partner's project numbers begin with."""
    return str(partner.slug.split("-")[0].upper())


def _customer(name: str, on: date) -> Customer:
    recorded = record_customers([NewCustomer(name=name)], source=SOURCE, by=SYSTEM, now=at(on))
    return (recorded.new + recorded.known)[0]


def _convince(partner: Partner, on: date) -> None:
    decide_criterion(
        partner=partner,
        program=Program.objects.get(key="delivery-excellence"),
        criterion="interview",
        accepted=True,
        since=on,
        reason="Clear ownership of migrations; two customers joined the call.",
        by=SYSTEM,
        now=at(on),
    )
