"""What partners did for customers, and what those say of them.

Two entries of one customer that were linked are one customer. What a record leaves empty about the
customer is what is known of the customer.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any
from uuid import UUID

from accreditation.criteria.periods import Period
from accreditation.criteria.records import Deployment, Reference, SurveyAnswer, Transaction
from documents.models import Customer, SurveyResponse
from documents.models import Deployment as DeploymentRow
from documents.models import Reference as ReferenceRow
from documents.models import Transaction as TransactionRow

_CUSTOMER = "customer__merged_into"


def deployments_of(partner_ids: list[UUID]) -> defaultdict[UUID, list[Deployment]]:
    """Return the deployments, confirmed or not, withdrawn ones included, by partner."""
    found: defaultdict[UUID, list[Deployment]] = defaultdict(list)
    for row in DeploymentRow.objects.filter(partner__in=partner_ids).select_related(_CUSTOMER):
        found[row.partner_id].append(
            Deployment(
                completed_on=row.completed_on,
                confirmed_on=row.confirmed_on,
                **_customer_record(row),
            )
        )
    return found


def references_of(partner_ids: list[UUID]) -> defaultdict[UUID, list[Reference]]:
    """Return the references, past and withdrawn ones included, by partner."""
    found: defaultdict[UUID, list[Reference]] = defaultdict(list)
    for row in ReferenceRow.objects.filter(partner__in=partner_ids).select_related(_CUSTOMER):
        found[row.partner_id].append(
            Reference(
                period=Period(row.started_on, row.ended_on),
                deployment=str(row.deployment_id or ""),
                **_customer_record(row),
            )
        )
    return found


def transactions_of(partner_ids: list[UUID]) -> defaultdict[UUID, list[Transaction]]:
    """Return the transactions, withdrawn ones included, by partner."""
    found: defaultdict[UUID, list[Transaction]] = defaultdict(list)
    for row in TransactionRow.objects.filter(partner__in=partner_ids).select_related(_CUSTOMER):
        found[row.partner_id].append(Transaction(made_on=row.made_on, **_customer_record(row)))
    return found


def survey_answers_of(partner_ids: list[UUID]) -> defaultdict[UUID, list[SurveyAnswer]]:
    """Return what customers answered, withdrawn answers included, by partner."""
    found: defaultdict[UUID, list[SurveyAnswer]] = defaultdict(list)
    for row in SurveyResponse.objects.filter(partner__in=partner_ids).select_related(_CUSTOMER):
        found[row.partner_id].append(
            SurveyAnswer(
                id=str(row.pk),
                customer=str(_survivor(row.customer).pk),
                service_type=row.service_type,
                score=row.score,
                answered_on=row.answered_on,
                withdrawn_on=row.withdrawn_on,
            )
        )
    return found


def _customer_record(row: DeploymentRow | ReferenceRow | TransactionRow) -> dict[str, Any]:
    """Return what the engine knows of any record of a customer."""
    customer = _survivor(row.customer)
    return {
        "id": str(row.pk),
        "customer": str(customer.pk),
        "kind": row.kind,
        "products": frozenset(row.products),
        "service_types": frozenset(row.service_types),
        "industry": row.industry or customer.industry,
        "region": row.region,
        "country": row.country or customer.country,
        "location": row.location,
        "customer_size": row.customer_size or customer.size,
        "stage": row.stage,
        "public": row.public,
        "value": row.value,
        "currency": row.currency,
        "withdrawn_on": row.withdrawn_on,
        "pending": row.pending,
        "attributes": row.attributes,
        "dates": {name: date.fromisoformat(day) for name, day in row.dates.items()},
    }


def _survivor(customer: Customer) -> Customer:
    return customer.merged_into or customer
