"""Invitations, memberships and API keys."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError

from partners.enums import ActorKind, MembershipRole
from partners.models import (
    ApiKey,
    AuditEntry,
    Invitation,
    Membership,
    OutboxItem,
    Partner,
    User,
    Vendor,
)
from partners.operations.access import (
    accept_as_new_user,
    accept_invitation,
    add_member,
    authenticate_api_key,
    change_role,
    create_api_key,
    create_user,
    end_membership,
    found_vendor,
    invite,
    revoke_api_key,
    withdraw_invitation,
)
from partners.queries.access import doors, members, open_invitations, user_actor
from partners.refusals import CannotRecord
from partners.rules import SYSTEM, Actor, NotAllowed
from partners.tenancy.context import tenant
from tests.cast import NOW, PASSWORD, actor, member, partner, user

Role = MembershipRole
A_DAY = timedelta(days=1)


def token_sent_to(email: str) -> str:
    """Return the token of the newest invitation mailed to the address."""
    item = OutboxItem.objects.filter(recipient=email, template="invitation").latest("id")
    url: str = item.parameters["url"]
    return url.rstrip("/").rsplit("/", 1)[1]


def verbs() -> list[str]:
    return list(AuditEntry.objects.order_by("sequence").values_list("verb", flat=True))


@pytest.fixture
def ona(in_northwind: Vendor) -> Actor:
    """The owner of Northwind."""
    return actor(member("ona", Role.OWNER))


@pytest.fixture
def acme(in_northwind: Vendor) -> Partner:
    return partner("acme")


# --- Inviting -------------------------------------------------------------------------------


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


# --- Accepting ------------------------------------------------------------------------------


def test_invited_user_becomes_a_member_and_the_recorded_person(ona: Actor, acme: Partner) -> None:
    from tests.cast import person

    edda = person("edda")
    invite(email="edda@example.com", role=Role.LEARNER, partner=acme, by=ona, now=NOW)

    membership = accept_invitation(
        token=token_sent_to("edda@example.com"), user=user("edda"), now=NOW + A_DAY
    )

    edda.refresh_from_db()
    assert (membership.role, membership.partner) == (Role.LEARNER, acme)
    assert edda.user == membership.user
    entry = AuditEntry.objects.get(verb="invitation.accepted")
    assert (entry.actor_id, entry.partner_ids) == (membership.user.pk, [acme.pk])


def test_invitation_works_once(ona: Actor) -> None:
    invite(email="mara@example.com", role=Role.ANALYST, by=ona, now=NOW)
    token = token_sent_to("mara@example.com")
    accept_invitation(token=token, user=user("mara"), now=NOW)

    with pytest.raises(CannotRecord, match="no longer"):
        accept_invitation(token=token, user=user("mara"), now=NOW)


@pytest.mark.parametrize(
    ("after", "works"), [(timedelta(days=7, seconds=-1), True), (timedelta(days=7), False)]
)
def test_invitation_ends_after_seven_days(ona: Actor, after: timedelta, works: bool) -> None:
    invite(email="mara@example.com", role=Role.ANALYST, by=ona, now=NOW)
    token = token_sent_to("mara@example.com")

    if works:
        accept_invitation(token=token, user=user("mara"), now=NOW + after)
    else:
        with pytest.raises(CannotRecord, match="no longer"):
            accept_invitation(token=token, user=user("mara"), now=NOW + after)

    assert members(None).filter(user__email="mara@example.com").exists() is works


def test_user_with_another_address_is_refused_and_the_invitation_stays_open(ona: Actor) -> None:
    invite(email="mara@example.com", role=Role.ANALYST, by=ona, now=NOW)

    with pytest.raises(CannotRecord, match="another address"):
        accept_invitation(token=token_sent_to("mara@example.com"), user=user("sven"), now=NOW)

    assert open_invitations(NOW, None).count() == 1


def test_unproved_address_does_not_accept(ona: Actor) -> None:
    sven = user("sven")
    EmailAddress.objects.create(user=sven, email="mara@example.com", verified=False)
    invite(email="mara@example.com", role=Role.ANALYST, by=ona, now=NOW)

    with pytest.raises(CannotRecord, match="another address"):
        accept_invitation(token=token_sent_to("mara@example.com"), user=sven, now=NOW)


def test_token_of_another_vendor_is_unknown(northwind: Vendor, umbra: Vendor) -> None:
    with tenant(northwind):
        invite(
            email="mara@example.com",
            role=Role.ANALYST,
            by=actor(member("ona", Role.OWNER)),
            now=NOW,
        )
        token = token_sent_to("mara@example.com")

    with tenant(umbra), pytest.raises(CannotRecord, match="no longer"):
        accept_invitation(token=token, user=user("mara"), now=NOW)


def test_new_user_comes_with_a_proved_address_and_the_chosen_password(ona: Actor) -> None:
    invite(email="mara@example.com", role=Role.ANALYST, by=ona, now=NOW)

    membership = accept_as_new_user(
        token=token_sent_to("mara@example.com"),
        name="Mara Lind",
        password=PASSWORD,
        language="de",
        now=NOW,
    )

    mara = membership.user
    assert (mara.email, mara.name, mara.language) == ("mara@example.com", "Mara Lind", "de")
    assert mara.created_at == NOW
    assert mara.check_password(PASSWORD)
    address = EmailAddress.objects.get(user=mara)
    assert (address.email, address.verified, address.primary) == ("mara@example.com", True, True)


@pytest.mark.parametrize("password", ["elevenchars", "mara@example.com", "password12345"])
def test_password_that_is_easy_to_guess_is_refused(ona: Actor, password: str) -> None:
    invite(email="mara@example.com", role=Role.ANALYST, by=ona, now=NOW)

    with pytest.raises(ValidationError):
        accept_as_new_user(
            token=token_sent_to("mara@example.com"),
            name="Mara",
            password=password,
            language="en",
            now=NOW,
        )

    assert not User.objects.filter(email="mara@example.com").exists()
    assert open_invitations(NOW, None).count() == 1


def test_known_address_gets_no_second_account(ona: Actor) -> None:
    user("mara")
    invite(email="mara@example.com", role=Role.ANALYST, by=ona, now=NOW)

    with pytest.raises(CannotRecord, match="sign in"):
        accept_as_new_user(
            token=token_sent_to("mara@example.com"),
            name="Mara",
            password=PASSWORD,
            language="en",
            now=NOW,
        )


def test_user_who_became_a_member_meanwhile_is_told_so(ona: Actor) -> None:
    invite(email="mara@example.com", role=Role.ANALYST, by=ona, now=NOW)
    member("mara", Role.REVIEWER)

    with pytest.raises(CannotRecord, match="member here already"):
        accept_invitation(token=token_sent_to("mara@example.com"), user=user("mara"), now=NOW)


# --- Members --------------------------------------------------------------------------------


def test_owner_changes_a_role(ona: Actor) -> None:
    mara = member("mara", Role.ANALYST)

    changed = change_role(membership=mara, role=Role.REVIEWER, by=ona, now=NOW)

    assert changed.role == Role.REVIEWER
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.changes) == (
        "membership.role_changed",
        {"from": "analyst", "to": "reviewer"},
    )


def test_nobody_changes_their_own_role(in_northwind: Vendor, acme: Partner) -> None:
    owner, paul = member("ona", Role.OWNER), member("paul", Role.PARTNER_ADMIN, at=acme)

    for own, role in [(owner, Role.ANALYST), (paul, Role.LEARNER)]:
        with pytest.raises(CannotRecord, match="their own role"):
            change_role(membership=own, role=role, by=actor(own), now=NOW)


@pytest.mark.parametrize("role", [Role.PROGRAM_OWNER, Role.CHANNEL_MANAGER, Role.ANALYST])
def test_nobody_raises_themselves_or_others_without_the_permission(
    in_northwind: Vendor, role: Role
) -> None:
    mara = member("mara", role)

    for target in (mara, member("sven", Role.ANALYST)):
        with pytest.raises(NotAllowed):
            change_role(membership=target, role=Role.OWNER, by=actor(mara), now=NOW)


def test_role_stays_on_its_side(ona: Actor, acme: Partner) -> None:
    paul = member("paul", Role.PARTNER_ADMIN, at=acme)

    with pytest.raises(NotAllowed):
        change_role(membership=paul, role=Role.OWNER, by=ona, now=NOW)


def test_ended_member_manages_nothing_and_is_no_member(ona: Actor) -> None:
    mara = member("mara", Role.CHANNEL_MANAGER)
    acme = partner("acme", manager=mara)

    end_membership(membership=mara, by=ona, now=NOW)

    acme.refresh_from_db()
    assert acme.manager is None
    assert [one.user.email for one in members(None)] == ["ona@example.com"]
    assert AuditEntry.objects.get().partner_ids == [acme.pk]


def test_membership_ends_once(ona: Actor) -> None:
    mara = member("mara", Role.ANALYST)
    end_membership(membership=mara, by=ona, now=NOW)

    with pytest.raises(CannotRecord, match="ended already"):
        end_membership(membership=mara, by=ona, now=NOW)
    with pytest.raises(CannotRecord, match="ended already"):
        change_role(membership=mara, role=Role.REVIEWER, by=ona, now=NOW)


def test_last_owner_stays(in_northwind: Vendor) -> None:
    owner = member("ona", Role.OWNER)

    with pytest.raises(CannotRecord, match="last owner"):
        end_membership(membership=owner, by=actor(owner), now=NOW)
    with pytest.raises(CannotRecord, match="last owner"):
        change_role(membership=owner, role=Role.ANALYST, by=SYSTEM, now=NOW)


def test_one_of_two_owners_may_go(ona: Actor) -> None:
    second = member("mara", Role.OWNER)

    end_membership(membership=second, by=ona, now=NOW)

    assert [one.user.email for one in members(None)] == ["ona@example.com"]


def test_owner_of_another_vendor_does_not_count_as_an_owner_here(
    northwind: Vendor, umbra: Vendor
) -> None:
    with tenant(umbra):
        member("sven", Role.OWNER)

    with tenant(northwind):
        owner = member("ona", Role.OWNER)
        with pytest.raises(CannotRecord, match="last owner"):
            end_membership(membership=owner, by=actor(owner), now=NOW)


def test_partner_admin_ends_members_of_their_partner_only(ona: Actor, acme: Partner) -> None:
    paul = actor(member("paul", Role.PARTNER_ADMIN, at=acme))
    edda = member("edda", Role.LEARNER, at=acme)
    foreign = member("sven", Role.LEARNER, at=partner("cobalt"))

    end_membership(membership=edda, by=paul, now=NOW)

    for target in (foreign, member("mara", Role.ANALYST)):
        with pytest.raises(NotAllowed):
            end_membership(membership=target, by=paul, now=NOW)


def test_platform_adds_a_member_and_nobody_else_does(ona: Actor) -> None:
    membership = add_member(user=user("mara"), role=Role.ANALYST, by=SYSTEM, now=NOW)

    assert membership.role == Role.ANALYST
    assert verbs() == ["membership.added"]
    with pytest.raises(NotAllowed):
        add_member(user=user("sven"), role=Role.ANALYST, by=ona, now=NOW)


# --- Keys -----------------------------------------------------------------------------------


def test_key_acts_in_its_role_until_it_expires(ona: Actor) -> None:
    key, raw = create_api_key(name="CRM", role=Role.ANALYST, days=30, by=ona, now=NOW)

    seen = authenticate_api_key(raw=raw, now=NOW + timedelta(days=30, seconds=-1))

    assert seen == Actor(kind=ActorKind.API_KEY, id=key.pk, name="CRM", role=Role.ANALYST)
    assert authenticate_api_key(raw=raw, now=NOW + timedelta(days=30)) is None


def test_secret_of_a_key_is_not_stored(ona: Actor) -> None:
    key, raw = create_api_key(name="CRM", role=Role.ANALYST, days=30, by=ona, now=NOW)

    opening, prefix, secret = raw.split("_")
    assert (opening, prefix, len(secret)) == ("lrl", key.prefix, 43)
    row = ApiKey.objects.values().get()
    assert not [value for value in row.values() if secret in str(value)]
    assert secret not in str(AuditEntry.objects.values().get())


def test_use_of_a_key_is_noted_once_a_minute(ona: Actor) -> None:
    key, raw = create_api_key(name="CRM", role=Role.ANALYST, days=30, by=ona, now=NOW)
    noted = []

    for seconds in (0, 59, 60):
        authenticate_api_key(raw=raw, now=NOW + timedelta(seconds=seconds))
        key.refresh_from_db()
        noted.append(key.last_used_at)

    assert noted == [NOW, NOW, NOW + timedelta(seconds=60)]


@pytest.mark.parametrize(
    "damage",
    [
        lambda raw: raw[:-1] + ("a" if raw[-1] != "a" else "b"),
        lambda raw: raw + "a",
        lambda raw: raw[:-1],
        lambda raw: raw.replace("lrl_", "xyz_"),
        lambda raw: "lrl_00000000_" + raw.rsplit("_", 1)[1],
        lambda raw: raw + "\n",
        lambda raw: "",
        lambda raw: "\x00" * len(raw),
    ],
)
def test_damaged_key_is_nobody(ona: Actor, damage: Any) -> None:
    _key, raw = create_api_key(name="CRM", role=Role.ANALYST, days=30, by=ona, now=NOW)

    assert authenticate_api_key(raw=damage(raw), now=NOW) is None


def test_key_of_another_vendor_is_nobody(northwind: Vendor, umbra: Vendor) -> None:
    with tenant(northwind):
        by = actor(member("ona", Role.OWNER))
        _key, raw = create_api_key(name="CRM", role=Role.ANALYST, days=30, by=by, now=NOW)

    with tenant(umbra):
        assert authenticate_api_key(raw=raw, now=NOW) is None


def test_revoked_key_is_nobody_at_once(ona: Actor) -> None:
    key, raw = create_api_key(name="CRM", role=Role.ANALYST, days=30, by=ona, now=NOW)

    revoke_api_key(key=key, by=ona, now=NOW)

    assert authenticate_api_key(raw=raw, now=NOW) is None
    with pytest.raises(CannotRecord, match="revoked already"):
        revoke_api_key(key=key, by=ona, now=NOW)
    assert verbs() == ["api_key.created", "api_key.revoked"]


@pytest.mark.parametrize("days", [0, -1, 366])
def test_key_lives_for_one_day_to_a_year(ona: Actor, days: int) -> None:
    with pytest.raises(CannotRecord) as refusal:
        create_api_key(name="CRM", role=Role.ANALYST, days=days, by=ona, now=NOW)

    assert refusal.value.field == "days"


@pytest.mark.parametrize("role", [Role.OWNER, Role.CHANNEL_MANAGER, Role.PARTNER_ADMIN])
def test_key_has_no_role_of_a_person(ona: Actor, role: Role) -> None:
    with pytest.raises(CannotRecord) as refusal:
        create_api_key(name="CRM", role=role, days=30, by=ona, now=NOW)

    assert refusal.value.field == "role"


@pytest.mark.parametrize("role", [Role.PROGRAM_OWNER, Role.CHANNEL_MANAGER, Role.ANALYST])
def test_only_owners_create_and_revoke_keys(ona: Actor, role: Role) -> None:
    key, _raw = create_api_key(name="CRM", role=Role.ANALYST, days=30, by=ona, now=NOW)
    mara = actor(member("mara", role))

    with pytest.raises(NotAllowed):
        create_api_key(name="CRM", role=Role.ANALYST, days=30, by=mara, now=NOW)
    with pytest.raises(NotAllowed):
        revoke_api_key(key=key, by=mara, now=NOW)


# --- Logins and vendors ---------------------------------------------------------------------


def test_operator_founds_a_vendor_and_invites_its_owner_without_being_a_member(db: None) -> None:
    olga = user("olga", is_operator=True)

    vendor = found_vendor(
        slug="northwind",
        name="Northwind",
        award_prefix="NW",
        owner_email="ona@example.com",
        by=user_actor(olga),
        now=NOW,
        time_zone="Europe/Berlin",
    )

    assert doors(olga) == []
    with tenant(vendor):
        assert verbs() == ["vendor.created", "invitation.sent"]
        membership = accept_invitation(
            token=token_sent_to("ona@example.com"), user=user("ona"), now=NOW
        )
    assert membership.role == Role.OWNER
    assert [(door.vendor, door.role, door.partner) for door in doors(user("ona"))] == [
        (vendor, Role.OWNER, None)
    ]


def test_vendor_is_not_founded_when_its_owner_cannot_be_invited(db: None) -> None:
    with pytest.raises(CannotRecord):
        found_vendor(
            slug="northwind",
            name="Northwind",
            award_prefix="NW",
            owner_email="nobody",
            by=user_actor(user("olga", is_operator=True)),
            now=NOW,
        )

    assert not Vendor.objects.exists()


def test_owner_is_no_operator(ona: Actor) -> None:
    with pytest.raises(NotAllowed):
        create_user(email="sven@example.com", name="Sven", by=ona, now=NOW)


def test_inactive_operator_runs_nothing(db: None) -> None:
    olga = user("olga", is_operator=True, is_active=False)

    with pytest.raises(NotAllowed):
        create_user(email="sven@example.com", name="Sven", by=user_actor(olga), now=NOW)


def test_login_without_password_cannot_sign_in_yet(db: None) -> None:
    made = create_user(email="Olga@Example.com", name="Olga", by=SYSTEM, now=NOW, is_operator=True)

    assert made.email == "olga@example.com"
    assert not made.has_usable_password()


@pytest.mark.parametrize("taken", ["mara@example.com", "MARA@example.com", "second@example.com"])
def test_address_of_a_login_is_not_given_twice(db: None, taken: str) -> None:
    mara = user("mara")
    EmailAddress.objects.create(user=mara, email="second@example.com", verified=True)

    with pytest.raises(CannotRecord) as refusal:
        create_user(email=taken, name="Sven", by=SYSTEM, now=NOW)

    assert refusal.value.field == "email"


def test_doors_are_those_in_force_by_vendor_then_partner(northwind: Vendor, umbra: Vendor) -> None:
    with tenant(umbra):
        member("paul", Role.LEARNER, at=partner("bolt"))
    with tenant(northwind):
        member("paul", Role.ANALYST)
        member("paul", Role.PARTNER_ADMIN, at=partner("acme"))
        gone = member("paul", Role.PARTNER_ADMIN, at=partner("cobalt"))
        Membership.objects.filter(pk=gone.pk).update(ended_at=NOW)

    seen = [(door.vendor.name, door.partner and door.partner.name) for door in doors(user("paul"))]

    assert seen == [("Northwind", None), ("Northwind", "Acme"), ("Umbra", "Bolt")]
