"""Every operation writes exactly one audit entry: the test of that, for every test of an operation.

with one_entry("partner.created") as entries:
    create_partner(...)
entries[0].subject_ids
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from partners.models import AuditEntry, Partner
from partners.operations import audit
from partners.rules import SYSTEM
from tests import cast
from tests.cast import NOW


@contextmanager
def one_entry(verb: str) -> Iterator[list[AuditEntry]]:
    """Fail unless the block adds one entry of this verb; the list holds it after the block."""
    before = set(AuditEntry.objects.values_list("pk", flat=True))
    entries: list[AuditEntry] = []
    yield entries
    entries += AuditEntry.objects.exclude(pk__in=before).order_by("sequence")
    assert [entry.verb for entry in entries] == [verb]


def act(count: int = 1, **changes: Any) -> list[int]:
    """Record operations about one partner and return the sequences of their entries."""
    acme = Partner.objects.filter(slug="acme").first() or cast.partner("acme")
    entries = [
        audit.record(
            by=SYSTEM,
            now=NOW,
            verb="partner.updated",
            subjects=[acme],
            partners=[acme.pk],
            changes={"number": number, "name": audit.digest("Acme"), **changes},
        )
        for number in range(count)
    ]
    return list(
        AuditEntry.objects.filter(pk__in=[entry.pk for entry in entries])
        .order_by("sequence")
        .values_list("sequence", flat=True)
    )
