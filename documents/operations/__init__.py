"""Everything that writes what has been proved, by noun."""

from documents.operations.customers import (
    CustomerCorrection,
    NewCustomer,
    correct_customers,
    link_customers,
    record_customers,
    unlink_customer,
)
from documents.operations.deployments import (
    NewDeployment,
    accept_deployments,
    confirm_deployment,
    correct_deployments,
    record_deployments,
    withdraw_deployment,
)
from documents.operations.papers import (
    accept_papers,
    correct_papers,
    record_papers,
    score_checklist,
    withdraw_paper,
)
from documents.operations.particulars import Particulars
from documents.operations.period_facts import PeriodCorrection
from documents.operations.projects import RecordCorrection
from documents.operations.readings import (
    NewReading,
    correct_readings,
    record_readings,
    withdraw_reading,
)
from documents.operations.references import (
    NewReference,
    accept_references,
    correct_references,
    end_reference,
    record_references,
    withdraw_reference,
)
from documents.operations.sorts_of_papers import (
    NewAgreement,
    NewAttestation,
    NewAudit,
    NewChecklist,
    NewDocument,
    NewFee,
    NewListing,
    NewPaper,
)
from documents.operations.surveys import (
    NewSurveyResponse,
    SurveyCorrection,
    correct_survey_responses,
    record_survey_responses,
    withdraw_survey_response,
)
from documents.operations.transactions import (
    NewTransaction,
    accept_transactions,
    correct_transactions,
    record_transactions,
    withdraw_transaction,
)

__all__ = [
    "CustomerCorrection",
    "NewAgreement",
    "NewAttestation",
    "NewAudit",
    "NewChecklist",
    "NewCustomer",
    "NewDeployment",
    "NewDocument",
    "NewFee",
    "NewListing",
    "NewPaper",
    "NewReading",
    "NewReference",
    "NewSurveyResponse",
    "NewTransaction",
    "Particulars",
    "PeriodCorrection",
    "RecordCorrection",
    "SurveyCorrection",
    "accept_deployments",
    "accept_papers",
    "accept_references",
    "accept_transactions",
    "confirm_deployment",
    "correct_customers",
    "correct_deployments",
    "correct_papers",
    "correct_readings",
    "correct_references",
    "correct_survey_responses",
    "correct_transactions",
    "end_reference",
    "link_customers",
    "record_customers",
    "record_deployments",
    "record_papers",
    "record_readings",
    "record_references",
    "record_survey_responses",
    "record_transactions",
    "score_checklist",
    "unlink_customer",
    "withdraw_deployment",
    "withdraw_paper",
    "withdraw_reading",
    "withdraw_reference",
    "withdraw_survey_response",
    "withdraw_transaction",
]
