"""Who is let in, and as whom."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from enablement.models import Certificate
from partners.enums import MembershipRole
from partners.models import ApiKey, Vendor
from partners.tenancy.context import tenant
from tests import cast
from tests.machines import Machine, is_problem, new_key

CERTIFICATES = "/v/northwind/api/v1/certificates/"


def test_key_is_let_in_and_its_use_noted(northwind: Vendor, machine: Machine) -> None:
    assert machine.get("/certificates/").status_code == 200

    with tenant(northwind):
        assert ApiKey.objects.get().last_used_at == cast.NOW


@pytest.mark.parametrize(
    "header",
    [
        None,
        "",
        "Bearer",
        "Bearer nonsense",
        "Bearer lrl_abcdefgh_" + "x" * 43,
        "Basic bWFyYTpzZWNyZXQ=",
        "Bearer \udcff",
    ],
)
def test_caller_without_a_valid_key_is_asked_for_one(northwind: Vendor, header: str | None) -> None:
    headers = {} if header is None else {"Authorization": header}

    answer = Client().get(CERTIFICATES, headers=headers)

    assert is_problem(answer, 401, "not-authenticated")
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="api"'


def test_key_of_another_vendor_is_unknown(northwind: Vendor, umbra: Vendor) -> None:
    answer = Machine(northwind, new_key(umbra)).get("/certificates/")

    assert is_problem(answer, 401, "not-authenticated")


def test_revoked_key_is_unknown(northwind: Vendor, machine: Machine) -> None:
    with tenant(northwind):
        ApiKey.objects.update(revoked_at=cast.NOW)

    assert is_problem(machine.get("/certificates/"), 401, "not-authenticated")


def test_expired_key_is_unknown(machine: Machine) -> None:
    with time_machine.travel(cast.NOW + timedelta(days=365), tick=False):
        assert is_problem(machine.get("/certificates/"), 401, "not-authenticated")


def test_member_is_let_in_by_their_session(
    northwind: Vendor, client: Client, edda: Certificate
) -> None:
    with tenant(northwind):
        client.force_login(cast.member("Mara", MembershipRole.OWNER).user)

    answer = client.get(CERTIFICATES)

    assert [row["id"] for row in answer.json()["results"]] == [str(edda.pk)]


def test_to_a_stranger_the_vendor_has_no_api(northwind: Vendor, umbra: Vendor) -> None:
    client = Client(raise_request_exception=False)
    with tenant(umbra):
        client.force_login(cast.member("Sven", MembershipRole.OWNER).user)

    assert is_problem(client.get(CERTIFICATES), 404, "not-found")
    assert client.get(CERTIFICATES).json() == client.get("/v/northwind/api/v1/nothing/").json() | {
        "instance": CERTIFICATES
    }


def test_session_writes_only_with_its_csrf_token(northwind: Vendor, edda: Certificate) -> None:
    client = Client(enforce_csrf_checks=True)
    with tenant(northwind):
        client.force_login(cast.member("Mara", MembershipRole.OWNER).user)
    address = f"{CERTIFICATES}{edda.pk}/revoke/"
    body = json.dumps({"reason": "Issued by mistake"})

    without = client.post(address, body, content_type="application/json")
    client.cookies["csrftoken"] = token = "a" * 32
    with_token = client.post(
        address, body, content_type="application/json", headers={"X-CSRFToken": token}
    )

    assert is_problem(without, 403, "not-allowed")
    assert with_token.status_code == 200
