"""Who somebody is, inside a vendor and across vendors."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from partners.enums import ActorKind, MembershipRole
from partners.models import Membership, Partner, User
from partners.rules import Actor


@dataclass(frozen=True, slots=True)
class Entrance:
    """One membership of a user, seen from outside of every vendor."""

    vendor_id: UUID
    membership_id: UUID
    role: MembershipRole
    partner_id: UUID | None


def entrances(user: User) -> list[Entrance]:
    """Return the memberships in force of a user, across vendors."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT vendor_id, membership_id, role, partner_id FROM memberships_of(%s)", [user.pk]
        )
        return [
            Entrance(vendor, membership, MembershipRole(role), partner)
            for vendor, membership, role, partner in cursor.fetchall()
        ]


def member_actor(user: User) -> Actor:
    """Return the user as a member on the vendor's side; without a role if they are none."""
    return _actor(user, Membership.objects.filter(user=user, partner=None, ended_at=None).first())


def partner_member_actor(user: User, partner: Partner) -> Actor:
    """Return the user as a member of the partner; without a role if they are none."""
    return _actor(
        user, Membership.objects.filter(user=user, partner=partner, ended_at=None).first()
    )


def _actor(user: User, membership: Membership | None) -> Actor:
    if membership is None:
        return Actor(kind=ActorKind.USER, id=user.pk, name=user.get_full_name())
    return Actor(
        kind=ActorKind.USER,
        id=user.pk,
        name=user.get_full_name(),
        role=MembershipRole(membership.role),
        membership_id=membership.pk,
        partner_id=membership.partner_id,
    )
