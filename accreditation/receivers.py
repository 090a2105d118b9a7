"""Hears the bell of the fact-writing operations below."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.dispatch import receiver

from partners.doorbell import ring
from partners.signals import facts_changed


@receiver(facts_changed, dispatch_uid="accreditation.evaluate_due")
def evaluate_soon(*, vendor_id: UUID, **_: Any) -> None:
    """Send a worker to the vendor's due queue."""
    ring("accreditation.evaluate_due", vendor_id=str(vendor_id))
