"""What people decided about criteria."""

from __future__ import annotations

from collections import defaultdict
from uuid import UUID

from accreditation.criteria.periods import Period
from accreditation.criteria.records import Decision
from accreditation.models import CriterionDecision


def decisions_of(partner_ids: list[UUID]) -> defaultdict[UUID, list[Decision]]:
    """Return the decisions about partners that were not withdrawn, by partner."""
    found: defaultdict[UUID, list[Decision]] = defaultdict(list)
    rows = CriterionDecision.objects.filter(partner__in=partner_ids, withdrawn_at=None)
    for one in rows.select_related("program"):
        found[one.partner_id].append(
            Decision(
                id=str(one.pk),
                criterion=one.criterion,
                accepted=one.accepted,
                period=Period(one.started_on, one.ended_on),
                by=str(one.decided_by or one.decided_by_kind),
                reason=one.note,
                pending=one.pending,
                program=one.program.key,
            )
        )
    return found
