"""Inviting: who may, whom, and what is mailed."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from partners.enums import ActorKind, MembershipRole
from partners.models import AuditEntry, Invitation, OutboxItem, Partner, Vendor
from partners.operations.access import accept_invitation, invite, withdraw_invitation
from partners.queries.access import open_invitations
from partners.refusals import CannotRecord
from partners.rules import SYSTEM, Actor, NotAllowed
from tests.cast import NOW, actor, member, partner, user
from tests.partners.access.traces import token_sent_to, verbs

Role = MembershipRole


def test_invitation_is_mailed_once_with_an_absolute_link_and_audited(ona: Actor) -> None:
    invitation = invite(email=" Mara@Example.com ", role=Role.ANALYST, by=ona, now=NOW)

    item = OutboxItem.objects.get()
    token = token_sent_to("mara@example.com")
    assert item.dedupe_key == f"invitation:{invitation.pk}"
    assert item.parameters == {
        "vendor": "Northwind",
        "partner": "",
        "role": "analyst",
        "inviter": ona.name,
        "url": f"http://testserver/v/northwind/invitations/{token}/",
        "valid_through": "2026-03-09",
    }
    assert invitation.email == "mara@example.com"
    assert invitation.expires_at == NOW + timedelta(days=7)
    assert token not in invitation.token_digest
    assert verbs() == ["invitation.sent"]
    assert "mara" not in str(AuditEntry.objects.get().changes)


def test_invitation_speaks_the_language_of_a_known_account(ona: Actor) -> None:
    user("mara", language="de")

    invite(email="mara@example.com", role=Role.ANALYST, by=ona, now=NOW)

    assert OutboxItem.objects.get().language == "de"


def test_second_invitation_to_the_same_place_replaces_the_first(ona: Actor) -> None:
    first = invite(email="mara@example.com", role=Role.ANALYST, by=ona, now=NOW)

    second = invite(email="mara@example.com", role=Role.REVIEWER, by=ona, now=NOW)

    assert list(open_invitations(NOW, None)) == [second]
    first.refresh_from_db()
    assert first.withdrawn_at == NOW


def test_member_is_not_invited_again(ona: Actor) -> None:
    member("mara", Role.ANALYST)

    with pytest.raises(CannotRecord, match="member already"):
        invite(email="mara@example.com", role=Role.REVIEWER, by=ona, now=NOW)


def test_malformed_address_is_refused_at_its_field(ona: Actor) -> None:
    with pytest.raises(CannotRecord) as refusal:
        invite(email="mara at example", role=Role.ANALYST, by=ona, now=NOW)

    assert refusal.value.field == "email"


@pytest.mark.parametrize(
    "role", [Role.PROGRAM_OWNER, Role.CHANNEL_MANAGER, Role.REVIEWER, Role.ANALYST]
)
def test_only_owners_invite_to_the_vendor(in_northwind: Vendor, role: Role) -> None:
    with pytest.raises(NotAllowed):
        invite(email="sven@example.com", role=Role.ANALYST, by=actor(member("mara", role)), now=NOW)

    assert not Invitation.objects.exists()


def test_partner_admin_invites_to_their_own_partner_only(acme: Partner) -> None:
    paul = actor(member("paul", Role.PARTNER_ADMIN, at=acme))
    other = partner("cobalt")

    invitation = invite(email="edda@example.com", role=Role.LEARNER, partner=acme, by=paul, now=NOW)

    assert invitation.partner == acme
    with pytest.raises(NotAllowed):
        invite(email="edda@example.com", role=Role.LEARNER, partner=other, by=paul, now=NOW)


@pytest.mark.parametrize("role", [Role.OWNER, Role.ANALYST])
def test_partner_admin_gives_no_role_of_the_vendor(acme: Partner, role: Role) -> None:
    paul = actor(member("paul", Role.PARTNER_ADMIN, at=acme))

    with pytest.raises(NotAllowed):
        invite(email="edda@example.com", role=role, partner=acme, by=paul, now=NOW)
    with pytest.raises(NotAllowed):
        invite(email="edda@example.com", role=role, by=paul, now=NOW)


def test_owner_gives_no_vendor_role_at_a_partner(ona: Actor, acme: Partner) -> None:
    with pytest.raises(NotAllowed):
        invite(email="edda@example.com", role=Role.ANALYST, partner=acme, by=ona, now=NOW)


def test_channel_manager_invites_to_managed_partners_only(in_northwind: Vendor) -> None:
    mara = member("mara", Role.CHANNEL_MANAGER)
    managed, unmanaged = partner("acme", manager=mara), partner("cobalt")

    invite(
        email="paul@example.com", role=Role.PARTNER_ADMIN, partner=managed, by=actor(mara), now=NOW
    )

    with pytest.raises(NotAllowed):
        invite(
            email="paul@example.com",
            role=Role.PARTNER_ADMIN,
            partner=unmanaged,
            by=actor(mara),
            now=NOW,
        )


def test_key_and_system_invite_nobody(in_northwind: Vendor) -> None:
    machine = Actor(kind=ActorKind.API_KEY, id=uuid4(), role=Role.OWNER)

    with pytest.raises(NotAllowed):
        invite(email="sven@example.com", role=Role.ANALYST, by=machine, now=NOW)
    with pytest.raises(ValueError, match="Only a person"):
        invite(email="sven@example.com", role=Role.ANALYST, by=SYSTEM, now=NOW)


def test_withdrawn_invitation_cannot_be_accepted(ona: Actor) -> None:
    invitation = invite(email="mara@example.com", role=Role.ANALYST, by=ona, now=NOW)

    withdraw_invitation(invitation=invitation, by=ona, now=NOW)

    with pytest.raises(CannotRecord, match="no longer"):
        accept_invitation(token=token_sent_to("mara@example.com"), user=user("mara"), now=NOW)
    assert verbs() == ["invitation.sent", "invitation.withdrawn"]


def test_invitation_is_withdrawn_once(ona: Actor) -> None:
    invitation = invite(email="mara@example.com", role=Role.ANALYST, by=ona, now=NOW)
    withdraw_invitation(invitation=invitation, by=ona, now=NOW)

    with pytest.raises(CannotRecord, match="answered already"):
        withdraw_invitation(invitation=invitation, by=ona, now=NOW)


def test_partner_admin_withdraws_no_invitation_of_the_vendor(ona: Actor, acme: Partner) -> None:
    invitation = invite(email="mara@example.com", role=Role.ANALYST, by=ona, now=NOW)

    with pytest.raises(NotAllowed):
        withdraw_invitation(
            invitation=invitation, by=actor(member("paul", Role.PARTNER_ADMIN, at=acme)), now=NOW
        )
