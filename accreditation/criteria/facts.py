"""What is known about one partner: the input of the engine. Ids are texts, periods are dated."""

from dataclasses import dataclass
from datetime import date

from accreditation.criteria.periods import Period


@dataclass(frozen=True, slots=True)
class Certificate:
    """One certification held by one person.

    `certification`, `family` and `certification_level` are catalog keys; `version` is the position
    of the certification in its family, in the order of release. `revoked_on` is the first day
    that no longer counts, whenever the revocation became known.
    """

    id: str
    person: str
    certification: str
    period: Period
    family: str | None = None
    certification_level: str | None = None
    version: int | None = None
    revoked_on: date | None = None


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
