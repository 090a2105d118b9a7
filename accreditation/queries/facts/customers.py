"""What partners did for customers, and what those say of them.

Two entries of one customer that were linked are one customer. What a record leaves empty about the
customer is what is known of the customer.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from accreditation.criteria.periods import Period
from accreditation.criteria.records import Deployment, Reference, SurveyAnswer, Transaction
from documents.models import Deployment as DeploymentRow
from documents.models import Reference as ReferenceRow
from documents.models import SurveyResponse
from documents.models import Transaction as TransactionRow
from partners.tenancy.statements import written_once

_RECORD = (
    "id",
    "partner_id",
    "kind",
    "products",
    "service_types",
    "industry",
    "region",
    "country",
    "location",
    "customer_size",
    "stage",
    "public",
    "value",
    "currency",
    "withdrawn_on",
    "pending",
    "attributes",
    "dates",
    "customer_id",
    "customer__industry",
    "customer__country",
    "customer__size",
    "customer__merged_into_id",
    "customer__merged_into__industry",
    "customer__merged_into__country",
    "customer__merged_into__size",
)


def deployments_of(partner_ids: list[UUID]) -> defaultdict[UUID, list[Deployment]]:
    """Return the deployments, confirmed or not, withdrawn ones included, by partner."""
    found: defaultdict[UUID, list[Deployment]] = defaultdict(list)
    for row in _deployment_rows(partner_ids):
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
    for row in _reference_rows(partner_ids):
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
    for row in _transaction_rows(partner_ids):
        found[row.partner_id].append(Transaction(made_on=row.made_on, **_customer_record(row)))
    return found


def survey_answers_of(partner_ids: list[UUID]) -> defaultdict[UUID, list[SurveyAnswer]]:
    """Return what customers answered, withdrawn answers included, by partner."""
    found: defaultdict[UUID, list[SurveyAnswer]] = defaultdict(list)
    for row in _answer_rows(partner_ids):
        found[row.partner_id].append(
            SurveyAnswer(
                id=str(row.id),
                customer=str(row.customer__merged_into_id or row.customer_id),
                service_type=row.service_type,
                score=row.score,
                answered_on=row.answered_on,
                withdrawn_on=row.withdrawn_on,
            )
        )
    return found


def _customer_record(row: Any) -> dict[str, Any]:
    """Return what the engine knows of any record of a customer."""
    if row.customer__merged_into_id is None:
        customer, industry = row.customer_id, row.customer__industry
        country, size = row.customer__country, row.customer__size
    else:
        customer, industry = row.customer__merged_into_id, row.customer__merged_into__industry
        country, size = row.customer__merged_into__country, row.customer__merged_into__size
    return {
        "id": str(row.id),
        "customer": str(customer),
        "kind": row.kind,
        "products": frozenset(row.products),
        "service_types": frozenset(row.service_types),
        "industry": row.industry or industry,
        "region": row.region,
        "country": row.country or country,
        "location": row.location,
        "customer_size": row.customer_size or size,
        "stage": row.stage,
        "public": row.public,
        "value": row.value,
        "currency": row.currency,
        "withdrawn_on": row.withdrawn_on,
        "pending": row.pending,
        "attributes": row.attributes,
        "dates": {name: date.fromisoformat(day) for name, day in row.dates.items()},
    }


@written_once
def _deployment_rows(partner_ids: Collection[UUID]) -> QuerySet[Any, Any]:
    return DeploymentRow.objects.filter(partner__in=partner_ids).values_list(
        *_RECORD, "completed_on", "confirmed_on"
    )


@written_once
def _reference_rows(partner_ids: Collection[UUID]) -> QuerySet[Any, Any]:
    return ReferenceRow.objects.filter(partner__in=partner_ids).values_list(
        *_RECORD, "started_on", "ended_on", "deployment_id"
    )


@written_once
def _transaction_rows(partner_ids: Collection[UUID]) -> QuerySet[Any, Any]:
    return TransactionRow.objects.filter(partner__in=partner_ids).values_list(*_RECORD, "made_on")


@written_once
def _answer_rows(partner_ids: Collection[UUID]) -> QuerySet[Any, Any]:
    return SurveyResponse.objects.filter(partner__in=partner_ids).values_list(
        "id",
        "partner_id",
        "customer_id",
        "customer__merged_into_id",
        "service_type",
        "score",
        "answered_on",
        "withdrawn_on",
    )
