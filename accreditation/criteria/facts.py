"""What is known about one partner: the input of the engine. Ids are texts, periods are dated."""

from dataclasses import dataclass
from datetime import date

from accreditation.criteria.periods import NEVER, Period, Periods
from accreditation.criteria.records import (
    Agreement,
    Attestation,
    Audit,
    Checklist,
    CourseCompletion,
    Decision,
    Deployment,
    DocumentAccepted,
    Fee,
    HeldLevel,
    ListingElsewhere,
    MetricReading,
    OrganizationAttribute,
    Reference,
    SurveyAnswer,
    Transaction,
)


@dataclass(frozen=True, slots=True)
class Certificate:
    """One certification held by one person.

    `certification`, `family` and `certification_level` are catalog keys; `version` is the position
    of the certification in its family, in the order of release. `revoked_on` is the first day
    that no longer counts, whenever the revocation became known. `paused` are days on which the
    certificate is held but does not count: inactive, suspended, honorary.
    """

    id: str
    person: str
    certification: str
    period: Period
    family: str | None = None
    certification_level: str | None = None
    version: int | None = None
    revoked_on: date | None = None
    paused: Periods = NEVER


@dataclass(frozen=True, slots=True)
class RoleSpell:
    """A job role that a person has at the partner for a period."""

    role: str
    period: Period


@dataclass(frozen=True, slots=True)
class Employment:
    """A period in which a person works for the partner; several of one person may overlap."""

    id: str
    person: str
    kind: str
    period: Period
    roles: tuple[RoleSpell, ...] = ()


@dataclass(frozen=True, slots=True)
class CatalogRelease:
    """The day on which a version of a certification family came out; it may lie in the future."""

    family: str
    version: int
    released_on: date


@dataclass(frozen=True, slots=True)
class PartnerFacts:
    """Everything the engine may know of one partner; the order of the records never matters.

    Holds the certificates of all people who work, worked or will work for the partner, and the
    releases of the certification families they belong to.
    """

    certificates: tuple[Certificate, ...] = ()
    employments: tuple[Employment, ...] = ()
    releases: tuple[CatalogRelease, ...] = ()
    deployments: tuple[Deployment, ...] = ()
    references: tuple[Reference, ...] = ()
    transactions: tuple[Transaction, ...] = ()
    survey_answers: tuple[SurveyAnswer, ...] = ()
    documents: tuple[DocumentAccepted, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    fees: tuple[Fee, ...] = ()
    listings: tuple[ListingElsewhere, ...] = ()
    attestations: tuple[Attestation, ...] = ()
    audits: tuple[Audit, ...] = ()
    checklists: tuple[Checklist, ...] = ()
    courses: tuple[CourseCompletion, ...] = ()
    readings: tuple[MetricReading, ...] = ()
    attributes: tuple[OrganizationAttribute, ...] = ()
    decisions: tuple[Decision, ...] = ()
    held_levels: tuple[HeldLevel, ...] = ()
