"""What every operation that writes a fact does last: ring the bell."""

from django.db import transaction

from partners.models import Vendor
from partners.signals import facts_changed
from partners.tenancy.context import current_vendor_id


def announce_facts() -> None:
    """Say after commit that facts of the open vendor changed, so that somebody judges again.

    The due queue is the record; a bell that fails to ring is logged and the sweep makes up for it.
    """
    vendor_id = current_vendor_id()

    def ring() -> None:
        facts_changed.send(sender=Vendor, vendor_id=vendor_id)

    transaction.on_commit(ring, robust=True)
