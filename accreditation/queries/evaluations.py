"""Stored verdicts."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from accreditation.criteria.verdicts import Verdict
from accreditation.models import Evaluation

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


def verdict_of(evaluation: Evaluation) -> Verdict:
    """Return the stored verdict."""
    return Verdict.from_json(evaluation.verdict)
