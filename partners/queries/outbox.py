"""What waits to leave."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import connection


def vendors_with_mail_due(moment: datetime) -> list[UUID]:
    """Return the vendors that have something to send by then, across vendors."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT vendor_id FROM vendors_with_mail_due(%s)", [moment])
        return [vendor_id for (vendor_id,) in cursor.fetchall()]
