"""Who may do what: one table of permissions, asked everywhere through ``can`` and ``require``.

The table is printed into ``docs/permissions.md`` by ``manage.py print_permissions``.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from partners.enums import ActorKind, MembershipRole

Role = MembershipRole


class Permission(StrEnum):
    """One thing that somebody may do. The value's first part is the noun it is about."""

    WORKSPACE_USE = "workspace.use"
    RECORDS_USE = "records.use"
    PORTAL_USE = "portal.use"
    PARTNER_VIEW = "partner.view"
    PARTNER_EDIT = "partner.edit"
    PEOPLE_VIEW = "people.view"
    PEOPLE_EDIT = "people.edit"
    CATALOG_EDIT = "catalog.edit"
    CERTIFICATE_VIEW = "certificate.view"
    CERTIFICATE_RECORD = "certificate.record"
    CERTIFICATE_REVOKE = "certificate.revoke"
    PROGRAM_VIEW = "program.view"
    PROGRAM_PUBLISH = "program.publish"
    ACCREDITATION_VIEW = "accreditation.view"
    ACCREDITATION_START = "accreditation.start"
    ACCREDITATION_RECHECK = "accreditation.recheck"
    IMPORT_RUN = "import.run"
    MEMBERS_VENDOR = "members.vendor"
    MEMBERS_PARTNER = "members.partner"
    API_KEYS = "api_keys.manage"
    AUDIT_VIEW = "audit.view"


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
        P.ACCREDITATION_START,
        P.ACCREDITATION_RECHECK,
        P.MEMBERS_PARTNER,
        P.IMPORT_RUN,
    }
)
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

ROLES: dict[MembershipRole, frozenset[Permission]] = {
    Role.OWNER: _SEE_VENDOR_SIDE
    | _RUN_PARTNERS
    | {P.CATALOG_EDIT, P.PROGRAM_PUBLISH, P.MEMBERS_VENDOR, P.API_KEYS, P.AUDIT_VIEW},
    Role.PROGRAM_OWNER: _SEE_VENDOR_SIDE
    | _RUN_PARTNERS
    | {P.CATALOG_EDIT, P.PROGRAM_PUBLISH, P.AUDIT_VIEW},
    Role.CHANNEL_MANAGER: _SEE_VENDOR_SIDE | _RUN_PARTNERS,
    Role.REVIEWER: _SEE_VENDOR_SIDE,
    Role.ANALYST: _SEE_VENDOR_SIDE | {P.AUDIT_VIEW},
    Role.PARTNER_ADMIN: _SEE_PARTNER_SIDE
    | {P.PEOPLE_EDIT, P.ACCREDITATION_START, P.MEMBERS_PARTNER},
    Role.EVIDENCE_EDITOR: _SEE_PARTNER_SIDE,
    Role.LEARNER: frozenset({P.PORTAL_USE, P.PARTNER_VIEW, P.PROGRAM_VIEW, P.ACCREDITATION_VIEW}),
    Role.PARTNER_VIEWER: _SEE_PARTNER_SIDE,
}


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

    @property
    def managed_only(self) -> bool:
        """Return whether this actor's reach ends at the partners they manage."""
        return self.role == Role.CHANNEL_MANAGER


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
    if actor.role is None or permission not in ROLES[actor.role]:
        return False
    if partner is None:
        return True
    if actor.partner_id is not None:
        return partner.pk == actor.partner_id
    return not actor.managed_only or partner.manager_id == actor.membership_id


def require(actor: Actor, permission: Permission, partner: PartnerLike | None = None) -> None:
    """Raise unless ``can``.

    :raises NotAllowed: with the permission that is missing.
    """
    if not can(actor, permission, partner):
        raise NotAllowed(permission)
