"""Tables of what has been proved, by noun."""

from documents.models.customers import Customer
from documents.models.projects import Deployment, Reference, Transaction
from documents.models.surveys import SurveyResponse

__all__ = ["Customer", "Deployment", "Reference", "SurveyResponse", "Transaction"]
