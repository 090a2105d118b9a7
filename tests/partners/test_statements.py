"""A statement that is written once says what the ORM says, and stays behind both walls."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from partners.enums import PartnerState
from partners.models import Employment, Partner, Vendor
from partners.tenancy.context import NoTenant, tenant
from partners.tenancy.statements import written_once
from tests import cast

FIELDS = ("id", "name", "summary", "joined_on", "parent__name")


def _partners(partner_ids: Collection[UUID]) -> QuerySet[Any, Any]:
    return Partner.objects.filter(pk__in=partner_ids, state=PartnerState.ACTIVE).values_list(
        *FIELDS
    )


asked = written_once(_partners)


@pytest.mark.usefixtures("in_northwind")
@pytest.mark.parametrize("number", [1, 3])
def test_the_rows_are_those_of_the_orm(number: int) -> None:
    acme = cast.partner("acme", summary={"en": "Builds"})
    others = [cast.partner(f"branch-{n}", parent=acme) for n in range(3)]
    cast.partner("hopeful", state=PartnerState.PROSPECT)
    wanted = [one.pk for one in (acme, *others)][:number]

    rows = asked(wanted)

    assert sorted(map(tuple, rows)) == sorted(_partners(wanted))
    assert {one.summary.get("en") for one in rows if one.id == acme.pk} == {"Builds"}


@pytest.mark.usefixtures("in_northwind")
def test_nothing_is_asked_about_nobody() -> None:
    with CaptureQueriesContext(connection) as statements:
        assert asked([]) == []

    assert not statements


def test_a_statement_written_for_one_vendor_asks_for_the_open_one(
    northwind: Vendor, umbra: Vendor
) -> None:
    with tenant(northwind):
        acme = cast.partner("acme")
        assert [one.name for one in asked([acme.pk])] == ["Acme"]
    with tenant(umbra):
        bolt = cast.partner("bolt")
        with CaptureQueriesContext(connection) as statements:
            assert [one.name for one in asked([acme.pk, bolt.pk])] == ["Bolt"]

    said = statements[0]["sql"]
    assert str(umbra.pk) in said
    assert str(northwind.pk) not in said


@pytest.mark.django_db
def test_a_statement_raises_without_a_vendor(northwind: Vendor) -> None:
    with tenant(northwind):
        acme = cast.partner("acme")
        asked([acme.pk])

    with pytest.raises(NoTenant):
        asked([acme.pk])


@pytest.mark.usefixtures("in_northwind")
def test_ids_that_are_not_looked_for_are_refused() -> None:
    @written_once
    def question(ids: Collection[UUID]) -> QuerySet[Any, Any]:
        return Employment.objects.exclude(person=next(iter(ids))).values_list("id")

    with pytest.raises(ValueError, match="not looked for with __in"):
        question([cast.person("Edda").pk])


@pytest.mark.usefixtures("in_northwind")
def test_objects_are_those_of_the_orm() -> None:
    acme = cast.partner("acme", summary={"en": "Builds"})

    @written_once
    def question(ids: Collection[UUID]) -> QuerySet[Any, Any]:
        return Partner.objects.filter(pk__in=ids).defer("website")

    (found,) = question([acme.pk])

    assert (found, found.summary, found.joined_on) == (acme, {"en": "Builds"}, acme.joined_on)
    assert found.get_deferred_fields() == {"website"}
    assert not found._state.adding
