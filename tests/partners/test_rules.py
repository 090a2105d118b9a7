"""Who may do what, as a truth table written apart from the code."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from partners.enums import PARTNER_ROLES, VENDOR_ROLES, ActorKind, MembershipRole
from partners.rules import (
    API_KEY_ROLES,
    SYSTEM,
    Actor,
    NotAllowed,
    Permission,
    Reach,
    can,
    grantable,
    reach_of,
    require,
)

# One column a role, in the order of MembershipRole: x = holds the permission.
#   owner, program owner, channel manager, reviewer, analyst,
#   partner admin, evidence editor, learner, partner viewer
TABLE = """
platform.run            ---------
workspace.use           xxxxx----
records.use             xxxxx----
portal.use              -----xxxx
partner.view            xxxxxxxxx
partner.edit            xxx------
people.view             xxxxxxx-x
people.edit             xxx--x---
catalog.edit            xx-------
certificate.view        xxxxxxx-x
certificate.record      xxx------
certificate.revoke      xxx------
customer.edit           xxx------
deployment.record       xxx--xx--
deployment.confirm      xxxx-----
survey.record           xxx------
evidence.record         xxxx-xx--
evidence.review         xx-x-----
figures.record          xxx------
program.view            xxxxxxxxx
program.publish         xx-------
accreditation.view      xxxxxxxxx
accreditation.start     xxx--x---
accreditation.recheck   xxx------
criterion.decide        xx-x-----
import.run              xxx------
members.vendor          x--------
members.partner         xxx--x---
api_keys.manage         x--------
audit.view              xx--x----
"""
ROWS = [line.split() for line in TABLE.strip().splitlines()]
CELLS = [
    (role, Permission(value), mark == "x")
    for value, marks in ROWS
    for role, mark in zip(MembershipRole, marks, strict=True)
]
ACME, BOLT = uuid4(), uuid4()
MARA = uuid4()


class Company:
    """A partner as a rule sees it."""

    def __init__(self, pk: UUID, manager_id: UUID | None = None) -> None:
        self.pk = pk
        self.manager_id = manager_id


def member(role: MembershipRole, kind: ActorKind = ActorKind.USER) -> Actor:
    partner_id = ACME if role in PARTNER_ROLES else None
    return Actor(kind=kind, id=uuid4(), role=role, membership_id=MARA, partner_id=partner_id)


def test_table_names_every_permission_once() -> None:
    assert [value for value, _marks in ROWS] == [permission.value for permission in Permission]


@pytest.mark.parametrize(("role", "permission", "holds"), CELLS)
def test_role_holds_exactly_the_permissions_of_the_table(
    role: MembershipRole, permission: Permission, holds: bool
) -> None:
    assert can(member(role), permission) is holds


@pytest.mark.parametrize(
    ("role", "acme", "managed", "bolt"),
    [
        (MembershipRole.OWNER, True, True, True),
        (MembershipRole.PROGRAM_OWNER, True, True, True),
        (MembershipRole.REVIEWER, True, True, True),
        (MembershipRole.ANALYST, True, True, True),
        (MembershipRole.CHANNEL_MANAGER, False, True, False),
        (MembershipRole.PARTNER_ADMIN, True, False, False),
        (MembershipRole.EVIDENCE_EDITOR, True, False, False),
        (MembershipRole.LEARNER, True, False, False),
        (MembershipRole.PARTNER_VIEWER, True, False, False),
    ],
)
def test_reach_ends_where_the_role_says(
    role: MembershipRole, acme: bool, managed: bool, bolt: bool
) -> None:
    who = member(role)

    assert can(who, Permission.PARTNER_VIEW, Company(ACME)) is acme
    assert can(who, Permission.PARTNER_VIEW, Company(uuid4(), manager_id=MARA)) is managed
    assert can(who, Permission.PARTNER_VIEW, Company(BOLT, manager_id=uuid4())) is bolt


def test_channel_manager_without_membership_reaches_no_unmanaged_partner() -> None:
    machine = Actor(kind=ActorKind.API_KEY, id=uuid4(), role=MembershipRole.CHANNEL_MANAGER)

    assert not can(machine, Permission.PARTNER_VIEW, Company(ACME))


@pytest.mark.parametrize("permission", Permission)
def test_stranger_may_do_nothing(permission: Permission) -> None:
    assert not can(Actor(kind=ActorKind.USER, id=uuid4()), permission)


@pytest.mark.parametrize("permission", Permission)
def test_system_may_do_everything_everywhere(permission: Permission) -> None:
    assert can(SYSTEM, permission, Company(BOLT))


@pytest.mark.parametrize("permission", Permission)
def test_operator_runs_the_platform_and_is_no_member_by_that(permission: Permission) -> None:
    operator = Actor(kind=ActorKind.USER, id=uuid4(), is_operator=True)

    assert can(operator, permission) is (permission == Permission.PLATFORM_RUN)


@pytest.mark.parametrize(
    "permission",
    [Permission.MEMBERS_VENDOR, Permission.MEMBERS_PARTNER, Permission.API_KEYS],
)
def test_key_lets_nobody_in_whatever_its_role(permission: Permission) -> None:
    assert not can(member(MembershipRole.OWNER, ActorKind.API_KEY), permission)


def test_key_may_do_the_other_things_of_its_role() -> None:
    assert can(member(MembershipRole.PROGRAM_OWNER, ActorKind.API_KEY), Permission.PARTNER_EDIT)


def test_keys_have_roles_that_need_no_person() -> None:
    assert {
        MembershipRole.PROGRAM_OWNER,
        MembershipRole.REVIEWER,
        MembershipRole.ANALYST,
    } == API_KEY_ROLES


@pytest.mark.parametrize("role", MembershipRole)
def test_reach_of_each_role(role: MembershipRole) -> None:
    expected = Reach.OWN if role in PARTNER_ROLES else Reach.ALL
    if role == MembershipRole.CHANNEL_MANAGER:
        expected = Reach.MANAGED

    assert reach_of(role) == expected


@pytest.mark.parametrize("role", MembershipRole)
def test_only_owners_give_roles_at_the_vendor(role: MembershipRole) -> None:
    expected = VENDOR_ROLES if role == MembershipRole.OWNER else frozenset()

    assert grantable(member(role), None) == expected


@pytest.mark.parametrize(
    ("role", "company", "may"),
    [
        (MembershipRole.OWNER, Company(BOLT), True),
        (MembershipRole.PROGRAM_OWNER, Company(BOLT), True),
        (MembershipRole.CHANNEL_MANAGER, Company(BOLT, manager_id=MARA), True),
        (MembershipRole.CHANNEL_MANAGER, Company(BOLT), False),
        (MembershipRole.REVIEWER, Company(BOLT), False),
        (MembershipRole.ANALYST, Company(BOLT), False),
        (MembershipRole.PARTNER_ADMIN, Company(ACME), True),
        (MembershipRole.PARTNER_ADMIN, Company(BOLT), False),
        (MembershipRole.EVIDENCE_EDITOR, Company(ACME), False),
        (MembershipRole.LEARNER, Company(ACME), False),
        (MembershipRole.PARTNER_VIEWER, Company(ACME), False),
    ],
)
def test_partner_roles_are_given_by_those_in_reach(
    role: MembershipRole, company: Company, may: bool
) -> None:
    assert grantable(member(role), company) == (PARTNER_ROLES if may else frozenset())


def test_require_names_the_missing_permission() -> None:
    with pytest.raises(NotAllowed) as refusal:
        require(member(MembershipRole.LEARNER), Permission.PEOPLE_EDIT)

    assert refusal.value.permission == Permission.PEOPLE_EDIT


def test_require_is_silent_when_allowed() -> None:
    require(member(MembershipRole.OWNER), Permission.PEOPLE_EDIT)
