"""Dated records about a partner, beyond its people: what was done, proved, paid, measured.

Every record has an id and says on which days it holds. `customer` is the customer after duplicate
entries were linked: two records of one customer carry the same key. `pending` records wait for a
review: they may count, but not for certain. `attributes` and `dates` are the vendor's own fields.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from accreditation.criteria.periods import DAY, Period

AttributeValue = str | Decimal | bool | date
"""A text, a number, a yes or no, or the day of an event."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerRecord:
    """What was done for a customer, in the words by which criteria choose.

    `withdrawn_on` is the first day on which it no longer counts, whenever that became known.
    """

    id: str
    customer: str
    kind: str = ""
    products: frozenset[str] = frozenset()
    service_types: frozenset[str] = frozenset()
    industry: str = ""
    region: str = ""
    country: str = ""
    location: str = ""
    customer_size: str = ""
    stage: str = ""
    public: bool = False
    value: Decimal | None = None
    currency: str = ""
    withdrawn_on: date | None = None
    pending: bool = False
    attributes: Mapping[str, str] = field(default_factory=dict)
    dates: Mapping[str, date] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deployment(CustomerRecord):
    """A project completed on a day; `confirmed_on` by customer or vendor, None: not yet."""

    completed_on: date
    confirmed_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference(CustomerRecord):
    """A customer's consent to vouch, in force for a period; `deployment` is the project, if any."""

    period: Period
    deployment: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Transaction(CustomerRecord):
    """A sale, resale or referral on a day; `kind` says which."""

    made_on: date


@dataclass(frozen=True, slots=True)
class SurveyAnswer:
    """A customer's answer to the satisfaction survey about one service.

    `withdrawn_on` is the first day on which it no longer counts, whenever that became known.
    """

    id: str
    customer: str
    service_type: str
    score: Decimal
    answered_on: date
    withdrawn_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """Something that is on file, signed, paid or published for a period.

    `kind` is the vendor's key: `business-plan`, `partner-agreement`, `annual-fee`. `amount` is what
    it is about, if it has one: an insured sum, a fee.
    """

    id: str
    kind: str
    period: Period
    amount: Decimal | None = None
    currency: str = ""
    pending: bool = False
    attributes: Mapping[str, str] = field(default_factory=dict)
    dates: Mapping[str, date] = field(default_factory=dict)


class DocumentAccepted(Paper):
    """A document that a reviewer accepted (pending: still to be reviewed)."""

    __slots__ = ()


class Agreement(Paper):
    """An agreement or code of conduct that is signed and in force."""

    __slots__ = ()


class Fee(Paper):
    """A fee that is paid for a period."""

    __slots__ = ()


class ListingElsewhere(Paper):
    """A public page, profile or listing that exists for a period."""

    __slots__ = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Attestation(Paper):
    """A statement of compliance with a framework (its `kind`), for a scope."""

    scope: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit(Paper):
    """An audit, review or interview with its result; `period` is how long the result holds."""

    passed: bool
    score: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Checklist(Paper):
    """A questionnaire that was filled in and scored out of a highest score."""

    score: Decimal
    out_of: Decimal


@dataclass(frozen=True, slots=True)
class CourseCompletion:
    """A course that a person finished; `period` is how long that counts, beginning on the day.

    `hours` is how long the training was, None if nobody recorded it.
    """

    id: str
    person: str
    course: str
    period: Period
    mode: str = ""
    hours: Decimal | None = None


@dataclass(frozen=True, slots=True)
class MetricReading:
    """A figure delivered from outside, for a period; without an end it is in force since its start.

    `item` is what it is about where a metric has a figure for each of many things.
    """

    id: str
    metric: str
    period: Period
    value: Decimal
    currency: str = ""
    item: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    dates: Mapping[str, date] = field(default_factory=dict)
    source: str = ""

    @property
    def day(self) -> date:
        """The day it belongs to: the last of its period, the first if that has no end."""
        return self.period.end - DAY if self.period.end else self.period.start


@dataclass(frozen=True, slots=True)
class OrganizationAttribute:
    """What the organization is or has for a period: size, region, standing, the day it joined."""

    id: str
    name: str
    value: AttributeValue
    period: Period


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided about a criterion (its key), for a period, with a reason.

    `program` is the one it was decided in; empty: whichever asks for a criterion of this key.
    """

    id: str
    criterion: str
    accepted: bool
    period: Period
    by: str
    reason: str
    pending: bool = False
    program: str = ""


class Kin(StrEnum):
    """Who holds something, seen from the partner that is judged, in the tree of partners."""

    SELF = "self"
    CHILD = "child"
    BELOW = "below"
    ABOVE = "above"


class Foreseen(StrEnum):
    """What of a level that is held nobody has recorded: nothing, its end, or all of it."""

    NOTHING = ""
    END = "end"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class HeldLevel:
    """A level of a program that the partner, or one related to it, holds for a period.

    `groups` are what it counts among, such as `specialization`; `family` is the same for versions
    of one designation that count once, the program itself if empty. `holder` is the id of the
    partner that holds it, empty for the one that is judged. `foreseen` is what time alone brings.
    """

    id: str
    program: str
    level: str
    period: Period
    groups: frozenset[str] = frozenset()
    family: str = ""
    kin: Kin = Kin.SELF
    holder: str = ""
    foreseen: Foreseen = Foreseen.NOTHING


@dataclass(frozen=True, slots=True)
class Term:
    """An award of a program to the partner itself: of whatever level, from when, until when.

    `ends_on` is the first day after its term, None without one; `ended_on` the first day on which
    it was no longer in force, None while it is.
    """

    program: str
    granted_on: date
    ends_on: date | None
    ended_on: date | None


def text_of(value: AttributeValue) -> str:
    """Return a value as documents write it: true and false, days as YYYY-MM-DD."""
    return str(value).lower() if isinstance(value, bool) else str(value)
