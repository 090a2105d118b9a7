"""Tables of the ground floor, by noun."""

from partners.models.access import ApiKey, Invitation, Membership, User
from partners.models.api import IdempotencyRecord
from partners.models.attributes import OrganizationAttribute
from partners.models.audit import AuditEntry, AuditSeal
from partners.models.dated import DatedFact
from partners.models.jobs import ImportFile, JobRun
from partners.models.outbox import Notice, OutboxItem
from partners.models.partners import Location, Partner
from partners.models.people import Employment, EmploymentPlace, EmploymentRole, JobRole, Person
from partners.models.vendors import Vendor

__all__ = [
    "ApiKey",
    "AuditEntry",
    "AuditSeal",
    "DatedFact",
    "Employment",
    "EmploymentPlace",
    "EmploymentRole",
    "IdempotencyRecord",
    "ImportFile",
    "Invitation",
    "JobRole",
    "JobRun",
    "Location",
    "Membership",
    "Notice",
    "OrganizationAttribute",
    "OutboxItem",
    "Partner",
    "Person",
    "User",
    "Vendor",
]
