"""Writes invitations: the one way to get in.

An invitation is bound to one address, one vendor and one role. It is used once, within seven days;
of its token only a digest is stored.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext_noop as _

from partners.enums import ActorKind, MembershipRole
from partners.models import Invitation, Membership, Partner, Person, User
from partners.operations import audit
from partners.operations.access.memberships import join
from partners.operations.access.users import new_user
from partners.operations.addresses import checked_address
from partners.operations.outbox import enqueue_email
from partners.queries.access import (
    digest_of,
    holds_address,
    invitation_with,
    member_with_address,
    open_invitations,
    user_with_address,
)
from partners.queries.vendors import open_vendor
from partners.refusals import CannotRecord
from partners.rules import Actor, NotAllowed, grantable, members_permission, require

VALID_FOR = timedelta(days=7)


@transaction.atomic
def invite(
    *, email: str, role: MembershipRole, by: Actor, now: datetime, partner: Partner | None = None
) -> Invitation:
    """Offer a membership, at the vendor or at a partner, by e-mail; return the invitation.

    An earlier open invitation of this address to the same place is withdrawn.

    :raises CannotRecord: for a malformed address, or one that belongs to a member already.
    :raises NotAllowed: unless the actor may give this role at this place.
    """
    if role not in grantable(by, partner):
        raise NotAllowed(members_permission(partner))
    return offer(email=email, role=role, partner=partner, by=by, now=now)


def offer(
    *, email: str, role: MembershipRole, partner: Partner | None, by: Actor, now: datetime
) -> Invitation:
    """Write and mail an invitation; for operations that asked for the permission.

    :raises CannotRecord: for a malformed address, or one that belongs to a member already.
    """
    address = checked_address(email)
    if member_with_address(address, partner) is not None:
        raise CannotRecord("email", _("This person is a member already."))
    open_invitations(now, partner).filter(email=address).update(withdrawn_at=now)
    token = secrets.token_urlsafe(32)
    invitation: Invitation = Invitation.objects.create(
        email=address,
        role=role,
        partner=partner,
        token_digest=digest_of(token),
        invited_by_id=by.person_id,
        created_at=now,
        expires_at=now + VALID_FOR,
    )
    _mail(invitation, token, by=by, now=now)
    audit.record(
        by=by,
        now=now,
        verb="invitation.sent",
        subjects=[invitation],
        partners=_partners(partner),
        changes={"role": role.value, "email": audit.digest(address)},
    )
    return invitation


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, by: Actor, now: datetime) -> Invitation:
    """Withdraw an open invitation and return it; its link stops working.

    :raises CannotRecord: if it was accepted or withdrawn already.
    :raises NotAllowed: unless the actor may let people in at this place.
    """
    require(by, members_permission(invitation.partner), invitation.partner)
    if not _unanswered(invitation.pk).update(withdrawn_at=now):
        raise CannotRecord("invitation", _("This invitation has been answered already."))
    invitation.refresh_from_db()
    audit.record(
        by=by,
        now=now,
        verb="invitation.withdrawn",
        subjects=[invitation],
        partners=_partners(invitation.partner),
    )
    return invitation


@transaction.atomic
def accept_invitation(*, token: str, user: User, now: datetime) -> Membership:
    """Make the user a member as offered, and return the membership.

    :raises CannotRecord: if the invitation cannot be used any more, is for another address, or the
        user is a member there already.
    """
    invitation = _take(token, now)
    if not holds_address(user, invitation.email):
        raise CannotRecord("email", _("This invitation was sent to another address than yours."))
    return _enter(invitation, user, now)


@transaction.atomic
def accept_as_new_user(
    *, token: str, name: str, password: str, language: str, now: datetime
) -> Membership:
    """Create the invited person's login, make it a member as offered, and return the membership.

    The address counts as verified: the link was sent nowhere else.

    :raises CannotRecord: if the invitation cannot be used any more, or the address has a login.
    :raises ValidationError: for a password that is too easy to guess.
    """
    invitation = _take(token, now)
    user = new_user(
        email=invitation.email, name=name, now=now, password=password, language=language
    )
    return _enter(invitation, user, now)


def _take(token: str, now: datetime) -> Invitation:
    """Use the invitation up: of two at once, one waits for the row and then finds it used."""
    invitation = invitation_with(token, now)
    if invitation is None or not _unanswered(invitation.pk).update(accepted_at=now):
        raise CannotRecord("invitation", _("This invitation can no longer be used."))
    return invitation


def _enter(invitation: Invitation, user: User, now: datetime) -> Membership:
    by = Actor(kind=ActorKind.USER, id=user.pk, name=user.get_full_name())
    membership = join(
        user=user, role=MembershipRole(invitation.role), partner=invitation.partner, now=now
    )
    # The proved address makes the login the one of the person recorded with it.
    Person.objects.filter(email=invitation.email, user=None).update(user=user)
    audit.record(
        by=by,
        now=now,
        verb="invitation.accepted",
        subjects=[invitation],
        partners=_partners(invitation.partner),
        changes={"role": invitation.role, "membership": str(membership.pk)},
    )
    return membership


def _mail(invitation: Invitation, token: str, *, by: Actor, now: datetime) -> None:
    vendor = open_vendor()
    invited = user_with_address(invitation.email)
    enqueue_email(
        dedupe_key=f"invitation:{invitation.pk}",
        template="invitation",
        recipient=invitation.email,
        language=(invited.language if invited else "") or vendor.language,
        parameters={
            "vendor": vendor.name,
            "partner": invitation.partner.name if invitation.partner else "",
            "role": invitation.role,
            "inviter": by.name,
            "url": f"{settings.PUBLIC_URL}/v/{vendor.slug}/invitations/{token}/",
            "valid_through": vendor.day_of(invitation.expires_at).isoformat(),
        },
        now=now,
    )


def _unanswered(pk: UUID) -> models.QuerySet[Invitation]:
    rows: models.QuerySet[Invitation] = Invitation.objects.filter(
        pk=pk, accepted_at=None, withdrawn_at=None
    )
    return rows


def _partners(partner: Partner | None) -> list[UUID]:
    return [] if partner is None else [partner.pk]
