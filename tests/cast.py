"""The cast: who appears in the tests. Made directly in the tables, so that a story is short.

Vendors Northwind and its rival Umbra; partners Acme (Northwind) and Bolt (Umbra); channel manager
Mara, partner admin Paul, engineer Edda, stranger Sven.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.contrib.auth.hashers import make_password

from documents.models import (
    Customer,
    Deployment,
    MetricReading,
    Reference,
    SurveyResponse,
    Transaction,
)
from enablement.models import Certificate, Certification, Course, CourseCompletion
from partners.enums import ActorKind, AttributeKind, MembershipRole
from partners.models import (
    Employment,
    EmploymentPlace,
    EmploymentRole,
    JobRole,
    Membership,
    OrganizationAttribute,
    Partner,
    Person,
    User,
    Vendor,
)
from partners.rules import Actor

TODAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
PASSWORD = "correct horse battery"
_PASSWORD_HASH: list[str] = []


def vendor(slug: str, name: str, *, prefix: str, **fields: Any) -> Vendor:
    return Vendor.objects.create(
        slug=slug, name=name, award_prefix=prefix, created_at=NOW, **fields
    )


def user(name: str, **fields: Any) -> User:
    """Return a user whose address is verified: ``mara`` is mara@example.com."""
    from allauth.account.models import EmailAddress

    if not _PASSWORD_HASH:
        _PASSWORD_HASH.append(make_password(PASSWORD))
    email = name if "@" in name else f"{name.lower()}@example.com"
    made, created = User.objects.get_or_create(
        email=email,
        defaults={"name": name, "created_at": NOW, "password": _PASSWORD_HASH[0], **fields},
    )
    if created:
        EmailAddress.objects.create(user=made, email=email, verified=True, primary=True)
    return made


def partner(slug: str, name: str = "", **fields: Any) -> Partner:
    return Partner.objects.create(
        slug=slug, name=name or slug.title(), **{"joined_on": date(2024, 1, 1), **fields}
    )


def member(name: str, role: MembershipRole, at: Partner | None = None) -> Membership:
    return Membership.objects.create(user=user(name), role=role, partner=at, created_at=NOW)


def actor(membership: Membership) -> Actor:
    return Actor(
        kind=ActorKind.USER,
        id=membership.user_id,
        name=str(membership.user),
        role=MembershipRole(membership.role),
        membership_id=membership.pk,
        partner_id=membership.partner_id,
    )


def attribute(
    of: Partner, name: str, value: str, *, since: date = date(2024, 1, 1), **fields: Any
) -> OrganizationAttribute:
    return OrganizationAttribute.objects.create(
        partner=of,
        name=name,
        value=value,
        started_on=since,
        **{"kind": AttributeKind.TEXT, "source": "test", "recorded_at": NOW, **fields},
    )


def person(name: str, **fields: Any) -> Person:
    return Person.objects.create(
        **{"name": name, "email": f"{name.lower().replace(' ', '.')}@example.com", **fields}
    )


def employment(
    who: Person, at: Partner, *roles: JobRole, since: date = date(2024, 1, 1), **fields: Any
) -> Employment:
    made = Employment.objects.create(person=who, partner=at, started_on=since, **fields)
    for role in roles:
        EmploymentRole.objects.create(
            employment=made, job_role=role, started_on=since, ended_on=fields.get("ended_on")
        )
    return made


def place(
    of: Employment, country: str, region: str = "", *, since: date | None = None
) -> EmploymentPlace:
    return EmploymentPlace.objects.create(
        employment=of, country=country, region=region, started_on=since or of.started_on
    )


def job_role(key: str) -> JobRole:
    return JobRole.objects.create(key=key, name={"en": key.replace("-", " ").title()})


def certification(key: str, **fields: Any) -> Certification:
    return Certification.objects.create(
        key=key, **{"name": key.replace("-", " ").title(), **fields}
    )


def course(key: str, **fields: Any) -> Course:
    return Course.objects.create(key=key, **{"name": key.replace("-", " ").title(), **fields})


def completion(
    who: Person, what: Course, *, on: date = date(2025, 1, 1), **fields: Any
) -> CourseCompletion:
    return CourseCompletion.objects.create(
        person=who,
        course=what,
        completed_on=on,
        **{"source": "test", "recorded_at": NOW, **fields},
    )


def certificate(
    who: Person,
    what: Certification,
    *,
    since: date = date(2025, 1, 1),
    until: date | None = None,
    **fields: Any,
) -> Certificate:
    """Return a certificate valid from ``since`` up to, and not including, ``until``."""
    return Certificate.objects.create(
        person=who,
        certification=what,
        awarded_on=since,
        expires_on=until,
        **{"source": "test", "recorded_at": NOW, **fields},
    )


def customer(name: str, **fields: Any) -> Customer:
    return Customer.objects.create(name=name, **{"source": "test", "recorded_at": NOW, **fields})


def deployment(
    at: Partner, whose: Customer, *, completed_on: date = date(2026, 1, 15), **fields: Any
) -> Deployment:
    """Return a deployment that the customer confirmed on the day it was completed."""
    confirmed = {"confirmed_on": completed_on, "confirmed_by": "customer"}
    return _fact(
        Deployment, at, customer=whose, completed_on=completed_on, **{**confirmed, **fields}
    )


def reference(
    at: Partner, whose: Customer, *, since: date = date(2026, 1, 1), **fields: Any
) -> Reference:
    return _fact(Reference, at, customer=whose, started_on=since, **fields)


def transaction(
    at: Partner, whose: Customer, *, made_on: date = date(2026, 1, 15), **fields: Any
) -> Transaction:
    return _fact(Transaction, at, customer=whose, made_on=made_on, **{"kind": "resale", **fields})


def survey_response(at: Partner, whose: Customer, score: str, **fields: Any) -> SurveyResponse:
    """Return an answer of two weeks ago."""
    answered = {"answered_on": date(2026, 2, 16), "score": Decimal(score)}
    return _fact(SurveyResponse, at, customer=whose, **{**answered, **fields})


def paper(
    model: Any, at: Partner, kind: str, *, since: date = date(2026, 1, 1), **fields: Any
) -> Any:
    """Return a document, agreement, fee, listing, attestation, audit or checklist."""
    return _fact(model, at, kind=kind, started_on=since, **fields)


def metric_reading(
    at: Partner, metric: str, value: str, *, since: date = date(2026, 1, 1), **fields: Any
) -> MetricReading:
    figure = {"metric": metric, "value": Decimal(value), "started_on": since}
    return _fact(MetricReading, at, **figure, **fields)


def _fact(model: Any, at: Partner, **fields: Any) -> Any:
    number = f"{at.slug}-{model.objects.count() + 1}"
    return model.objects.create(
        partner=at, **{"external_id": number, "source": "test", "recorded_at": NOW, **fields}
    )
