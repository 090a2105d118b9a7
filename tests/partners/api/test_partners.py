"""Partners over the API: a machine finds the ids that other addresses ask for."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from partners.enums import MembershipRole, PartnerState
from partners.models import Partner, Vendor
from partners.tenancy.context import tenant
from tests import cast
from tests.machines import Machine, is_problem


@pytest.fixture
def acme(northwind: Vendor) -> Partner:
    """Acme, which the vendor's own systems call P-17, beside Cove, which has ended."""
    with tenant(northwind):
        cast.partner("cove", state=PartnerState.ENDED, ended_on=date(2026, 2, 1))
        return cast.partner("acme", "Acme Cloud Services", external_id="P-17")


@pytest.fixture
def bolt(umbra: Vendor) -> Partner:
    """A partner of Umbra with the external id of Acme."""
    with tenant(umbra):
        return cast.partner("bolt", external_id="P-17")


def test_partner_is_answered_flat_with_its_last_day(machine: Machine, acme: Partner) -> None:
    answer = machine.get("/partners/", slug="cove").json()

    [cove] = answer["results"]
    assert cove == {
        "id": cove["id"],
        "slug": "cove",
        "external_id": "",
        "name": "Cove",
        "state": "ended",
        "joined_on": "2024-01-01",
        "last_day": "2026-01-31",
    }
    assert machine.get(f"/partners/{cove['id']}/").json() == cove


@pytest.mark.parametrize(
    ("parameters", "found"),
    [
        ({}, ["acme", "cove"]),
        ({"external_id": "P-17"}, ["acme"]),
        ({"external_id": "P-1"}, []),
        ({"slug": "acme"}, ["acme"]),
        ({"slug": "bolt"}, []),
        ({"state": "ended"}, ["cove"]),
        ({"slug": "cove", "external_id": "P-17"}, []),
    ],
    ids=str,
)
def test_list_is_narrowed_by_its_filters(
    machine: Machine, acme: Partner, bolt: Partner, parameters: dict[str, str], found: list[str]
) -> None:
    answer = machine.get("/partners/", **parameters).json()

    assert sorted(row["slug"] for row in answer["results"]) == found


@pytest.mark.parametrize("parameters", [{"externalid": "P-17"}, {"state": "asleep"}], ids=str)
def test_list_refuses_what_it_does_not_understand(
    machine: Machine, parameters: dict[str, str]
) -> None:
    answer = machine.get("/partners/", **parameters)

    assert is_problem(answer, 400, "invalid-request")
    assert [error["field"] for error in answer.json()["errors"]] == list(parameters)


def test_another_vendors_partner_is_not_found(
    machine: Machine, acme: Partner, bolt: Partner
) -> None:
    assert is_problem(machine.get(f"/partners/{bolt.pk}/"), 404, "not-found")


def test_a_channel_manager_sees_only_the_partners_they_manage(
    northwind: Vendor, acme: Partner, client: Client
) -> None:
    with tenant(northwind):
        cast.partner("bay", manager=cast.member("Mara", MembershipRole.CHANNEL_MANAGER))
    client.force_login(cast.user("Mara"))

    answer = client.get("/v/northwind/api/v1/partners/").json()

    assert [row["slug"] for row in answer["results"]] == ["bay"]
    assert client.get(f"/v/northwind/api/v1/partners/{acme.pk}/").status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_list_asks_the_same_number_of_questions_for_any_number_of_rows(
    northwind: Vendor, machine: Machine, rows: int, django_assert_num_queries: Any
) -> None:
    with tenant(northwind):
        for number in range(rows):
            cast.partner(f"partner-{number}")
    machine.get("/partners/")

    # Vendor; savepoint and its release; vendor opened and closed; key, its use noted; the rows.
    with django_assert_num_queries(8):
        answer = machine.get("/partners/")

    assert len(answer.json()["results"]) == rows
