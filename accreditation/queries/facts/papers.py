"""What is on file, signed, paid, published, attested, examined and scored.

A withdrawn paper is in force until the day before; what has no day left is no fact.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

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
from documents.models.period_facts import PeriodFact

R = TypeVar("R", bound=records.Paper)


def documents_of(partner_ids: list[UUID]) -> defaultdict[UUID, list[records.DocumentAccepted]]:
    """Return the documents, accepted or waiting, by partner."""
    return _papers(AcceptedDocument, partner_ids, records.DocumentAccepted)


def agreements_of(partner_ids: list[UUID]) -> defaultdict[UUID, list[records.Agreement]]:
    """Return the agreements by partner."""
    return _papers(Agreement, partner_ids, records.Agreement)


def fees_of(partner_ids: list[UUID]) -> defaultdict[UUID, list[records.Fee]]:
    """Return the fees by partner."""
    return _papers(Fee, partner_ids, records.Fee)


def listings_of(partner_ids: list[UUID]) -> defaultdict[UUID, list[records.ListingElsewhere]]:
    """Return the listings elsewhere by partner."""
    return _papers(ListingProof, partner_ids, records.ListingElsewhere)


def attestations_of(partner_ids: list[UUID]) -> defaultdict[UUID, list[records.Attestation]]:
    """Return the attestations by partner."""
    return _papers(Attestation, partner_ids, records.Attestation, "scope")


def audits_of(partner_ids: list[UUID]) -> defaultdict[UUID, list[records.Audit]]:
    """Return the audits by partner."""
    return _papers(Audit, partner_ids, records.Audit, "passed", "score")


def checklists_of(partner_ids: list[UUID]) -> defaultdict[UUID, list[records.Checklist]]:
    """Return the checklists by partner."""
    return _papers(Checklist, partner_ids, records.Checklist, "score", "out_of")


def days_of(row: PeriodFact) -> Period | None:
    """Return the days on which a fact holds, None if it was withdrawn from its first day on."""
    end = earliest(row.ended_on, row.withdrawn_on)
    return None if end is not None and end <= row.started_on else Period(row.started_on, end)


def own_dates(row: PeriodFact) -> dict[str, date]:
    """Return the vendor's own days."""
    return {name: date.fromisoformat(day) for name, day in row.dates.items()}


def _papers(
    model: type[Paper], partner_ids: list[UUID], record: Callable[..., R], *own: str
) -> defaultdict[UUID, list[R]]:
    found: defaultdict[UUID, list[R]] = defaultdict(list)
    rows: Any = model.objects.filter(partner__in=partner_ids)
    for row in rows:
        if (period := days_of(row)) is not None:
            found[row.partner_id].append(
                record(
                    id=str(row.pk),
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
