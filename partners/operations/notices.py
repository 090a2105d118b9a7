"""Writes that a member has read what they were told."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from partners.queries.notices import inbox
from partners.rules import Actor


@transaction.atomic
def mark_read(*, by: Actor, now: datetime) -> int:
    """Mark the member's notices as read and return how many were new.

    Reading is no change of the vendor's records and leaves no audit entry.
    """
    return inbox(by).filter(read_at=None).update(read_at=now)
