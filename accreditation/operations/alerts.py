"""Who is told when a standing changes."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from django.db.models import Q

from accreditation.models import Accreditation, Level
from partners.enums import MembershipRole
from partners.models import Membership
from partners.operations.outbox import record_notices


class Rule(StrEnum):
    """The events people are told about; the names are those of the webhooks."""

    GRANTED = "accreditation.granted"
    LEVEL_CHANGED = "accreditation.level_changed"
    RENEWED = "accreditation.renewed"
    GRACE_STARTED = "accreditation.grace_started"
    REINSTATED = "accreditation.reinstated"
    LAPSED = "accreditation.lapsed"


def tell(
    *, rule: Rule, accreditation: Accreditation, level: Level | None, on: date, now: datetime
) -> None:
    """Tell the partner's admins and the channel manager, each once per event and day."""
    partner = accreditation.partner
    recipients = Membership.objects.filter(
        Q(partner=partner, role=MembershipRole.PARTNER_ADMIN) | Q(pk=partner.manager_id),
        ended_at=None,
    )
    record_notices(
        rule=rule.value,
        subject_id=accreditation.pk,
        due_on=on,
        recipients=recipients,
        partner=partner,
        parameters={
            "program": accreditation.program.key,
            "level": level.key if level else None,
            "grace_ends_on": _text(accreditation.grace_ends_on),
        },
        now=now,
    )


def _text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
