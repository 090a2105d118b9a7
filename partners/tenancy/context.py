"""The one door into a vendor's space."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Protocol
from uuid import UUID

from django.db import connection, transaction

_active: ContextVar[UUID | None] = ContextVar("vendor_id", default=None)


class HasId(Protocol):
    """A vendor, as far as its space is concerned."""

    @property
    def pk(self) -> UUID:
        """Return its id."""
        ...


class NoTenant(RuntimeError):
    """A walled table was asked for outside ``with tenant(vendor)``."""


class OtherTenant(RuntimeError):
    """A second vendor was opened, or a row of a second vendor written, inside the first."""


def current_vendor_id() -> UUID:
    """Return the vendor whose space is open.

    :raises NoTenant: outside ``with tenant(vendor)``.
    """
    vendor_id = _active.get()
    if vendor_id is None:
        raise NoTenant("No vendor is open: use `with tenant(vendor)`.")
    return vendor_id


def active_vendor_id() -> UUID | None:
    """Return the open vendor, or None outside every space (for cache keys and logs)."""
    return _active.get()


@contextmanager
def tenant(vendor: HasId | UUID) -> Iterator[None]:
    """Open one vendor's space for both walls, in a transaction of its own.

    The database setting is local to the transaction and emptied again on the way out, so that
    neither a pooled connection nor a committed savepoint carries a vendor over.

    :raises OtherTenant: if another vendor's space is open already.
    """
    vendor_id = vendor if isinstance(vendor, UUID) else vendor.pk
    outer = _active.get()
    if outer is not None and outer != vendor_id:
        raise OtherTenant(f"Vendor {outer} is open; vendor {vendor_id} cannot be opened inside it.")
    with transaction.atomic():
        _set_database_vendor(str(vendor_id))
        token = _active.set(vendor_id)
        try:
            yield
        finally:
            _active.reset(token)
        if outer is None and not connection.needs_rollback:
            _set_database_vendor("")


def _set_database_vendor(value: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.vendor_id', %s, true)", [value])
