"""Stored verdicts."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from accreditation.criteria.verdicts import Verdict
from accreditation.models import Evaluation
from partners.tenancy.statements import written_once

Pair = tuple[UUID, UUID]


def latest_evaluations(
    partner_ids: Iterable[UUID], *, with_verdicts: bool = True
) -> dict[Pair, Evaluation]:
    """Return the newest evaluation of each (partner, program); verdicts may stay unread."""
    ask = _newest if with_verdicts else _newest_without_verdicts
    return {(one.partner_id, one.program_id): one for one in ask(partner_ids)}


def verdict_of(evaluation: Evaluation) -> Verdict:
    """Return the stored verdict."""
    return Verdict.from_json(evaluation.verdict)


def _latest(partner_ids: Collection[UUID]) -> QuerySet[Any, Any]:
    return (
        Evaluation.objects.filter(partner__in=partner_ids)
        .order_by("partner_id", "program_id", "-recorded_at", "-id")
        .distinct("partner_id", "program_id")
    )


_newest = written_once(_latest)


@written_once
def _newest_without_verdicts(partner_ids: Collection[UUID]) -> QuerySet[Any, Any]:
    return _latest(partner_ids).defer("verdict")
