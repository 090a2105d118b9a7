"""With Northwind open nothing reads or writes a row of Umbra: on every table, each wall alone."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, models, transaction

from accreditation.models import Listing
from partners.models import Partner, Vendor
from partners.tenancy.context import OtherTenant, tenant
from partners.tenancy.keys import TenantForeignKey
from partners.tenancy.models import TenantManager, TenantModel, TenantQuerySet
from tests.isolation.population import WALLED

pytestmark = pytest.mark.django_db
Vendors = dict[str, Vendor]
# The published projection may be read by everybody.
PRIVATE = [model for model in WALLED if model is not Listing]
each_table = pytest.mark.parametrize("model", WALLED, ids=lambda model: model._meta.label)


def rows_of(model: type[TenantModel], vendor: Vendor) -> list[Any]:
    with tenant(vendor):
        return list(model.objects.all())


@each_table
def test_both_vendors_have_a_row(vendors: Vendors, model: type[TenantModel]) -> None:
    """Otherwise nothing could leak and the tests below would say nothing: see population.py."""
    assert rows_of(model, vendors["northwind"])
    assert rows_of(model, vendors["umbra"])


# --- The wall of the database alone ------------------------------------------------------------


@pytest.mark.parametrize("model", PRIVATE, ids=lambda model: model._meta.label)
def test_sql_reads_nothing_of_the_other_vendor(vendors: Vendors, model: type[TenantModel]) -> None:
    with tenant(vendors["northwind"]), connection.cursor() as cursor:
        cursor.execute(f"SELECT DISTINCT vendor_id FROM {model._meta.db_table}")
        assert cursor.fetchall() == [(vendors["northwind"].pk,)]


@each_table
def test_sql_writes_nothing_of_the_other_vendor(vendors: Vendors, model: type[TenantModel]) -> None:
    table, foreign = model._meta.db_table, [row.pk for row in rows_of(model, vendors["umbra"])]

    for statement in (
        f"UPDATE {table} SET vendor_id = vendor_id WHERE id = ANY(%s)",
        f"DELETE FROM {table} WHERE id = ANY(%s)",
    ):
        assert affected(vendors["northwind"], statement, foreign) == 0


def affected(vendor: Vendor, statement: str, ids: list[UUID]) -> int:
    """Return how many rows the statement touches; none where the role has no right to it."""
    try:
        with transaction.atomic(), tenant(vendor), connection.cursor() as cursor:
            cursor.execute(statement, [ids])
            return int(cursor.rowcount)
    except DatabaseError as error:
        if "permission denied" not in str(error):
            raise
        return 0


# --- The wall of the ORM alone: as the owner, whose policy shows every row ---------------------


def test_owner_sees_both_vendors(vendors: Vendors, owner_alias: str) -> None:
    every = models.QuerySet(Partner, using=owner_alias)

    assert set(every.values_list("vendor_id", flat=True)) == {one.pk for one in vendors.values()}


def test_every_door_to_the_rows_is_the_strict_one() -> None:
    for model in WALLED:
        for manager in (model._default_manager, model._base_manager, *model._meta.managers):
            assert isinstance(manager, TenantManager), model
            assert issubclass(manager._queryset_class, TenantQuerySet), model


@each_table
def test_orm_reads_nothing_of_the_other_vendor(
    vendors: Vendors, owner_alias: str, model: type[TenantModel]
) -> None:
    foreign = [row.pk for row in rows_of(model, vendors["umbra"])]

    with tenant(vendors["northwind"]):
        rows = model.objects.using(owner_alias).filter(pk__in=foreign)
        assert not rows.exists()
        assert rows.count() == 0
        assert rows.aggregate(models.Count("pk")) == {"pk__count": 0}
        assert list(rows.values_list("pk")) == []
        assert model.objects.using(owner_alias).in_bulk(foreign) == {}
        assert not model._base_manager.using(owner_alias).filter(pk__in=foreign).exists()
        with pytest.raises(model.DoesNotExist):
            model.objects.using(owner_alias).get(pk=foreign[0])


@each_table
def test_orm_changes_nothing_of_the_other_vendor(
    vendors: Vendors, owner_alias: str, model: type[TenantModel]
) -> None:
    foreign = rows_of(model, vendors["umbra"])
    field = next(
        one.name for one in model._meta.concrete_fields if one.name not in {"id", "vendor"}
    )

    with transaction.atomic(using=owner_alias), tenant(vendors["northwind"]):
        rows = model.objects.using(owner_alias).filter(pk__in=[row.pk for row in foreign])
        assert rows.update(**{field: models.F(field)}) == 0
        assert model.objects.using(owner_alias).bulk_update(foreign, [field]) == 0
        assert rows.delete() == (0, {})
        for attempt in (foreign[0].save, foreign[0].delete):
            with pytest.raises(OtherTenant):
                attempt(using=owner_alias)
        transaction.set_rollback(True, using=owner_alias)


@each_table
def test_orm_adds_nothing_to_the_other_vendor(
    vendors: Vendors, owner_alias: str, model: type[TenantModel]
) -> None:
    umbra = vendors["umbra"]

    with tenant(vendors["northwind"]):
        for attempt in (
            lambda: model.objects.using(owner_alias).create(vendor=umbra),
            lambda: model.objects.using(owner_alias).bulk_create([model(vendor=umbra)]),
            lambda: model(vendor=umbra).save(using=owner_alias, force_insert=True),
        ):
            with pytest.raises(OtherTenant):
                attempt()


@each_table
def test_no_row_moves_to_the_other_vendor(
    vendors: Vendors, owner_alias: str, model: type[TenantModel]
) -> None:
    umbra, own = vendors["umbra"], rows_of(model, vendors["northwind"])[0]
    own.vendor = umbra

    with transaction.atomic(using=owner_alias), tenant(vendors["northwind"]):
        rows = model.objects.using(owner_alias)
        for attempt in (
            lambda: own.save(using=owner_alias),
            lambda: own.save(using=owner_alias, update_fields=["vendor"]),
            lambda: rows.bulk_update([own], ["vendor"]),
            lambda: rows.update(vendor=umbra),
            lambda: rows.update(vendor_id=umbra.pk),
        ):
            with pytest.raises(OtherTenant):
                attempt()
        transaction.set_rollback(True, using=owner_alias)


@each_table
def test_what_belongs_to_a_foreign_row_stays_behind_the_wall(
    vendors: Vendors, owner_alias: str, model: type[TenantModel]
) -> None:
    """Someone holds a row of Umbra while Northwind is open, and asks for all that hangs on it."""
    foreign = rows_of(model, vendors["umbra"])
    accessors = [
        relation.get_accessor_name()
        for relation in model._meta.related_objects
        if relation.get_accessor_name()
    ]

    with tenant(vendors["northwind"]):
        for row in foreign:
            row._state.db = owner_alias
            for accessor in accessors:
                assert getattr(row, accessor).count() == 0
            for key in references(model):
                row._state.fields_cache.pop(key.name, None)
                if getattr(row, key.attname) is not None:
                    with pytest.raises(key.related_model.DoesNotExist):
                        getattr(row, key.name)
            with pytest.raises(model.DoesNotExist):
                row.refresh_from_db()


def references(model: type[TenantModel]) -> list[models.ForeignKey[Any, Any]]:
    """Return the keys of the table to walled tables."""
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and issubclass(field.related_model, TenantModel)
    ]


def test_joins_follow_only_keys_that_cannot_leave_the_vendor() -> None:
    """The ORM filters a joined table only through the key: see keys.TenantForeignKey."""
    for model in WALLED:
        for field in references(model):
            assert isinstance(field, TenantForeignKey), f"{model._meta.label}.{field.name}"
        assert not model._meta.many_to_many, model


@each_table
def test_joined_rows_are_of_the_open_vendor(
    vendors: Vendors, owner_alias: str, model: type[TenantModel]
) -> None:
    northwind, keys = vendors["northwind"], [field.name for field in references(model)]

    with tenant(northwind):
        rows = model.objects.using(owner_alias)
        for row in rows.select_related(*keys) if keys else rows.all():
            for key in keys:
                joined = getattr(row, key)
                assert joined is None or joined.vendor_id == northwind.pk
