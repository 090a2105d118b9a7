"""Seals the audit log, so that a later change of it shows."""

from __future__ import annotations

from datetime import datetime

from django.db import connection, transaction

from partners.models import AuditEntry, AuditSeal
from partners.operations.audit import lock_key
from partners.queries.audit import chain_digest, fingerprint

MOST_ENTRIES = 1_000
WAIT_MILLISECONDS = 2_000


@transaction.atomic
def seal(*, now: datetime) -> AuditSeal | None:
    """Seal the oldest unsealed entries of the open vendor, up to 1,000, and return the seal.

    None if everything is sealed. Holds writers of this vendor's audit log off until the transaction
    ends, so give it one of its own.

    :raises OperationalError: if a writer keeps its transaction open for more than two seconds: new
        writers queue behind a waiting seal, and the next sweep is early enough.
    """
    _hold_writers_off()
    head: AuditSeal | None = AuditSeal.objects.order_by("-first_sequence").first()
    entries = AuditEntry.objects.order_by("sequence")
    if head is not None:
        entries = entries.filter(sequence__gt=head.last_sequence)
    sealing = list(entries[:MOST_ENTRIES])
    if not sealing:
        return None
    fingerprints = {str(entry.sequence): fingerprint(entry) for entry in sealing}
    previous = head.digest if head is not None else ""
    written: AuditSeal = AuditSeal.objects.create(
        first_sequence=sealing[0].sequence,
        last_sequence=sealing[-1].sequence,
        entries=len(sealing),
        fingerprints=fingerprints,
        previous_digest=previous,
        digest=chain_digest(previous, fingerprints),
        sealed_at=now,
    )
    return written


def _hold_writers_off() -> None:
    """Take the vendor's audit lock alone: every lower sequence is committed or gone by then."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, true)", [str(WAIT_MILLISECONDS)])
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [*lock_key()])
