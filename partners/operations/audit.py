"""Who did what, when: written in the same transaction as what was done."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, models

from partners.models import AuditEntry
from partners.rules import Actor
from partners.tenancy.context import current_vendor_id

MOST_SUBJECTS = 1_000


def record(
    *,
    by: Actor,
    now: datetime,
    verb: str,
    subjects: Sequence[models.Model],
    partners: Iterable[UUID] = (),
    changes: Mapping[str, Any] | None = None,
) -> AuditEntry:
    """Append one entry for one operation and return it.

    ``changes`` holds ids, codes, dates and figures; a personal value goes in as ``digest(value)``.

    :raises ValueError: for no subject, more than 1,000, or subjects of different kinds.
    """
    kinds = {subject._meta.model_name or "" for subject in subjects}
    if len(kinds) != 1 or len(subjects) > MOST_SUBJECTS:
        raise ValueError("An audit entry is about 1 to 1,000 objects of one kind.")
    hold_sealing_off()
    return AuditEntry.objects.create(
        at=now,
        actor_kind=by.kind,
        actor_id=by.id,
        verb=verb,
        subject_kind=kinds.pop(),
        subject_ids=[subject.pk for subject in subjects],
        partner_ids=list(dict.fromkeys(partners)),
        changes=dict(changes or {}),
    )


def digest(value: str) -> str:
    """Return a salted digest by which a personal value can be compared but not read."""
    salted = f"{current_vendor_id()}:{settings.SECRET_KEY}:{value}"
    return hashlib.sha256(salted.encode()).hexdigest()[:32]


def hold_sealing_off() -> None:
    """Share the vendor's audit lock until this transaction ends.

    Sealing takes it exclusively, so that no entry with a lower sequence can appear after its range
    was sealed. Writers share it and do not wait for each other.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s, hashtext(%s))", [*lock_key()])


def lock_key() -> tuple[int, str]:
    """Return the two parts of the open vendor's audit lock: a constant of ours, the vendor."""
    return 0x1A0D17, str(current_vendor_id())
