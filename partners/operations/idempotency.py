"""Makes a repeated write harmless: remembers its answer for a day."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from partners.models import IdempotencyRecord
from partners.tenancy.context import current_vendor_id

KEPT = timedelta(hours=24)
_MOST_REMOVED = 100


class StillRunning(RuntimeError):
    """Another request of this actor with this key has not finished."""


class KeyReused(ValueError):
    """The key was used for a different request."""


def claim_key(
    *, actor_id: UUID, key: str, request_digest: str, now: datetime
) -> IdempotencyRecord | None:
    """Return the answer already given, or None: then the key is this transaction's until it ends.

    The claim is a lock and leaves nothing behind, so a request that fails can be repeated.

    :raises StillRunning: while another transaction holds the key.
    :raises KeyReused: if the answer belongs to another request.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [lock_of(actor_id, key)])
        if not cursor.fetchone()[0]:
            raise StillRunning(key)
    record: IdempotencyRecord | None = IdempotencyRecord.objects.filter(
        actor_id=actor_id, key=key, expires_at__gt=now
    ).first()
    if record is not None and record.request_digest != request_digest:
        raise KeyReused(key)
    return record


def remember_answer(
    *,
    actor_id: UUID,
    key: str,
    request_digest: str,
    status: int,
    answer: Any,
    location: str,
    now: datetime,
) -> IdempotencyRecord:
    """Store the answer to a write for 24 hours and return it; forget expired ones.

    To be called in the transaction of the write, after ``claim_key``.
    """
    IdempotencyRecord.objects.filter(actor_id=actor_id, key=key, expires_at__lte=now).delete()
    # Skips rows that a neighbor removes at this moment: two deletions never wait for each other.
    expired = IdempotencyRecord.objects.filter(expires_at__lte=now).select_for_update(
        skip_locked=True
    )
    ids = list(expired.values_list("pk", flat=True)[:_MOST_REMOVED])
    IdempotencyRecord.objects.filter(pk__in=ids).delete()
    return IdempotencyRecord.objects.create(
        actor_id=actor_id,
        key=key,
        request_digest=request_digest,
        status=status,
        answer=answer,
        location=location,
        created_at=now,
        expires_at=now + KEPT,
    )


def lock_of(actor_id: UUID, key: str) -> int:
    """Return the advisory lock of a key: 64 bits of a digest over vendor, actor and key."""
    named = f"idempotency:{current_vendor_id()}:{actor_id}:{key}"
    return int.from_bytes(hashlib.sha256(named.encode()).digest()[:8], "big", signed=True)
