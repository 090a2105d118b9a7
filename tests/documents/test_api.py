"""Deployments over the API: a machine lists, reads and withdraws them."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from documents.models import Deployment
from partners.enums import MembershipRole
from partners.models import AuditEntry, Vendor
from partners.tenancy.context import tenant
from tests import cast
from tests.machines import Machine, is_problem, new_key

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def project(northwind: Vendor) -> Deployment:
    """What Acme did for Contoso."""
    with tenant(northwind):
        made: Deployment = cast.deployment(
            cast.partner("acme"), cast.customer("Contoso"), external_id="A-1"
        )
    return made


@pytest.fixture
def rival(umbra: Vendor) -> Deployment:
    """What Bolt did for a customer of the same name at Umbra."""
    with tenant(umbra):
        made: Deployment = cast.deployment(cast.partner("bolt"), cast.customer("Contoso"))
    return made


def test_deployment_is_answered_flat(machine: Machine, project: Deployment) -> None:
    answer = machine.get(f"/deployments/{project.pk}/")

    assert answer.json() == {
        "id": str(project.pk),
        "partner": "acme",
        "external_id": "A-1",
        "customer": "Contoso",
        "completed_on": "2026-01-15",
        "confirmed_on": "2026-01-15",
        "confirmed_by": "customer",
        "pending": False,
        "withdrawn_on": None,
        "withdrawal_reason": "",
        "recorded_at": "2026-03-02T15:00:00Z",
    }


@pytest.mark.parametrize(
    ("narrowed", "found"),
    [
        ({}, 1),
        ({"partner": "acme", "external_id": "A-1"}, 1),
        ({"partner": "beta"}, 0),
        ({"external_id": "A-2"}, 0),
    ],
)
def test_list_is_narrowed_and_holds_no_other_vendors_rows(
    machine: Machine,
    project: Deployment,
    rival: Deployment,
    narrowed: dict[str, str],
    found: int,
) -> None:
    listed = machine.get("/deployments/", **narrowed).json()["results"]

    assert [row["id"] for row in listed] == [str(project.pk)] * found


def test_deployment_is_withdrawn_today_if_no_day_is_said(
    northwind: Vendor, machine: Machine, project: Deployment
) -> None:
    answer = machine.post(f"/deployments/{project.pk}/withdraw/", {"reason": "Never delivered"})

    assert answer.status_code == 200
    assert (answer.json()["withdrawn_on"], answer.json()["withdrawal_reason"]) == (
        "2026-03-02",
        "Never delivered",
    )
    with tenant(northwind):
        assert Deployment.objects.get().withdrawn_on == cast.TODAY
        assert AuditEntry.objects.filter(verb="deployment.withdrawn").count() == 1


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "reason"),
        ({"reason": " "}, "reason"),
        ({"reason": "Mistake", "on": "2026-03-03"}, "on"),
        ({"reason": "Mistake", "on": "2026-01-14"}, "on"),
        ({"reason": "Mistake", "day": "2026-03-01"}, "day"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_withdrawn(
    northwind: Vendor, machine: Machine, project: Deployment, body: dict[str, Any], field: str
) -> None:
    answer = machine.post(f"/deployments/{project.pk}/withdraw/", body)

    assert is_problem(answer, 400, "invalid-request")
    assert [error["field"] for error in answer.json()["errors"]] == [field]
    with tenant(northwind):
        assert Deployment.objects.get().withdrawn_on is None


def test_withdrawn_deployment_cannot_be_withdrawn_again(
    machine: Machine, project: Deployment
) -> None:
    address, body = f"/deployments/{project.pk}/withdraw/", {"reason": "Mistake"}
    machine.post(address, body)

    again = machine.post(address, body)

    assert [error["field"] for error in again.json()["errors"]] == ["on"]


@pytest.mark.parametrize("suffix", ["", "withdraw/"])
def test_foreign_deployment_is_answered_like_an_unknown_one(
    machine: Machine, project: Deployment, rival: Deployment, suffix: str
) -> None:
    addresses = [f"/deployments/{pk}/{suffix}" for pk in (rival.pk, uuid.uuid4())]
    answers = [
        machine.post(address, {"reason": "Mistake"}) if suffix else machine.get(address)
        for address in addresses
    ]

    assert [is_problem(answer, 404, "not-found") for answer in answers] == [True, True]


def test_withdrawing_takes_the_permission(northwind: Vendor, project: Deployment) -> None:
    reader = Machine(northwind, new_key(northwind, MembershipRole.ANALYST))

    assert reader.get("/deployments/").status_code == 200
    refused = reader.post(f"/deployments/{project.pk}/withdraw/", {"reason": "Mistake"})
    assert is_problem(refused, 403, "not-allowed")
