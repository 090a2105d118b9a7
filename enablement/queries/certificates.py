"""Asks who holds which certificates."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from enablement.models import Certificate, Certification
from partners.periods import last_day
from partners.queries.people import TeamMember
from partners.rules import Actor

Key = tuple[UUID, UUID, date]
"""What makes a certificate the same one: person, certification, day of the award."""


@dataclass(frozen=True, slots=True)
class HeldCertificate:
    """A certificate as lists show it; ``valid_through`` is its last valid day, None: no end."""

    id: UUID
    name: str
    valid_through: date | None


@dataclass(frozen=True, slots=True)
class CertifiedMember:
    """A team member with the certificates valid that day."""

    member: TeamMember
    certificates: tuple[HeldCertificate, ...]


def certificates_visible_to(actor: Actor) -> QuerySet[Certificate]:
    """Return the certificates in the actor's reach, with person and certification."""
    visible: QuerySet[Certificate] = Certificate.objects.visible_to(actor)
    return visible.select_related("person", "certification")


def certified(team: Sequence[TeamMember], on: date) -> tuple[CertifiedMember, ...]:
    """Return team members with the certificates valid that day, in one statement."""
    held: dict[UUID, list[HeldCertificate]] = {member.person_id: [] for member in team}
    valid = Certificate.objects.filter(
        Q(expires_on=None) | Q(expires_on__gt=on),
        Q(revoked_on=None) | Q(revoked_on__gt=on),
        person__in=held,
        awarded_on__lte=on,
    )
    for row in valid.select_related("certification").order_by("certification__name", "awarded_on"):
        held[row.person_id].append(_held(row))
    return tuple(CertifiedMember(member, tuple(held[member.person_id])) for member in team)


def certifications_on_offer(on: date) -> QuerySet[Certification]:
    """Return the certifications on offer that day, by name."""
    offered: QuerySet[Certification] = Certification.objects.filter(
        Q(retired_on=None) | Q(retired_on__gt=on)
    )
    return offered.order_by("name")


def certificates_on_record(keys: Iterable[Key]) -> dict[Key, Certificate]:
    """Return the certificates on record among those named by key."""
    wanted = set(keys)
    held = Certificate.objects.filter(
        person__in={person for person, _, _ in wanted},
        certification__in={certification for _, certification, _ in wanted},
        awarded_on__in={day for _, _, day in wanted},
    )
    found = {(row.person_id, row.certification_id, row.awarded_on): row for row in held}
    return {key: found[key] for key in wanted if key in found}


def _held(row: Certificate) -> HeldCertificate:
    ends = [day for day in (row.expires_on, row.revoked_on) if day is not None]
    return HeldCertificate(
        id=row.pk,
        name=row.certification.name,
        valid_through=last_day(min(ends)) if ends else None,
    )
