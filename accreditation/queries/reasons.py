"""Why somebody decided, revoked or withdrew: looked up when somebody reads, never stored twice."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.db.models import Model

from accreditation.models import CriterionDecision
from accreditation.records import KnownRecord, RecordKind
from documents.models import Deployment, Reference, SurveyResponse, Transaction
from enablement.models import Certificate

# Which records of a kind have a reason: those of which the day is known; and where it is kept.
_KEPT: Mapping[RecordKind, tuple[str, type[Model], str]] = {
    RecordKind.CERTIFICATE: ("revoked_on", Certificate, "revocation_reason"),
    RecordKind.DEPLOYMENT: ("withdrawn_on", Deployment, "withdrawal_reason"),
    RecordKind.REFERENCE: ("withdrawn_on", Reference, "withdrawal_reason"),
    RecordKind.TRANSACTION: ("withdrawn_on", Transaction, "withdrawal_reason"),
    RecordKind.SURVEY_ANSWER: ("withdrawn_on", SurveyResponse, "withdrawal_reason"),
}


def reasons_of(records: Mapping[str, KnownRecord]) -> dict[str, str]:
    """Return the reasons behind decisions, revocations and withdrawals, by the record's id.

    What a reading does not know as withdrawn has none in it. A statement a kind that occurs.
    """
    decisions = [one for one, known in records.items() if known.kind is RecordKind.DECISION]
    found = _texts(CriterionDecision, "note", decisions)
    for kind, (day, model, column) in _KEPT.items():
        over = [one for one, each in records.items() if each.kind is kind and each.text(day)]
        found |= _texts(model, column, over)
    return found


def _texts(model: type[Model], column: str, ids: list[str]) -> dict[str, str]:
    if not ids:
        return {}
    rows = model._default_manager.filter(pk__in=[UUID(one) for one in ids])
    return {str(pk): text for pk, text in rows.values_list("pk", column)}
