"""Stored verdicts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from accreditation.criteria.verdicts import Verdict
from accreditation.models import Evaluation
from partners.models import Partner

Pair = tuple[UUID, UUID]


def latest_evaluations(
    partner_ids: Iterable[UUID], *, with_verdicts: bool = True
) -> dict[Pair, Evaluation]:
    """Return the newest evaluation of each (partner, program); verdicts may stay unread."""
    newest = (
        Evaluation.objects.filter(partner__in=list(partner_ids))
        .order_by("partner_id", "program_id", "-recorded_at", "-id")
        .distinct("partner_id", "program_id")
    )
    if not with_verdicts:
        newest = newest.defer("verdict")
    return {(one.partner_id, one.program_id): one for one in newest}


def evaluation_known_at(partner: Partner, program_id: UUID, moment: datetime) -> Evaluation | None:
    """Return the evaluation in force at a past moment, as it was known then."""
    found: Evaluation | None = (
        Evaluation.objects.filter(partner=partner, program=program_id, recorded_at__lte=moment)
        .order_by("-recorded_at", "-id")
        .first()
    )
    return found


def verdict_of(evaluation: Evaluation) -> Verdict:
    """Return the stored verdict."""
    return Verdict.from_json(evaluation.verdict)
