"""Vendors are founded by operators; what a login opens."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress

from partners.enums import MembershipRole
from partners.models import Membership, Vendor
from partners.operations.access import accept_invitation, create_user, found_vendor
from partners.queries.access import doors, user_actor
from partners.refusals import CannotRecord
from partners.rules import SYSTEM, Actor, NotAllowed
from partners.tenancy.context import tenant
from tests.cast import NOW, member, partner, user
from tests.partners.access.traces import token_sent_to, verbs

Role = MembershipRole


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
