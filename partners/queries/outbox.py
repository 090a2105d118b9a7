"""What waits to leave, and what could not."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import connection

from partners.models import OutboxItem


def vendors_with_mail_due(moment: datetime) -> list[UUID]:
    """Return the vendors that have something to send by then, across vendors."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT vendor_id FROM vendors_with_mail_due(%s)", [moment])
        return [vendor_id for (vendor_id,) in cursor.fetchall()]


def given_up_emails(*, most: int = 50) -> list[OutboxItem]:
    """Return the open vendor's messages that could not be delivered, the newest first."""
    return list(
        OutboxItem.objects.filter(given_up_at__isnull=False).order_by("-given_up_at")[:most]
    )
