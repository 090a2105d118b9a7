"""One row of each kind of fact, to be varied, and the verbs of that kind under one name each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from documents.models import Customer, Deployment, Reference, SurveyResponse, Transaction
from documents.operations import (
    NewDeployment,
    NewReference,
    NewSurveyResponse,
    NewTransaction,
    Particulars,
    RecordCorrection,
    SurveyCorrection,
    correct_deployments,
    correct_references,
    correct_survey_responses,
    correct_transactions,
    record_deployments,
    record_references,
    record_survey_responses,
    record_transactions,
    withdraw_deployment,
    withdraw_reference,
    withdraw_survey_response,
    withdraw_transaction,
)
from partners.models import Partner
from partners.rules import SYSTEM
from tests.cast import NOW

DAY = date(2026, 1, 15)


@dataclass(frozen=True)
class Verbs:
    """What can be done with facts of a kind."""

    model: type[Any]
    new: type[Any]
    own: dict[str, Any]
    record: Callable[..., Any]
    correct: Callable[..., Any]
    correction: Callable[[Any, Any], Any]
    withdraw: Callable[..., Any]
    subject: str
    noun: str

    def row(self, partner: Partner, customer: Customer, number: str = "A-1", **more: Any) -> Any:
        """Return a row to record."""
        given = {"partner": partner, "customer": customer, "external_id": number}
        return self.new(**{**given, **self.own, **more})

    def recorded(self, *rows: Any, **who: Any) -> Any:
        """Record the rows and return what became of them."""
        return self.record(rows, **{"source": "test", "by": SYSTEM, "now": NOW, **who})

    def corrected(self, fact: Any, row: Any, **who: Any) -> Any:
        """Put one fact right."""
        corrections = [self.correction(fact, row)]
        return self.correct(corrections, **{"source": "test", "by": SYSTEM, "now": NOW, **who})

    def withdrawn(self, fact: Any, **more: Any) -> Any:
        """Withdraw a fact."""
        given = {"on": NOW.date(), "reason": "By mistake", "by": SYSTEM, "now": NOW}
        return self.withdraw(**{self.subject: fact}, **{**given, **more})


DEPLOYMENT = Verbs(
    Deployment,
    NewDeployment,
    {"completed_on": DAY},
    record_deployments,
    correct_deployments,
    RecordCorrection,
    withdraw_deployment,
    "deployment",
    "deployment",
)
REFERENCE = Verbs(
    Reference,
    NewReference,
    {"started_on": DAY},
    record_references,
    correct_references,
    RecordCorrection,
    withdraw_reference,
    "reference",
    "reference",
)
TRANSACTION = Verbs(
    Transaction,
    NewTransaction,
    {"made_on": DAY, "particulars": Particulars(kind="resale")},
    record_transactions,
    correct_transactions,
    RecordCorrection,
    withdraw_transaction,
    "sale",
    "transaction",
)
SURVEY = Verbs(
    SurveyResponse,
    NewSurveyResponse,
    {"answered_on": DAY, "score": Decimal("4.5")},
    record_survey_responses,
    correct_survey_responses,
    SurveyCorrection,
    withdraw_survey_response,
    "response",
    "survey_response",
)
PROJECTS = (DEPLOYMENT, REFERENCE, TRANSACTION)
EVERY_KIND = (*PROJECTS, SURVEY)
