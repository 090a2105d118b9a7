"""What people decided about criteria."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from accreditation.criteria.periods import Period
from accreditation.criteria.records import Decision
from accreditation.models import CriterionDecision
from partners.tenancy.statements import written_once


def decisions_of(partner_ids: list[UUID]) -> defaultdict[UUID, list[Decision]]:
    """Return the decisions about partners that were not withdrawn, by partner."""
    found: defaultdict[UUID, list[Decision]] = defaultdict(list)
    for one in _rows(partner_ids):
        found[one.partner_id].append(
            Decision(
                id=str(one.id),
                criterion=one.criterion,
                accepted=one.accepted,
                period=Period(one.started_on, one.ended_on),
                by=str(one.decided_by or one.decided_by_kind),
                reason=one.note,
                pending=one.pending,
                program=one.program__key,
            )
        )
    return found


@written_once
def _rows(partner_ids: Collection[UUID]) -> QuerySet[Any, Any]:
    return CriterionDecision.objects.filter(partner__in=partner_ids, withdrawn_at=None).values_list(
        "id",
        "partner_id",
        "program__key",
        "criterion",
        "accepted",
        "pending",
        "started_on",
        "ended_on",
        "decided_by",
        "decided_by_kind",
        "note",
    )
