"""What every walled table is built from: the loud ORM scope."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Generic, TypeVar

from django.db import models

from partners.tenancy.context import OtherTenant, current_vendor_id
from partners.tenancy.keys import VendorKey, new_id

M = TypeVar("M", bound=models.Model)

_STAYS = "A row never moves to another vendor."


class TenantQuerySet(models.QuerySet[M], Generic[M]):
    """Rows of the open vendor; refuses to write another vendor's."""

    def _insert(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> Any:
        vendor_id = current_vendor_id()
        objs = list(objs)
        for row in objs:
            if row.vendor_id != vendor_id:
                raise OtherTenant(f"{row!r} belongs to vendor {row.vendor_id}, not {vendor_id}.")
        return super()._insert(objs, *args, **kwargs)  # type: ignore[misc]

    def update(self, **kwargs: Any) -> int:
        """Change rows; a row never moves to another vendor.

        :raises OtherTenant: if the vendor is among the changes.
        """
        if {"vendor", "vendor_id"} & kwargs.keys():
            raise OtherTenant(_STAYS)
        return super().update(**kwargs)

    def _update(self, values: Iterable[tuple[Any, Any, Any]]) -> int:
        # How ``save`` writes a row that exists: with the vendor, which must be the open one.
        values = list(values)
        vendor_id = current_vendor_id()
        if any(field.name == "vendor" and value != vendor_id for field, _, value in values):
            raise OtherTenant(_STAYS)
        return int(super()._update(values))  # type: ignore[misc]


class TenantManager(models.Manager[M], Generic[M]):
    """Asks only the open vendor's rows.

    Also the base manager, so that related objects and refreshes stay inside.
    """

    _queryset_class: type[TenantQuerySet[M]] = TenantQuerySet

    def get_queryset(self) -> TenantQuerySet[M]:
        """Return the open vendor's rows.

        :raises NoTenant: outside ``with tenant(vendor)``.
        """
        return self._queryset_class(model=self.model, using=self._db).filter(
            vendor_id=current_vendor_id()
        )

    def none(self) -> TenantQuerySet[M]:
        """Return no rows. Asks nothing, so it needs no vendor: a declaration may hold it."""
        return self._queryset_class(model=self.model, using=self._db).none()


class TenantModel(models.Model):
    """A row of one vendor, behind both walls. Its migration must add ``VendorIsolation``."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    vendor = VendorKey(
        "partners.Vendor",
        on_delete=models.PROTECT,
        default=current_vendor_id,
        editable=False,
        related_name="+",
    )

    objects = TenantManager()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Remove the row and return how many rows went, by table.

        Django deletes by primary key alone, past the manager.

        :raises OtherTenant: for a row of a vendor that is not open.
        """
        if self.vendor_id != current_vendor_id():
            raise OtherTenant(f"{self!r} belongs to vendor {self.vendor_id}.")
        return super().delete(*args, **kwargs)
