"""What organizations are or have."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from accreditation.criteria.periods import Period
from accreditation.criteria.records import OrganizationAttribute
from partners.enums import AttributeKind
from partners.models import OrganizationAttribute as AttributeRow
from partners.models.attributes import typed
from partners.tenancy.statements import written_once


def attributes_of(partner_ids: list[UUID]) -> defaultdict[UUID, list[OrganizationAttribute]]:
    """Return the attributes of partners that were not withdrawn, by partner."""
    found: defaultdict[UUID, list[OrganizationAttribute]] = defaultdict(list)
    for pk, partner_id, name, kind, value, start, end in _rows(partner_ids):
        meant = typed(AttributeKind(kind), value)
        found[partner_id].append(OrganizationAttribute(str(pk), name, meant, Period(start, end)))
    return found


@written_once
def _rows(partner_ids: Collection[UUID]) -> QuerySet[Any, Any]:
    return AttributeRow.objects.filter(partner__in=partner_ids, withdrawn_at=None).values_list(
        "id", "partner_id", "name", "kind", "value", "started_on", "ended_on"
    )
