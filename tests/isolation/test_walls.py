"""Each wall holds with the other one switched off."""

from __future__ import annotations

import psycopg2
import pytest
from django.apps import apps
from django.db import DatabaseError, ProgrammingError, connection, transaction

from partners.models import Partner, Vendor
from partners.tenancy.context import NoTenant, OtherTenant, tenant
from partners.tenancy.models import TenantModel
from tests import cast

WALLED = sorted(
    (model for model in apps.get_models() if issubclass(model, TenantModel)),
    key=lambda model: model._meta.label,
)


@pytest.mark.django_db
@pytest.mark.parametrize("model", WALLED, ids=lambda model: model._meta.label)
def test_orm_raises_without_a_vendor(model: type[TenantModel]) -> None:
    with pytest.raises(NoTenant):
        model.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("model", WALLED, ids=lambda model: model._meta.label)
def test_sql_raises_without_a_vendor(model: type[TenantModel]) -> None:
    table = model._meta.db_table
    statements = [f"DELETE FROM {table}", f"UPDATE {table} SET vendor_id = vendor_id"]
    if table != "accreditation_listing":
        statements.append(f"SELECT count(*) FROM {table}")

    for statement in statements:
        with (
            pytest.raises(DatabaseError) as raised,
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
        # Never set: unknown parameter. Set and ended: empty, no UUID. Append-only: no right at all.
        said = str(raised.value)
        assert any(
            words in said for words in ("app.vendor_id", 'type uuid: ""', "permission denied")
        )


def test_row_security_holds_without_the_orm_scope(northwind: Vendor, umbra: Vendor) -> None:
    with tenant(northwind):
        cast.partner("acme")
    with tenant(umbra):
        cast.partner("bolt")

    with tenant(northwind), connection.cursor() as cursor:
        cursor.execute("SELECT slug FROM partners_partner")
        seen = cursor.fetchall()
        cursor.execute("UPDATE partners_partner SET name = 'x' WHERE slug = 'bolt'")
        changed = cursor.rowcount
        cursor.execute("DELETE FROM partners_partner WHERE slug = 'bolt'")
        removed = cursor.rowcount

    assert seen == [("acme",)]
    assert (changed, removed) == (0, 0)


def test_row_security_refuses_a_row_of_the_other_vendor(northwind: Vendor, umbra: Vendor) -> None:
    with tenant(umbra):
        bolt = cast.partner("bolt")

    with (
        pytest.raises(ProgrammingError, match="row-level security"),
        tenant(northwind),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "INSERT INTO partners_location (id, vendor_id, partner_id, city, region, country, "
            "is_head_office) VALUES (gen_random_uuid(), %s, %s, 'Oslo', '', 'NO', false)",
            [umbra.pk, bolt.pk],
        )


def test_a_key_never_reaches_the_other_vendor(northwind: Vendor, umbra: Vendor) -> None:
    with tenant(umbra):
        bolt = cast.partner("bolt")

    with (
        pytest.raises(Exception, match="partners_location_partner_vendor"),
        tenant(northwind),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "INSERT INTO partners_location (id, vendor_id, partner_id, city, region, country, "
            "is_head_office) VALUES (gen_random_uuid(), %s, %s, 'Oslo', '', 'NO', false)",
            [northwind.pk, bolt.pk],
        )


def test_orm_refuses_a_row_of_the_other_vendor(northwind: Vendor, umbra: Vendor) -> None:
    with tenant(northwind), pytest.raises(OtherTenant):
        cast.partner("bolt", vendor_id=umbra.pk)


def test_a_second_vendor_cannot_be_opened_inside_the_first(
    northwind: Vendor, umbra: Vendor
) -> None:
    with tenant(northwind), pytest.raises(OtherTenant), tenant(umbra):
        pass


def test_the_setting_is_gone_after_the_block(northwind: Vendor) -> None:
    with tenant(northwind):
        cast.partner("acme")

    with pytest.raises(Exception, match="invalid input syntax for type uuid"), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM partners_partner")


@pytest.mark.django_db(transaction=True)
def test_orm_scope_holds_without_row_security(
    settings: object, owner_connection: psycopg2.extensions.connection
) -> None:
    """As the owner, whose policy shows every row, the ORM alone keeps the vendors apart."""
    northwind = cast.vendor("northwind", "Northwind", prefix="NW")
    umbra = cast.vendor("umbra", "Umbra", prefix="UM")
    with tenant(northwind):
        cast.partner("acme")
    with tenant(umbra):
        cast.partner("bolt")
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == ("laurel_app",)
    with owner_connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM partners_partner")
        assert cursor.fetchone() == (2,)

    with tenant(northwind):
        sql, params = Partner.objects.all().query.sql_with_params()
    with owner_connection.cursor() as cursor:
        cursor.execute(f"SELECT slug FROM ({sql}) AS rows", params)
        assert cursor.fetchall() == [("acme",)]
