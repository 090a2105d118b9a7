"""Who may do what: one table of permissions, asked everywhere through ``can`` and ``require``.

The table is printed into ``docs/permissions.md`` by ``manage.py print_permissions``.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, Self
from uuid import UUID

from partners.enums import PARTNER_ROLES, VENDOR_ROLES, ActorKind, MembershipRole

Role = MembershipRole


class Permission(StrEnum):
    """One thing that somebody may do. The value's first part is the noun it is about."""

    meaning: str

    def __new__(cls, value: str, meaning: str) -> Self:
        """Make the permission a plain string that also knows its meaning for people."""
        permission = str.__new__(cls, value)
        permission._value_ = value
        permission.meaning = meaning
        return permission

    PLATFORM_RUN = "platform.run", "Create vendors and logins of operators"
    WORKSPACE_USE = "workspace.use", "Open the vendor's workspace"
    RECORDS_USE = "records.use", "Open the vendor's records"
    PORTAL_USE = "portal.use", "Open the partner portal"
    PARTNER_VIEW = "partner.view", "See partners"
    PARTNER_EDIT = "partner.edit", "Create, change and end partners and their locations"
    PEOPLE_VIEW = "people.view", "See people and where they work"
    PEOPLE_EDIT = "people.edit", "Record people, employments and job roles"
    CATALOG_EDIT = "catalog.edit", "Change certifications, courses and job roles of the catalog"
    CERTIFICATE_VIEW = "certificate.view", "See certificates"
    CERTIFICATE_RECORD = "certificate.record", "Record certificates and finished courses"
    CERTIFICATE_REVOKE = (
        "certificate.revoke",
        "Revoke and pause certificates, withdraw finished courses",
    )
    CUSTOMER_EDIT = "customer.edit", "Correct customers, and link two entries of one"
    DEPLOYMENT_RECORD = (
        "deployment.record",
        "Record customers, deployments, references and transactions",
    )
    DEPLOYMENT_CONFIRM = (
        "deployment.confirm",
        "Confirm, accept and withdraw deployments, references and transactions",
    )
    SURVEY_RECORD = "survey.record", "Record and withdraw what customers answered in surveys"
    EVIDENCE_RECORD = (
        "evidence.record",
        "Record documents, attestations, checklists, agreements and listings, to be reviewed",
    )
    EVIDENCE_REVIEW = (
        "evidence.review",
        "Accept, score and withdraw documents, attestations and checklists; record audits",
    )
    FIGURES_RECORD = "figures.record", "Record agreements, listings, fees and figures that count"
    PROGRAM_VIEW = "program.view", "See programs and their rules"
    PROGRAM_PUBLISH = "program.publish", "Write and publish versions of programs"
    ACCREDITATION_VIEW = "accreditation.view", "See standings and what they follow from"
    ACCREDITATION_START = "accreditation.start", "Start a partner in a program"
    ACCREDITATION_RECHECK = "accreditation.recheck", "Have a partner judged again"
    CRITERION_DECIDE = "criterion.decide", "Decide requirements that a person judges"
    IMPORT_RUN = "import.run", "Import files"
    MEMBERS_VENDOR = "members.vendor", "Invite, change and end members of the vendor"
    MEMBERS_PARTNER = "members.partner", "Invite, change and end members of a partner"
    API_KEYS = "api_keys.manage", "Create and revoke API keys"
    AUDIT_VIEW = "audit.view", "Read the audit log"


P = Permission

_SEE_VENDOR_SIDE = frozenset(
    {
        P.WORKSPACE_USE,
        P.RECORDS_USE,
        P.PARTNER_VIEW,
        P.PEOPLE_VIEW,
        P.CERTIFICATE_VIEW,
        P.PROGRAM_VIEW,
        P.ACCREDITATION_VIEW,
    }
)
_RUN_PARTNERS = frozenset(
    {
        P.PARTNER_EDIT,
        P.PEOPLE_EDIT,
        P.CERTIFICATE_RECORD,
        P.CERTIFICATE_REVOKE,
        P.CUSTOMER_EDIT,
        P.DEPLOYMENT_RECORD,
        P.DEPLOYMENT_CONFIRM,
        P.SURVEY_RECORD,
        P.EVIDENCE_RECORD,
        P.FIGURES_RECORD,
        P.ACCREDITATION_START,
        P.ACCREDITATION_RECHECK,
        P.MEMBERS_PARTNER,
        P.IMPORT_RUN,
    }
)
_REVIEW = frozenset({P.CRITERION_DECIDE, P.EVIDENCE_RECORD, P.EVIDENCE_REVIEW})
_SEE_PARTNER_SIDE = frozenset(
    {
        P.PORTAL_USE,
        P.PARTNER_VIEW,
        P.PEOPLE_VIEW,
        P.CERTIFICATE_VIEW,
        P.PROGRAM_VIEW,
        P.ACCREDITATION_VIEW,
    }
)

# What a partner says waits for the vendor.
_HAND_IN = frozenset({P.DEPLOYMENT_RECORD, P.EVIDENCE_RECORD})

ROLES: dict[MembershipRole, frozenset[Permission]] = {
    Role.OWNER: _SEE_VENDOR_SIDE
    | _RUN_PARTNERS
    | _REVIEW
    | {P.CATALOG_EDIT, P.PROGRAM_PUBLISH, P.MEMBERS_VENDOR, P.API_KEYS, P.AUDIT_VIEW},
    Role.PROGRAM_OWNER: _SEE_VENDOR_SIDE
    | _RUN_PARTNERS
    | _REVIEW
    | {P.CATALOG_EDIT, P.PROGRAM_PUBLISH, P.AUDIT_VIEW},
    Role.CHANNEL_MANAGER: _SEE_VENDOR_SIDE | _RUN_PARTNERS,
    Role.REVIEWER: _SEE_VENDOR_SIDE | _REVIEW | {P.DEPLOYMENT_CONFIRM},
    Role.ANALYST: _SEE_VENDOR_SIDE | {P.AUDIT_VIEW},
    Role.PARTNER_ADMIN: _SEE_PARTNER_SIDE
    | _HAND_IN
    | {P.PEOPLE_EDIT, P.ACCREDITATION_START, P.MEMBERS_PARTNER},
    Role.EVIDENCE_EDITOR: _SEE_PARTNER_SIDE | _HAND_IN,
    Role.LEARNER: frozenset({P.PORTAL_USE, P.PARTNER_VIEW, P.PROGRAM_VIEW, P.ACCREDITATION_VIEW}),
    Role.PARTNER_VIEWER: _SEE_PARTNER_SIDE,
}


# What the platform's operators may do, who are no members of any vendor by that.
OPERATOR: frozenset[Permission] = frozenset({P.PLATFORM_RUN})

# Who gets in is decided by people: a key that leaks must not be able to let others in.
PEOPLE_ONLY: frozenset[Permission] = frozenset({P.MEMBERS_VENDOR, P.MEMBERS_PARTNER, P.API_KEYS})

# A key manages no partner, so a channel manager's reach would be empty. Owners are people.
API_KEY_ROLES: frozenset[MembershipRole] = VENDOR_ROLES - {Role.OWNER, Role.CHANNEL_MANAGER}


class Reach(StrEnum):
    """Which partners a membership role's permissions are about."""

    ALL = "every partner of the vendor"
    MANAGED = "the partners they manage"
    OWN = "their own partner"


def reach_of(role: MembershipRole) -> Reach:
    """Return which partners the role's permissions are about."""
    if role in PARTNER_ROLES:
        return Reach.OWN
    return Reach.MANAGED if role == Role.CHANNEL_MANAGER else Reach.ALL


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks or writes, inside one vendor.

    ``role`` is None for the system and for a signed-in stranger, who may do nothing.
    """

    kind: ActorKind
    id: UUID | None = None
    name: str = ""
    role: MembershipRole | None = None
    membership_id: UUID | None = None
    partner_id: UUID | None = None
    is_operator: bool = False

    @property
    def managed_only(self) -> bool:
        """Return whether this actor's reach ends at the partners they manage."""
        return self.role is not None and reach_of(self.role) == Reach.MANAGED

    @property
    def person_id(self) -> UUID:
        """Return the login behind the actor, for what only people do.

        :raises ValueError: for the system and for keys.
        """
        if self.kind != ActorKind.USER or self.id is None:
            raise ValueError("Only a person does this.")
        return self.id


SYSTEM = Actor(kind=ActorKind.SYSTEM, name="system")


class PartnerLike(Protocol):
    """What a rule needs to know of a partner."""

    pk: UUID
    manager_id: UUID | None


class NotAllowed(PermissionError):
    """The actor may not do this, here."""

    def __init__(self, permission: Permission) -> None:
        super().__init__(permission.value)
        self.permission = permission


def can(actor: Actor, permission: Permission, partner: PartnerLike | None = None) -> bool:
    """Return whether the actor holds the permission and the partner, if any, is in their reach.

    The system may do everything: it acts only through tasks and commands.
    """
    if actor.kind == ActorKind.SYSTEM:
        return True
    if permission in OPERATOR:
        return actor.is_operator
    if actor.role is None or permission not in ROLES[actor.role]:
        return False
    if actor.kind == ActorKind.API_KEY and permission in PEOPLE_ONLY:
        return False
    return partner is None or _reaches(actor, partner)


def require(actor: Actor, permission: Permission, partner: PartnerLike | None = None) -> None:
    """Raise unless ``can``.

    :raises NotAllowed: with the permission that is missing.
    """
    if not can(actor, permission, partner):
        raise NotAllowed(permission)


def members_permission(partner: PartnerLike | None) -> Permission:
    """Return what it takes to let people in: at the partner, or at the vendor if None."""
    return Permission.MEMBERS_VENDOR if partner is None else Permission.MEMBERS_PARTNER


def grantable(actor: Actor, partner: PartnerLike | None) -> frozenset[MembershipRole]:
    """Return the roles that the actor may give at the partner, or at the vendor if None."""
    if not can(actor, members_permission(partner), partner):
        return frozenset()
    return VENDOR_ROLES if partner is None else PARTNER_ROLES


def _reaches(actor: Actor, partner: PartnerLike) -> bool:
    if actor.partner_id is not None:
        return partner.pk == actor.partner_id
    if not actor.managed_only:
        return True
    return actor.membership_id is not None and partner.manager_id == actor.membership_id
