"""Members: roles change, memberships end, an owner stays."""

from __future__ import annotations

import pytest

from partners.enums import MembershipRole
from partners.models import AuditEntry, Partner, Vendor
from partners.operations.access import add_member, change_role, end_membership
from partners.queries.access import members
from partners.refusals import CannotRecord
from partners.rules import SYSTEM, Actor, NotAllowed
from partners.tenancy.context import tenant
from tests.cast import NOW, actor, member, partner, user
from tests.partners.access.traces import verbs

Role = MembershipRole


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
