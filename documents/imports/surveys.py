"""The import of what customers answered in the vendor's survey."""

from __future__ import annotations

from functools import partial

from documents.imports.customer_facts import NAMING, CustomerFactsReading, Form, Named
from documents.models import SurveyResponse
from documents.operations import (
    NewSurveyResponse,
    SurveyCorrection,
    correct_survey_responses,
    record_survey_responses,
)
from partners.imports import cells
from partners.imports.importer import Importer
from partners.imports.table import Column
from partners.rules import Permission


def _response(named: Named[SurveyResponse]) -> NewSurveyResponse:
    kept = named.on_record
    return NewSurveyResponse(
        **named.naming,
        score=named.row.cells["score"],
        answered_on=named.row.cells["answered_on"],
        service_type=named.cell("service_type", ""),
        deployment=named.deployment or (kept.deployment if kept else None),
    )


SURVEY_RESPONSES = Importer(
    kind="survey_responses",
    permission=Permission.SURVEY_RECORD,
    columns=(
        *NAMING,
        Column("score", cells.number, required=True),
        Column("answered_on", cells.day, required=True),
        Column("service_type", cells.text(80)),
        Column("deployment", cells.text(80)),
    ),
    begin=partial(
        CustomerFactsReading,
        Form(
            model=SurveyResponse,
            state=_response,
            record=record_survey_responses,
            correct=correct_survey_responses,
            correction=SurveyCorrection,
            names_deployment=True,
        ),
    ),
)
