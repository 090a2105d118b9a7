"""The worker's part: judge what is due. Safe to run twice, late, or at the same time."""

from __future__ import annotations

from uuid import UUID

from celery import shared_task
from django.db import connection
from django.utils import timezone

from accreditation.operations.due import evaluate_next
from partners.tenancy.context import tenant


@shared_task(name="accreditation.evaluate_due")
def evaluate_due(*, vendor_id: str) -> None:
    """Judge one vendor's due partners, a batch a transaction, until nothing is due."""
    judged = 1
    while judged:
        with tenant(UUID(vendor_id)):
            judged = evaluate_next(now=timezone.now())


@shared_task(name="accreditation.sweep_due")
def sweep_due() -> None:
    """Ring for every vendor with partners due: finds what no bell announced."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT vendor_id FROM vendors_with_partners_due(now())")
        vendors = cursor.fetchall()
    for (vendor_id,) in vendors:
        evaluate_due.delay(vendor_id=str(vendor_id))
