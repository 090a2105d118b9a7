"""Asks what partners are or have."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from partners.models import OrganizationAttribute, Partner


def attributes_of(partner: Partner, on: date) -> QuerySet[OrganizationAttribute]:
    """Return the attributes of the partner on a day, by name."""
    in_force: QuerySet[OrganizationAttribute] = OrganizationAttribute.objects.filter(
        Q(ended_on=None) | Q(ended_on__gt=on),
        partner=partner,
        withdrawn_at=None,
        started_on__lte=on,
    )
    return in_force.order_by("name")


def attributes_on_record(
    lines: Iterable[tuple[UUID, str]],
) -> dict[tuple[UUID, str, date], OrganizationAttribute]:
    """Return all values of these attributes by partner, name and first day."""
    wanted = set(lines)
    rows = OrganizationAttribute.objects.filter(
        partner__in={partner for partner, _name in wanted},
        name__in={name for _partner, name in wanted},
        withdrawn_at=None,
    )
    return {(one.partner_id, one.name, one.started_on): one for one in rows}
