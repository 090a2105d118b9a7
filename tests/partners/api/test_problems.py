"""Every error is a problem, and says no more than it should."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.cache import cache
from django.test import Client

from enablement.models import Certificate
from partners.api.problems import PROBLEMS
from partners.api.rate import ActorRate
from partners.models import ApiKey, Vendor
from partners.tenancy.context import tenant
from tests.machines import Machine, is_problem, new_key

GUIDE = Path(__file__).parents[3] / "docs" / "how-to" / "use-the-api.md"


@pytest.mark.parametrize("method", ["get", "post", "put", "patch", "delete", "options", "head"])
@pytest.mark.parametrize("path", ["", "nothing/", "certificates", "certificates/7/", "admin/x"])
def test_unknown_address_is_a_problem_whatever_the_method(
    northwind: Vendor, path: str, method: str
) -> None:
    answer = getattr(Client(), method)(f"/v/northwind/api/v1/{path}")

    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.status_code == 404


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options", "trace"])
def test_unknown_method_is_answered_with_the_known_ones(machine: Machine, method: str) -> None:
    call = getattr(machine.client, method)

    answer = call(f"{machine.base}/certificates/", headers=machine.headers)

    assert is_problem(answer, 405, "method-not-allowed")
    assert answer.headers["Allow"] == "GET, HEAD, POST"


def test_body_in_another_form_is_refused(machine: Machine) -> None:
    answer = machine.client.post(
        f"{machine.base}/certificates/", {"a": "b"}, headers=machine.headers
    )

    assert is_problem(answer, 415, "unsupported-media-type")


def test_answer_in_another_form_is_refused(machine: Machine) -> None:
    answer = machine.client.get(
        f"{machine.base}/certificates/", headers={**machine.headers, "Accept": "text/csv"}
    )

    assert is_problem(answer, 406, "not-acceptable")


def test_body_that_is_no_json_object_is_refused(machine: Machine) -> None:
    assert is_problem(machine.post("/certificates/", [1]), 400, "malformed-request")


@pytest.mark.parametrize("headers", [{}, {"Idempotency_Key": "k-1"}], ids=["plain", "idempotent"])
def test_large_body_is_refused(
    machine: Machine, settings: pytest.FixtureRequest, headers: dict[str, str]
) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100  # type: ignore[attr-defined]

    answer = machine.post("/certificates/", {"number": "9" * 100}, **headers)

    assert is_problem(answer, 413, "too-large")


def test_caller_that_asks_too_often_is_told_when_to_come_back(
    northwind: Vendor, machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ActorRate, "most_requests", 2)
    other = Machine(northwind, new_key(northwind))

    statuses = [machine.get("/certificates/").status_code for _ in range(2)]
    third = machine.get("/certificates/")

    assert statuses == [200, 200]
    assert is_problem(third, 429, "too-many-requests")
    assert third.headers["Retry-After"] == "60"
    assert other.get("/certificates/").status_code == 200


def test_failure_is_a_problem_without_its_cause_and_keeps_nothing(
    northwind: Vendor, edda: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine = Machine(northwind, new_key(northwind), raises=False)
    # A cache that is not there is a failure that no endpoint expects.
    monkeypatch.setattr(cache, "incr", None)

    answer = machine.get("/certificates/")

    assert is_problem(answer, 500, "internal-error")
    assert answer.json() == {
        "type": "/problems/internal-error/",
        "title": "The server failed",
        "status": 500,
        "detail": "Nothing was changed. The failure is recorded; repeat later.",
        "instance": "/v/northwind/api/v1/certificates/",
    }
    with tenant(northwind):
        assert ApiKey.objects.get().last_used_at is None


@pytest.mark.parametrize("key", PROBLEMS)
def test_every_problem_has_a_page_and_a_line_in_the_guide(key: str) -> None:
    page = Client().get(f"/problems/{key}/")

    assert page.status_code == 200
    assert page.content.decode().startswith(str(PROBLEMS[key].title))
    assert f"`{key}`" in GUIDE.read_text()
