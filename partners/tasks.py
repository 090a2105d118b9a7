"""Background work of the ground floor: what a bell or a tick of the schedule starts.

Every task is safe to run twice and at the same time; the rows in PostgreSQL decide what is done.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from uuid import UUID

from celery import Task, shared_task
from django.utils import timezone

from partners.doorbell import ring
from partners.models import Vendor
from partners.operations import jobs
from partners.operations.delivery import deliver_due
from partners.operations.outbox import DELIVER
from partners.operations.seal import seal
from partners.queries.jobs import jobs_due
from partners.queries.outbox import vendors_with_mail_due
from partners.tenancy.context import NoTenant, tenant

__all__ = ["ring", "tenant_task"]


def tenant_task(*, name: str) -> Callable[[Callable[..., None]], Task[..., None]]:
    """Return the decorator of a task that works inside one vendor's space.

    The task takes ``vendor_id`` (text) as a keyword, and so does the function. It runs inside
    ``tenant(vendor_id)``: one transaction, so no outward call and no waiting in it.

    The task raises ``NoTenant`` without a vendor, ValueError for one that is no UUID.
    """

    def decorate(function: Callable[..., None]) -> Task[..., None]:
        @shared_task(name=name)
        @functools.wraps(function)
        def run(*, vendor_id: str = "", **kwargs: str) -> None:
            if not vendor_id:
                raise NoTenant(f"Task {name} was published without a vendor.")
            with tenant(UUID(vendor_id)):
                function(vendor_id=vendor_id, **kwargs)

        return run

    return decorate


@shared_task(name="partners.sweep_outbox")
def sweep_outbox() -> None:
    """Ring for every vendor that has mail due."""
    for vendor_id in vendors_with_mail_due(timezone.now()):
        ring(deliver_outbox, vendor_id=str(vendor_id))


@shared_task(name=DELIVER)
def deliver_outbox(*, vendor_id: str) -> None:
    """Send what is due of one vendor; outside of its space, for nothing leaves a transaction."""
    deliver_due(vendor_id=UUID(vendor_id), now=timezone.now())


@shared_task(name="partners.sweep_jobs")
def sweep_jobs() -> None:
    """Ring for every job that no worker has."""
    for vendor_id, job_id in jobs_due(timezone.now()):
        ring(run_job, vendor_id=str(vendor_id), job_id=str(job_id))


# Ends before the broker would hand the bell to a second worker (visibility_timeout, 900 s).
@shared_task(name=jobs.RUN_JOB, soft_time_limit=780, time_limit=840)
def run_job(*, vendor_id: str, job_id: str) -> None:
    """Run one job; it opens the vendor's space itself, once for each of its steps."""
    jobs.run_job(vendor_id=UUID(vendor_id), job_id=UUID(job_id), now=timezone.now())


@shared_task(name="partners.seal_audit")
def seal_audit() -> None:
    """Ring for every vendor: each log is sealed apart, so that none holds up the others."""
    for vendor_id in Vendor.objects.values_list("pk", flat=True):
        ring(seal_vendor, vendor_id=str(vendor_id))


@shared_task(name="partners.seal_vendor")
def seal_vendor(*, vendor_id: str) -> None:
    """Seal what is not sealed of one vendor, each seal in a transaction of its own."""
    sealed = True
    while sealed:
        with tenant(UUID(vendor_id)):
            sealed = seal(now=timezone.now()) is not None
