"""Background work of the ground floor: what a bell or a tick of the schedule starts."""

from __future__ import annotations

import functools
from collections.abc import Callable
from uuid import UUID

from celery import Task, shared_task

from partners.doorbell import ring
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
