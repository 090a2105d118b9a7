"""Tables of what has been proved, by noun."""

from documents.models.customers import Customer
from documents.models.papers import (
    AcceptedDocument,
    Agreement,
    Attestation,
    Audit,
    Checklist,
    Fee,
    ListingProof,
)
from documents.models.projects import Deployment, Reference, Transaction
from documents.models.readings import MetricReading
from documents.models.surveys import SurveyResponse

__all__ = [
    "AcceptedDocument",
    "Agreement",
    "Attestation",
    "Audit",
    "Checklist",
    "Customer",
    "Deployment",
    "Fee",
    "ListingProof",
    "MetricReading",
    "Reference",
    "SurveyResponse",
    "Transaction",
]
