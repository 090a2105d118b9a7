"""Who works at partners, and what they are certified in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from itertools import groupby
from operator import itemgetter
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from accreditation.criteria.facts import (
    CatalogRelease,
    Certificate,
    Employment,
    PlaceSpell,
    RoleSpell,
)
from accreditation.criteria.periods import Period, union
from enablement.models import Certificate as CertificateRow
from enablement.models import CertificatePause, Certification
from partners.models import Employment as EmploymentRow
from partners.models import EmploymentPlace, EmploymentRole
from partners.tenancy.statements import written_once


def employments_of(partner_ids: list[UUID]) -> defaultdict[UUID, list[Employment]]:
    """Return the employments that count, with their job roles and places, by partner."""
    roles: defaultdict[UUID, list[RoleSpell]] = defaultdict(list)
    for employment_id, role, start, end in _role_rows(partner_ids):
        roles[employment_id].append(RoleSpell(role, Period(start, end)))
    places = _places_in(partner_ids)
    found: defaultdict[UUID, list[Employment]] = defaultdict(list)
    for pk, partner_id, person_id, kind, working_time, start, end in _employment_rows(partner_ids):
        found[partner_id].append(
            Employment(
                id=str(pk),
                person=str(person_id),
                kind=kind,
                period=Period(start, end),
                roles=tuple(roles[pk]),
                places=tuple(places[pk]),
                working_time=working_time,
            )
        )
    return found


def _places_in(partner_ids: list[UUID]) -> defaultdict[UUID, list[PlaceSpell]]:
    """Return where people work, by employment: each place ends the one before."""
    found: defaultdict[UUID, list[PlaceSpell]] = defaultdict(list)
    for employment_id, places in groupby(_place_rows(partner_ids), key=itemgetter(0)):
        each = list(places)
        ends = [*(start for *_, start in each[1:]), None]
        found[employment_id] = [
            PlaceSpell(country, Period(start, end), region)
            for (_, country, region, start), end in zip(each, ends, strict=True)
        ]
    return found


def certificates_of(people: set[UUID]) -> defaultdict[str, list[Certificate]]:
    """Return the certificates of people, revoked ones included, by person."""
    paused = _pauses_of(people)
    found: defaultdict[str, list[Certificate]] = defaultdict(list)
    for row in _certificate_rows(people):
        pk, person_id, start, end, revoked_on, key, family, level, version = row
        person = str(person_id)
        found[person].append(
            Certificate(
                id=str(pk),
                person=person,
                certification=key,
                period=Period(start, end),
                family=family or None,
                certification_level=level or None,
                version=version,
                revoked_on=revoked_on,
                paused=union(paused[pk]),
            )
        )
    return found


def _pauses_of(people: set[UUID]) -> defaultdict[UUID, list[Period]]:
    found: defaultdict[UUID, list[Period]] = defaultdict(list)
    for pk, start, end in _pause_rows(people):
        found[pk].append(Period(start, end))
    return found


def releases() -> tuple[CatalogRelease, ...]:
    """Return the releases of all certification families of the vendor."""
    rows = Certification.objects.filter(version__isnull=False).values_list(
        "family", "version", "released_on"
    )
    return tuple(
        CatalogRelease(family, version, day)
        for family, version, day in rows
        if version is not None and day is not None
    )


@written_once
def _employment_rows(partner_ids: Collection[UUID]) -> QuerySet[Any, Any]:
    return EmploymentRow.objects.filter(partner__in=partner_ids, counts=True).values_list(
        "id", "partner_id", "person_id", "kind", "working_time", "started_on", "ended_on"
    )


@written_once
def _role_rows(partner_ids: Collection[UUID]) -> QuerySet[Any, Any]:
    return EmploymentRole.objects.filter(employment__partner__in=partner_ids).values_list(
        "employment_id", "job_role__key", "started_on", "ended_on"
    )


@written_once
def _place_rows(partner_ids: Collection[UUID]) -> QuerySet[Any, Any]:
    rows = EmploymentPlace.objects.filter(employment__partner__in=partner_ids)
    return rows.order_by("employment", "started_on").values_list(
        "employment_id", "country", "region", "started_on"
    )


@written_once
def _certificate_rows(people: Collection[UUID]) -> QuerySet[Any, Any]:
    return CertificateRow.objects.filter(person__in=people).values_list(
        "id",
        "person_id",
        "awarded_on",
        "expires_on",
        "revoked_on",
        "certification__key",
        "certification__family",
        "certification__level",
        "certification__version",
    )


@written_once
def _pause_rows(people: Collection[UUID]) -> QuerySet[Any, Any]:
    return CertificatePause.objects.filter(certificate__person__in=people).values_list(
        "certificate_id", "started_on", "ended_on"
    )
