"""Figures that were delivered from outside."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from accreditation.criteria.records import MetricReading
from accreditation.queries.facts.papers import PERIOD_FACT, days_of, own_dates
from documents.models import MetricReading as ReadingRow
from partners.tenancy.statements import written_once


def readings_of(partner_ids: list[UUID]) -> defaultdict[UUID, list[MetricReading]]:
    """Return the figures that were not withdrawn from their first day on, by partner."""
    found: defaultdict[UUID, list[MetricReading]] = defaultdict(list)
    for row in _rows(partner_ids):
        if (period := days_of(row)) is not None:
            found[row.partner_id].append(
                MetricReading(
                    id=str(row.id),
                    metric=row.metric,
                    period=period,
                    value=row.value,
                    currency=row.currency,
                    item=row.item,
                    attributes=row.attributes,
                    dates=own_dates(row),
                    source=row.delivered_by,
                )
            )
    return found


@written_once
def _rows(partner_ids: Collection[UUID]) -> QuerySet[Any, Any]:
    return ReadingRow.objects.filter(partner__in=partner_ids).values_list(
        *PERIOD_FACT, "metric", "value", "item", "delivered_by"
    )
