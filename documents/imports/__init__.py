"""Files of customers, of what partners did for them and those answered, of papers and figures."""

from documents.imports.customers import CUSTOMERS
from documents.imports.papers import PAPER_IMPORTERS, READINGS
from documents.imports.projects import DEPLOYMENTS, REFERENCES, TRANSACTIONS
from documents.imports.surveys import SURVEY_RESPONSES

IMPORTERS = (
    CUSTOMERS,
    DEPLOYMENTS,
    REFERENCES,
    TRANSACTIONS,
    SURVEY_RESPONSES,
    *PAPER_IMPORTERS,
    READINGS,
)

__all__ = ["IMPORTERS"]
