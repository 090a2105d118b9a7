"""Whether a verdict is about to be renewed."""

from __future__ import annotations

from datetime import datetime

from accreditation.models import DueMark
from partners.models import Partner


def is_due(partner: Partner, now: datetime) -> bool:
    """Return whether the partner waits to be judged: what is stored may be behind the facts."""
    return bool(DueMark.objects.filter(partner=partner, due_at__lte=now).exists())
