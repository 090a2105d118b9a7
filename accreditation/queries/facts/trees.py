"""Who is above and below whom: head offices, branches, countries of one organization."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.db import connection

from accreditation.criteria.records import Kin
from partners.enums import PartnerState

DEEPEST = 16
"""No tree is deeper; a partner that were its own ancestor would be followed no further."""

_RELATIVES = """
WITH RECURSIVE below (base, member, depth) AS (
    SELECT id, id, 0 FROM partners_partner WHERE id = ANY(%(bases)s)
    UNION ALL
    SELECT b.base, p.id, b.depth + 1
      FROM below b JOIN partners_partner p ON p.parent_id = b.member
     WHERE b.depth < %(deepest)s
), above (base, member, depth) AS (
    SELECT id, parent_id, 1 FROM partners_partner WHERE id = ANY(%(bases)s)
    UNION ALL
    SELECT a.base, p.parent_id, a.depth + 1
      FROM above a JOIN partners_partner p ON p.id = a.member
     WHERE a.depth < %(deepest)s
), relatives (base, member, depth) AS (
    SELECT base, member, depth FROM below WHERE depth > 0
    UNION
    SELECT base, member, -depth FROM above WHERE member IS NOT NULL
)
SELECT r.base, r.member, r.depth
  FROM relatives r JOIN partners_partner p ON p.id = r.member
 WHERE p.state = %(active)s AND r.base <> r.member
 ORDER BY r.base, r.depth, r.member
"""


@dataclass(slots=True)
class Relatives:
    """The active partners around one, by how each is related to it, near ones first."""

    kin: dict[UUID, Kin] = field(default_factory=dict)

    @property
    def below(self) -> list[UUID]:
        """Everybody below, children included."""
        return [one for one, kin in self.kin.items() if kin is not Kin.ABOVE]


def relatives_of(partner_ids: Iterable[UUID]) -> defaultdict[UUID, Relatives]:
    """Return who is above and below each partner, in one statement."""
    found: defaultdict[UUID, Relatives] = defaultdict(Relatives)
    active = PartnerState.ACTIVE.value
    with connection.cursor() as cursor:
        cursor.execute(
            _RELATIVES, {"bases": list(partner_ids), "deepest": DEEPEST, "active": active}
        )
        for base, member, depth in cursor.fetchall():
            found[base].kin[member] = _kin(depth)
    return found


def _kin(depth: int) -> Kin:
    if depth < 0:
        return Kin.ABOVE
    return Kin.CHILD if depth == 1 else Kin.BELOW
