"""Writes the vendor's list of job roles, and the roles people hold in their employments."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_noop as _

from partners.models import Employment, EmploymentRole, JobRole
from partners.operations import audit
from partners.refusals import CannotRecord
from partners.rules import Actor, Permission, require


@transaction.atomic
def define_job_role(*, key: str, name: Mapping[str, str], by: Actor, now: datetime) -> JobRole:
    """Add a job role to the vendor's list and return it; ``name`` is ``{language: text}``.

    :raises CannotRecord: if the key is taken or no name is given.
    :raises NotAllowed: without ``catalog.edit``.
    """
    require(by, Permission.CATALOG_EDIT)
    if not any(name.values()):
        raise CannotRecord("name", _("A job role needs a name."))
    if JobRole.objects.filter(key=key).exists():
        raise CannotRecord("key", _("“%(key)s” is taken."), key=key)
    role: JobRole = JobRole.objects.create(key=key, name=dict(name))
    audit.record(by=by, now=now, verb="job_role.defined", subjects=[role], changes={"key": key})
    return role


@dataclass(frozen=True, slots=True)
class NewRoles:
    """Exactly the job roles to hold from a day on."""

    job_roles: Sequence[JobRole]
    on: date


@dataclass(frozen=True, slots=True)
class RoleChange:
    """How an employment's roles follow a change of it.

    ``employment`` has its new end already, ``ended_before`` is the one until now. ``to`` None keeps
    the roles and moves only their ends.
    """

    employment: Employment
    ended_before: date | None
    to: NewRoles | None = None


def rewrite_job_roles(changes: Sequence[RoleChange]) -> None:
    """Bring the roles of the employments in line, in a fixed number of statements.

    Part of an operation that checks permission and writes the audit entry. Days before the change
    stay as they were; a role planned for days that are now outside is dropped.
    """
    held: dict[UUID, list[EmploymentRole]] = defaultdict(list)
    employments = [change.employment for change in changes]
    for role in EmploymentRole.objects.filter(employment__in=employments):
        held[role.employment_id].append(role)
    dropped: list[UUID] = []
    kept: list[EmploymentRole] = []
    added: list[EmploymentRole] = []
    for change in changes:
        staying = [role for role in held[change.employment.pk] if _follows(role, change)]
        if change.to is not None:
            staying = [role for role in staying if _stays(role, change.to, change.employment)]
            added.extend(_missing(staying, change.to, change.employment))
        kept.extend(staying)
        dropped.extend({role.pk for role in held[change.employment.pk]} - _ids(staying))
    EmploymentRole.objects.filter(pk__in=dropped).delete()
    EmploymentRole.objects.bulk_update(kept, ["ended_on"])
    EmploymentRole.objects.bulk_create(added)


def _follows(role: EmploymentRole, change: RoleChange) -> bool:
    """Move the end of a role that goes as long as the employment; False if no day is left."""
    end = change.employment.ended_on
    beyond = role.ended_on is None or (end is not None and role.ended_on > end)
    if beyond or role.ended_on == change.ended_before:
        role.ended_on = end
    return end is None or role.started_on < end


def _stays(role: EmploymentRole, to: NewRoles, employment: Employment) -> bool:
    """Let a role go on or end it on the day of the change; False if no day is left."""
    if role.started_on > to.on:
        return False
    if role.ended_on is not None and role.ended_on < to.on:
        return True
    if role.job_role_id in _ids(to.job_roles):
        role.ended_on = employment.ended_on
        return True
    role.ended_on = to.on
    return role.started_on < to.on


def _missing(
    staying: Sequence[EmploymentRole], to: NewRoles, employment: Employment
) -> list[EmploymentRole]:
    going_on = {
        role.job_role_id for role in staying if role.ended_on is None or role.ended_on > to.on
    }
    wanted = {role.pk: role for role in to.job_roles if role.pk not in going_on}
    return [
        EmploymentRole(
            employment=employment,
            job_role=role,
            started_on=to.on,
            ended_on=employment.ended_on,
        )
        for role in wanted.values()
    ]


def _ids(rows: Sequence[EmploymentRole] | Sequence[JobRole]) -> set[UUID]:
    return {row.pk for row in rows}
