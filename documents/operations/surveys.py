"""Writes what customers answered in the vendor's survey: only the vendor does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from documents.models import Customer, Deployment, SurveyResponse
from documents.operations.particulars import MOST_WORD, check_number
from documents.operations.projects import check_deployment
from documents.operations.recording import (
    Correction,
    FactKind,
    check_past,
    correct_facts,
    record_facts,
    withdraw_fact,
)
from partners.models import Partner
from partners.operations.facts import check_text
from partners.operations.recorded import Recorded
from partners.queries.vendors import vendor_day
from partners.rules import Actor, Permission

SURVEY_RESPONSES = FactKind(
    model=SurveyResponse,
    noun="survey_response",
    first_day="answered_on",
    recorded_with=Permission.SURVEY_RECORD,
    withdrawn_with=Permission.SURVEY_RECORD,
    correctable=("customer", "deployment", "service_type", "score", "answered_on"),
)
_HIGHEST_SCORE = Decimal(100_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSurveyResponse:
    """One answer about one service; ``score`` is on the scale of the vendor's survey."""

    partner: Partner
    customer: Customer
    external_id: str
    score: Decimal
    answered_on: date
    service_type: str = ""
    deployment: Deployment | None = None

    def columns(self) -> dict[str, Any]:
        """Return the columns that a correction may change."""
        return {
            "customer": self.customer,
            "deployment": self.deployment,
            "service_type": self.service_type,
            "score": self.score,
            "answered_on": self.answered_on,
        }

    def check(self, *, today: date) -> None:
        """Raise unless there can be such an answer.

        :raises CannotRecord: for a day in the future, a score that cannot be kept, or another
            partner's deployment.
        """
        check_past("answered_on", self.answered_on, today=today)
        check_number("score", self.score, below=_HIGHEST_SCORE)
        check_text("service_type", self.service_type, MOST_WORD)
        check_deployment(self.deployment, self.partner)


@dataclass(frozen=True, slots=True)
class SurveyCorrection:
    """What is right about an answer; it keeps its partner and its id."""

    response: SurveyResponse
    right: NewSurveyResponse


@transaction.atomic
def record_survey_responses(
    rows: Sequence[NewSurveyResponse], *, source: str, by: Actor, now: datetime
) -> Recorded[SurveyResponse]:
    """Record answers and return the new ones, and those known before.

    Safe to repeat: an answer is the same one by partner and ``external_id``; a known one is left as
    it is. A fixed number of statements per 1,000.

    :raises CannotRecord: for a day in the future or a score that cannot be kept.
    :raises NotAllowed: without ``survey.record`` for each partner: partners never have it.
    """
    today = vendor_day(now)
    for row in rows:
        row.check(today=today)
    made = [
        SurveyResponse(partner=row.partner, external_id=row.external_id, **row.columns())
        for row in rows
    ]
    return record_facts(SURVEY_RESPONSES, made, source=source, by=by, now=now)


@transaction.atomic
def correct_survey_responses(
    corrections: Sequence[SurveyCorrection], *, source: str, by: Actor, now: datetime
) -> list[SurveyResponse]:
    """Put answers right and return them.

    :raises CannotRecord: as for new ones.
    :raises NotAllowed: without ``survey.record`` for each partner.
    """
    today = vendor_day(now)
    for each in corrections:
        each.right.check(today=today)
    facts = [Correction(each.response, each.right.columns()) for each in corrections]
    return correct_facts(SURVEY_RESPONSES, facts, source=source, by=by, now=now)


@transaction.atomic
def withdraw_survey_response(
    *, response: SurveyResponse, on: date, reason: str, by: Actor, now: datetime
) -> SurveyResponse:
    """Withdraw an answer and return it; ``on`` is the first day on which it no longer counts.

    :raises CannotRecord: without a reason, for a day before it was given or in the future, or if it
        was withdrawn before.
    :raises NotAllowed: without ``survey.record`` for this partner.
    """
    return withdraw_fact(SURVEY_RESPONSES, response, on=on, reason=reason, by=by, now=now)
