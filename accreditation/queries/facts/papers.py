"""What is on file, signed, paid, published, attested, examined and scored.

A withdrawn paper is in force until the day before; what has no day left is no fact.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import QuerySet

from accreditation.criteria import records
from accreditation.criteria.periods import Period, earliest
from documents.models import (
    AcceptedDocument,
    Agreement,
    Attestation,
    Audit,
    Checklist,
    Fee,
    ListingProof,
)
from documents.models.papers import Paper
from partners.tenancy.statements import written_once

R = TypeVar("R", bound=records.Paper)

PERIOD_FACT = (
    "id",
    "partner_id",
    "started_on",
    "ended_on",
    "withdrawn_on",
    "currency",
    "attributes",
    "dates",
)
"""The fields that are read of anything that is so for a period."""


def days_of(row: Any) -> Period | None:
    """Return the days on which a fact holds, None if it was withdrawn from its first day on."""
    end = earliest(row.ended_on, row.withdrawn_on)
    return None if end is not None and end <= row.started_on else Period(row.started_on, end)


def own_dates(row: Any) -> dict[str, date]:
    """Return the vendor's own days."""
    return {name: date.fromisoformat(day) for name, day in row.dates.items()}


def _papers(
    model: type[Paper], record: Callable[..., R], *own: str
) -> Callable[[list[UUID]], defaultdict[UUID, list[R]]]:
    """Return what loads one kind of papers, with the fields that only it has, by partner."""

    @written_once
    def rows(partner_ids: Collection[UUID]) -> QuerySet[Any, Any]:
        return model.objects.filter(partner__in=partner_ids).values_list(
            *PERIOD_FACT, "kind", "amount", "pending", *own
        )

    def load(partner_ids: list[UUID]) -> defaultdict[UUID, list[R]]:
        found: defaultdict[UUID, list[R]] = defaultdict(list)
        for row in rows(partner_ids):
            if (period := days_of(row)) is not None:
                found[row.partner_id].append(
                    record(
                        id=str(row.id),
                        kind=row.kind,
                        period=period,
                        amount=row.amount,
                        currency=row.currency,
                        pending=row.pending,
                        attributes=row.attributes,
                        dates=own_dates(row),
                        **{name: getattr(row, name) for name in own},
                    )
                )
        return found

    return load


documents_of = _papers(AcceptedDocument, records.DocumentAccepted)
"""Return the documents, accepted or waiting, by partner."""

agreements_of = _papers(Agreement, records.Agreement)
"""Return the agreements by partner."""

fees_of = _papers(Fee, records.Fee)
"""Return the fees by partner."""

listings_of = _papers(ListingProof, records.ListingElsewhere)
"""Return the listings elsewhere by partner."""

attestations_of = _papers(Attestation, records.Attestation, "scope")
"""Return the attestations by partner."""

audits_of = _papers(Audit, records.Audit, "passed", "score")
"""Return the audits by partner."""

checklists_of = _papers(Checklist, records.Checklist, "score", "out_of")
"""Return the checklists by partner."""
