"""Who somebody is, inside a vendor and across vendors."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from operator import attrgetter
from typing import Any
from uuid import UUID

from allauth.account.authentication import get_authentication_records
from allauth.account.models import EmailAddress
from django.db import connection, models
from django.db.models import Q
from django.http import HttpRequest

from partners.enums import ActorKind, MembershipRole
from partners.models import ApiKey, Invitation, Membership, Partner, User, Vendor
from partners.rules import Actor
from partners.tenancy.context import tenant

# How long a proof of identity counts before something that gives access, as in allauth.
RECENT = timedelta(minutes=5)


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


@dataclass(frozen=True, slots=True)
class Door:
    """One membership of a user with the names that people know: partner None is the vendor's."""

    vendor: Vendor
    role: MembershipRole
    partner: Partner | None


def doors(user: User) -> list[Door]:
    """Return where a user may go in, across vendors, by the vendor's and the partner's name.

    Asked outside every vendor: each vendor's space is opened for its own partners' names.
    """
    mine = sorted(entrances(user), key=attrgetter("vendor_id"))
    vendors = Vendor.objects.in_bulk([entrance.vendor_id for entrance in mine])
    found = [
        door
        for vendor_id, group in groupby(mine, key=attrgetter("vendor_id"))
        for door in _doors_of(vendors[vendor_id], list(group))
    ]
    return sorted(
        found, key=lambda door: (door.vendor.name, door.partner.name if door.partner else "")
    )


def _doors_of(vendor: Vendor, group: list[Entrance]) -> Iterator[Door]:
    with tenant(vendor):
        partners = Partner.objects.in_bulk(
            [entrance.partner_id for entrance in group if entrance.partner_id]
        )
    for entrance in group:
        partner = partners[entrance.partner_id] if entrance.partner_id else None
        yield Door(vendor, entrance.role, partner)


def memberships_of(user: User) -> models.QuerySet[Membership]:
    """Return the user's memberships in force at the open vendor."""
    rows: models.QuerySet[Membership] = Membership.objects.filter(user=user, ended_at=None)
    return rows.select_related("partner").order_by("created_at")


def all_vendors() -> models.QuerySet[Vendor]:
    """Return every vendor by name, with nothing of what is inside."""
    return Vendor.objects.order_by("name", "slug")


def user_actor(user: User) -> Actor:
    """Return the user outside every vendor: an operator, or somebody who may do nothing."""
    return Actor(
        kind=ActorKind.USER,
        id=user.pk,
        name=user.get_full_name(),
        is_operator=user.is_operator and user.is_active,
    )


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


def user_with_address(email: str) -> User | None:
    """Return the login that an address belongs to: as its name or as a verified address."""
    proved = EmailAddress.objects.filter(email__iexact=email, verified=True).values("user")
    return User.objects.filter(Q(email__iexact=email) | Q(pk__in=proved)).first()


def holds_address(user: User, email: str) -> bool:
    """Return whether the user has proved that the address is theirs."""
    addresses = EmailAddress.objects.filter(user=user, email__iexact=email, verified=True)
    return bool(addresses.exists())


def members(partner: Partner | None) -> models.QuerySet[Membership]:
    """Return the memberships in force at the partner, or at the vendor if None, by address."""
    rows: models.QuerySet[Membership] = Membership.objects.filter(partner=partner, ended_at=None)
    return rows.select_related("user").order_by("user__email")


def member_with_address(email: str, partner: Partner | None) -> Membership | None:
    """Return the membership in force at this place of the login with the address."""
    user = user_with_address(email)
    return None if user is None else members(partner).filter(user=user).first()


def open_invitations(now: datetime, partner: Partner | None) -> models.QuerySet[Invitation]:
    """Return the invitations to this place that can still be accepted, the newest first."""
    rows: models.QuerySet[Invitation] = Invitation.objects.filter(
        partner=partner, accepted_at=None, withdrawn_at=None, expires_at__gt=now
    )
    return rows.order_by("-created_at")


def digest_of(token: str) -> str:
    """Return what is stored of an invitation's token."""
    return hashlib.sha256(token.encode()).hexdigest()


def invitation_with(token: str, now: datetime) -> Invitation | None:
    """Return the invitation of a link if it can still be accepted at the open vendor."""
    found: Invitation | None = (
        Invitation.objects.filter(
            token_digest=digest_of(token),
            accepted_at=None,
            withdrawn_at=None,
            expires_at__gt=now,
        )
        .select_related("partner")
        .first()
    )
    return found


def api_keys() -> models.QuerySet[ApiKey]:
    """Return the vendor's keys, revoked and expired ones too, the newest first."""
    rows: models.QuerySet[ApiKey] = ApiKey.objects.select_related("created_by")
    return rows.order_by("-created_at")


def accepts_sign_in(vendor: Vendor, request: HttpRequest) -> bool:
    """Return whether the vendor lets its own people in with the way this session signed in."""
    return not vendor.mfa_required or any(
        record.get("method") == "mfa" for record in _proofs(request)
    )


def proved_recently(request: HttpRequest, now: datetime) -> bool:
    """Return whether the visitor has proved who they are in this session within five minutes."""
    oldest = (now - RECENT).timestamp()
    return any(record.get("at", 0) >= oldest for record in _proofs(request))


def _proofs(request: HttpRequest) -> list[dict[str, Any]]:
    user = request.user
    if not isinstance(user, User):
        return []
    records: list[dict[str, Any]] = get_authentication_records(request, user)
    return records
