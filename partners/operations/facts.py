"""What every operation that writes a fact does last: ring the bell."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import connection, transaction

from partners.models import Vendor
from partners.signals import facts_changed
from partners.tenancy.context import current_vendor_id


def announce_facts() -> None:
    """Say once, after commit, that facts of the open vendor changed: somebody judges again.

    The due queue is the record; a bell that fails to ring is logged and the sweep makes up for it.
    """
    bell = _Bell(current_vendor_id())
    # One that is waiting survives whatever rolls back less than this change.
    if all(entry[1] != bell for entry in connection.run_on_commit):
        transaction.on_commit(bell, robust=True)


@dataclass(frozen=True, slots=True)
class _Bell:
    vendor_id: UUID

    def __call__(self) -> None:
        facts_changed.send(sender=Vendor, vendor_id=self.vendor_id)
