"""Who is told when a standing changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from django.db.models import Q

from accreditation.models import Accreditation, Level
from partners.enums import MembershipRole
from partners.models import Membership, Partner
from partners.operations.outbox import record_notices


class Rule(StrEnum):
    """The events people are told about; the names are those of the webhooks."""

    GRANTED = "accreditation.granted"
    LEVEL_CHANGED = "accreditation.level_changed"
    RENEWED = "accreditation.renewed"
    GRACE_STARTED = "accreditation.grace_started"
    REINSTATED = "accreditation.reinstated"
    LAPSED = "accreditation.lapsed"


@dataclass(frozen=True, slots=True)
class News:
    """One event to tell; ``level`` is the one it is about."""

    rule: Rule
    accreditation: Accreditation
    level: Level | None


def tell(news: Sequence[News], *, on: date, now: datetime) -> None:
    """Tell the partners' admins and channel managers, each once per event and day."""
    if not news:
        return
    recipients = _recipients({one.accreditation.partner for one in news})
    for one in news:
        accreditation = one.accreditation
        record_notices(
            rule=one.rule.value,
            subject_id=accreditation.pk,
            due_on=on,
            recipients=recipients[accreditation.partner_id],
            partner=accreditation.partner,
            parameters={
                "program": accreditation.program.key,
                "level": one.level.key if one.level else None,
                "grace_ends_on": _text(accreditation.grace_ends_on),
            },
            now=now,
        )


def _recipients(partners: set[Partner]) -> defaultdict[UUID, list[Membership]]:
    """Return whom to tell about each partner, in one statement."""
    managed: defaultdict[UUID, list[Partner]] = defaultdict(list)
    for partner in partners:
        if partner.manager_id is not None:
            managed[partner.manager_id].append(partner)
    members = Membership.objects.filter(
        Q(partner__in=partners, role=MembershipRole.PARTNER_ADMIN) | Q(pk__in=managed),
        ended_at=None,
    )
    found: defaultdict[UUID, list[Membership]] = defaultdict(list)
    for member in members:
        if member.partner_id is not None:
            found[member.partner_id].append(member)
        for partner in managed[member.pk]:
            found[partner.pk].append(member)
    return found


def _text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
