"""Files of customers, of what partners did for them, and of what those answered."""

from documents.imports.customers import CUSTOMERS
from documents.imports.projects import DEPLOYMENTS, REFERENCES, TRANSACTIONS
from documents.imports.surveys import SURVEY_RESPONSES

IMPORTERS = (CUSTOMERS, DEPLOYMENTS, REFERENCES, TRANSACTIONS, SURVEY_RESPONSES)

__all__ = ["IMPORTERS"]
