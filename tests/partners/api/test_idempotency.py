"""A write that is sent twice happens once."""

from __future__ import annotations

from datetime import timedelta

import psycopg2
import pytest
import time_machine

from enablement.models import Certificate
from partners.models import ApiKey, AuditEntry, IdempotencyRecord, Vendor
from partners.operations.idempotency import lock_of
from partners.tenancy.context import tenant
from tests import cast
from tests.machines import Machine, is_problem, new_key

BODY = {"person_email": "edda@example.com", "certification": "cloud-1", "awarded_on": "2026-01-15"}


def recorded(vendor: Vendor) -> int:
    """Return how often a certificate was recorded."""
    with tenant(vendor):
        return AuditEntry.objects.filter(verb="certificate.recorded").count()


def test_repeat_gets_the_first_answer_again(
    northwind: Vendor, machine: Machine, edda: Certificate
) -> None:
    first = machine.post("/certificates/", BODY, Idempotency_Key="k-1")
    again = machine.post("/certificates/", BODY, Idempotency_Key="k-1")

    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json() == first.json()
    assert again.headers["Location"] == first.headers["Location"]
    assert "Idempotent-Replayed" not in first.headers
    assert again.headers["Idempotent-Replayed"] == "true"
    assert recorded(northwind) == 1


def test_key_names_one_request(machine: Machine, edda: Certificate) -> None:
    machine.post("/certificates/", BODY, Idempotency_Key="k-1")

    other_body = machine.post("/certificates/", BODY | {"number": "2"}, Idempotency_Key="k-1")
    other_address = machine.post(f"/certificates/{edda.pk}/revoke/", BODY, Idempotency_Key="k-1")

    assert is_problem(other_body, 422, "key-reused")
    assert is_problem(other_address, 422, "key-reused")


def test_key_belongs_to_its_caller(northwind: Vendor, machine: Machine, edda: Certificate) -> None:
    other = Machine(northwind, new_key(northwind))
    machine.post("/certificates/", BODY, Idempotency_Key="k-1")

    answer = other.post("/certificates/", BODY, Idempotency_Key="k-1")

    assert answer.status_code == 200
    assert "Idempotent-Replayed" not in answer.headers


def test_repeat_while_the_first_is_running_is_told_to_wait(
    northwind: Vendor,
    machine: Machine,
    edda: Certificate,
    owner_connection: psycopg2.extensions.connection,
) -> None:
    with tenant(northwind):
        lock = lock_of(ApiKey.objects.get().pk, "k-1")
    with owner_connection.cursor() as first:
        first.execute("SELECT pg_advisory_lock(%s)", [lock])

        answer = machine.post("/certificates/", BODY, Idempotency_Key="k-1")

    assert is_problem(answer, 409, "in-flight")
    assert recorded(northwind) == 0


def test_refused_request_can_be_repeated_with_its_key(
    northwind: Vendor, machine: Machine, edda: Certificate
) -> None:
    body = BODY | {"certification": "cloud-2"}
    refused = machine.post("/certificates/", body, Idempotency_Key="k-1")
    with tenant(northwind):
        cast.certification("cloud-2")

    answer = machine.post("/certificates/", body, Idempotency_Key="k-1")

    assert (refused.status_code, answer.status_code) == (400, 201)


def test_answer_is_forgotten_after_a_day(
    northwind: Vendor, machine: Machine, edda: Certificate
) -> None:
    machine.post("/certificates/", BODY, Idempotency_Key="k-1")
    machine.post("/certificates/", BODY | {"number": "x"}, Idempotency_Key="k-2")

    with time_machine.travel(cast.NOW + timedelta(hours=24), tick=False):
        later = machine.post("/certificates/", BODY, Idempotency_Key="k-1")

    assert later.status_code == 200
    assert "Idempotent-Replayed" not in later.headers
    with tenant(northwind):
        assert [record.key for record in IdempotencyRecord.objects.all()] == ["k-1"]


@pytest.mark.parametrize("key", ["", "x" * 201, "é", "a\tb"])
def test_unreadable_key_is_refused(machine: Machine, edda: Certificate, key: str) -> None:
    answer = machine.post("/certificates/", BODY, Idempotency_Key=key)

    assert is_problem(answer, 400, "invalid-request")
    assert [error["field"] for error in answer.json()["errors"]] == ["Idempotency-Key"]
