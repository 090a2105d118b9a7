"""Writes memberships."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_noop as _

from partners.enums import MembershipRole
from partners.models import Membership, Partner, User
from partners.operations import audit
from partners.refusals import CannotRecord
from partners.rules import Actor, NotAllowed, Permission, grantable, members_permission, require


@transaction.atomic
def add_member(
    *,
    user: User,
    role: MembershipRole,
    by: Actor,
    now: datetime,
    partner: Partner | None = None,
) -> Membership:
    """Make the user a member without an invitation, and return the membership.

    For the platform itself (demo data): everybody else invites.

    :raises CannotRecord: if the user is a member there already.
    :raises NotAllowed: without ``platform.run``.
    """
    require(by, Permission.PLATFORM_RUN)
    membership = join(user=user, role=role, partner=partner, now=now)
    audit.record(
        by=by,
        now=now,
        verb="membership.added",
        subjects=[membership],
        partners=_partners(membership),
        changes={"role": role.value},
    )
    return membership


def join(*, user: User, role: MembershipRole, partner: Partner | None, now: datetime) -> Membership:
    """Write a membership; for operations that asked for the permission and write the audit.

    :raises CannotRecord: if the user is a member there already.
    """
    try:
        with transaction.atomic():
            joined: Membership = Membership.objects.create(
                user=user, role=role, partner=partner, created_at=now
            )
    except IntegrityError as clash:
        if not Membership.objects.filter(user=user, partner=partner, ended_at=None).exists():
            raise
        raise CannotRecord("email", _("You are a member here already.")) from clash
    return joined


@transaction.atomic
def change_role(
    *, membership: Membership, role: MembershipRole, by: Actor, now: datetime
) -> Membership:
    """Give the member another role on the same side and return the membership.

    :raises CannotRecord: for one's own membership, an ended one, or the last owner's.
    :raises NotAllowed: unless the actor may give this role at this place.
    """
    if role not in grantable(by, membership.partner):
        raise NotAllowed(members_permission(membership.partner))
    if membership.pk == by.membership_id:
        raise CannotRecord("role", _("Nobody changes their own role: ask another member to do it."))
    membership = _hold(membership)
    before = membership.role
    membership.role = role
    membership.save(update_fields=["role"])
    audit.record(
        by=by,
        now=now,
        verb="membership.role_changed",
        subjects=[membership],
        partners=_partners(membership),
        changes={"from": before, "to": role.value},
    )
    return membership


@transaction.atomic
def end_membership(*, membership: Membership, by: Actor, now: datetime) -> Membership:
    """End the membership at once and return it; partners it managed have no manager after it.

    :raises CannotRecord: for an ended membership or the last owner's.
    :raises NotAllowed: unless the actor may let people in at this place.
    """
    require(by, members_permission(membership.partner), membership.partner)
    membership = _hold(membership)
    membership.ended_at = now
    membership.save(update_fields=["ended_at"])
    managed = list(Partner.objects.filter(manager=membership).values_list("pk", flat=True))
    Partner.objects.filter(pk__in=managed).update(manager=None)
    audit.record(
        by=by,
        now=now,
        verb="membership.ended",
        subjects=[membership],
        partners=[*_partners(membership), *managed],
        changes={"role": membership.role, "no_longer_manages": len(managed)},
    )
    return membership


def _hold(membership: Membership) -> Membership:
    """Return the membership locked until the transaction ends.

    All owners are locked together and in one order: of two owners who remove each other at the
    same time, the second one finds a single owner left.

    :raises CannotRecord: if it has ended, or is the last owner's.
    """
    owners = list(
        Membership.objects.filter(role=MembershipRole.OWNER, partner=None, ended_at=None)
        .order_by("pk")
        .select_for_update()
    )
    held: Membership | None = (
        Membership.objects.filter(pk=membership.pk, ended_at=None).select_for_update().first()
    )
    if held is None:
        raise CannotRecord("membership", _("This membership has ended already."))
    if [owner.pk for owner in owners] == [held.pk]:
        raise CannotRecord("membership", _("The last owner stays: make somebody else owner first."))
    return held


def _partners(membership: Membership) -> list[UUID]:
    return [] if membership.partner_id is None else [membership.partner_id]
