"""What is known about one partner: the input of the engine. Ids are texts, periods are dated."""

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

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
    Term,
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
class PlaceSpell:
    """Where a person works for a period: a country (ISO 3166-1 alpha-2) and the vendor's region."""

    country: str
    period: Period
    region: str = ""


@dataclass(frozen=True, slots=True)
class Employment:
    """A period in which a person works for the partner; several of one person may overlap.

    On a day it has one place, or none that is known. `working_time` is its share of full time in
    percent, None where nobody recorded it.
    """

    id: str
    person: str
    kind: str
    period: Period
    roles: tuple[RoleSpell, ...] = ()
    places: tuple[PlaceSpell, ...] = ()
    working_time: int | None = None


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
    releases of the certification families they belong to. `terms` are those of all its awards, by
    which a program knows what to ask. `below` is what is known of each partner below it in the
    tree, near or far.
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
    terms: tuple[Term, ...] = ()
    below: "tuple[PartnerFacts, ...]" = ()

    def of_subtree(self) -> "PartnerFacts":
        """Return the facts of the partner and of all partners below it, each record once.

        What the organization is, what was decided about it and what it holds stays its own.
        """
        everybody = (self, *self.below)
        return replace(self, below=(), **{name: _each_once(everybody, name) for name in SHARED})


SHARED = tuple(
    one.name
    for one in fields(PartnerFacts)
    if one.name not in {"releases", "attributes", "decisions", "held_levels", "terms", "below"}
)
"""The families of records that partners below a head office prove for it."""


def _each_once(everybody: Iterable[PartnerFacts], name: str) -> tuple[Any, ...]:
    """Return a family of records of all; one person's certificates are known wherever they work."""
    records = {one.id: one for facts in everybody for one in getattr(facts, name)}
    return tuple(records.values())
