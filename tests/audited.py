"""Every operation writes exactly one audit entry: the test of that, for every test of an operation.

with one_entry("partner.created") as entries:
    create_partner(...)
entries[0].subject_ids
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from partners.models import AuditEntry


@contextmanager
def one_entry(verb: str) -> Iterator[list[AuditEntry]]:
    """Fail unless the block adds one entry of this verb; the list holds it after the block."""
    before = set(AuditEntry.objects.values_list("pk", flat=True))
    entries: list[AuditEntry] = []
    yield entries
    entries += AuditEntry.objects.exclude(pk__in=before).order_by("sequence")
    assert [entry.verb for entry in entries] == [verb]
