"""What organizations are or have."""

from __future__ import annotations

from collections import defaultdict
from uuid import UUID

from accreditation.criteria.periods import Period
from accreditation.criteria.records import OrganizationAttribute
from partners.enums import AttributeKind
from partners.models import OrganizationAttribute as AttributeRow
from partners.models.attributes import typed


def attributes_of(partner_ids: list[UUID]) -> defaultdict[UUID, list[OrganizationAttribute]]:
    """Return the attributes of partners that were not withdrawn, by partner."""
    found: defaultdict[UUID, list[OrganizationAttribute]] = defaultdict(list)
    rows = AttributeRow.objects.filter(partner__in=partner_ids, withdrawn_at=None).values_list(
        "id", "partner_id", "name", "kind", "value", "started_on", "ended_on"
    )
    for pk, partner_id, name, kind, value, start, end in rows:
        meant = typed(AttributeKind(kind), value)
        found[partner_id].append(OrganizationAttribute(str(pk), name, meant, Period(start, end)))
    return found
