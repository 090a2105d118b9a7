"""Certificates over the API: a machine lists, reads, records and revokes them."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client

from enablement.models import Certificate
from partners.enums import MembershipRole
from partners.models import AuditEntry, Vendor
from partners.tenancy.context import tenant
from tests import cast
from tests.machines import Machine, is_problem, new_key

BODY = {
    "person_email": "Edda@example.com",
    "certification": "cloud-1",
    "awarded_on": "2026-01-15",
    "valid_through": "2027-01-14",
    "number": "A-1",
}


pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def edda(northwind: Vendor) -> Certificate:
    """Edda of Acme and the certificate she holds through 31 December 2026."""
    with tenant(northwind):
        person = cast.person("Edda")
        cast.employment(person, cast.partner("acme"))
        return cast.certificate(
            person, cast.certification("cloud-1"), until=date(2027, 1, 1), number="C-7"
        )


@pytest.fixture
def rival(umbra: Vendor) -> Certificate:
    """A certificate at Umbra, of a person with the address of Northwind's Edda."""
    with tenant(umbra):
        person = cast.person("Edda")
        cast.employment(person, cast.partner("bolt"))
        return cast.certificate(person, cast.certification("rival-1"))


def test_certificate_is_answered_flat_with_its_last_valid_day(
    machine: Machine, edda: Certificate
) -> None:
    answer = machine.get(f"/certificates/{edda.pk}/")

    assert answer.status_code == 200
    assert answer.json() == {
        "id": str(edda.pk),
        "person_email": "edda@example.com",
        "person_name": "Edda",
        "certification": "cloud-1",
        "awarded_on": "2025-01-01",
        "valid_through": "2026-12-31",
        "number": "C-7",
        "revoked_on": None,
        "revocation_reason": "",
        "recorded_at": "2026-03-02T15:00:00Z",
    }


def test_list_holds_the_vendors_certificates_only(
    machine: Machine, edda: Certificate, rival: Certificate
) -> None:
    answer = machine.get("/certificates/")

    assert [row["id"] for row in answer.json()["results"]] == [str(edda.pk)]


@pytest.mark.parametrize(
    ("parameters", "found"),
    [
        ({"person_email": "EDDA@example.com"}, True),
        ({"person_email": "sven@example.com"}, False),
        ({"certification": "cloud-1"}, True),
        ({"certification": "rival-1"}, False),
        ({"partner": "acme"}, True),
        ({"partner": "bolt"}, False),
        ({"expiring_before": "2027-01-01"}, True),
        ({"expiring_before": "2026-12-31"}, False),
        ({"certification": "cloud-1", "partner": "bolt"}, False),
    ],
    ids=str,
)
def test_list_is_narrowed_by_its_filters(
    machine: Machine,
    edda: Certificate,
    rival: Certificate,
    parameters: dict[str, str],
    found: bool,
) -> None:
    answer = machine.get("/certificates/", **parameters)

    assert [row["id"] for row in answer.json()["results"]] == ([str(edda.pk)] if found else [])


@pytest.mark.parametrize(
    ("parameters", "field"),
    [
        ({"persn_email": "edda@example.com"}, "persn_email"),
        ({"vendor": "umbra"}, "vendor"),
        ({"expiring_before": "soon"}, "expiring_before"),
        ({"person_email": "a\0"}, "person_email"),
        ({"page_size": "101"}, "page_size"),
        ({"page_size": "0"}, "page_size"),
        ({"cursor": "bm9uc2Vuc2U="}, "cursor"),
        ({"cursor": "cD1ub25zZW5zZQ=="}, "cursor"),
    ],
    ids=str,
)
def test_list_refuses_a_parameter_it_does_not_understand(
    machine: Machine, parameters: dict[str, str], field: str
) -> None:
    answer = machine.get("/certificates/", **parameters)

    assert is_problem(answer, 400, "invalid-request")
    assert [error["field"] for error in answer.json()["errors"]] == [field]


@pytest.mark.parametrize("rows", [1, 3])
def test_list_asks_the_same_number_of_questions_for_any_number_of_rows(
    northwind: Vendor,
    machine: Machine,
    edda: Certificate,
    rows: int,
    django_assert_num_queries: Any,
) -> None:
    with tenant(northwind):
        for number in range(rows - 1):
            person = cast.person(f"Person {number}")
            cast.employment(person, cast.partner(f"partner-{number}"))
            cast.certificate(person, edda.certification)
    machine.get("/certificates/")

    # Vendor; savepoint and its release; vendor opened and closed; key, its use noted; the rows.
    with django_assert_num_queries(8):
        answer = machine.get("/certificates/")

    assert len(answer.json()["results"]) == rows


def test_certificate_is_recorded_by_the_key(
    northwind: Vendor, machine: Machine, edda: Certificate
) -> None:
    answer = machine.post("/certificates/", BODY)

    assert answer.status_code == 201
    assert answer.json() | {"id": "", "recorded_at": ""} == {
        "id": "",
        "person_email": "edda@example.com",
        "person_name": "Edda",
        "certification": "cloud-1",
        "awarded_on": "2026-01-15",
        "valid_through": "2027-01-14",
        "number": "A-1",
        "revoked_on": None,
        "revocation_reason": "",
        "recorded_at": "",
    }
    assert machine.get(answer.headers["Location"]).json() == answer.json()
    with tenant(northwind):
        entry = AuditEntry.objects.get(verb="certificate.recorded")
        assert (entry.actor_kind, entry.changes) == ("api_key", {"source": "api"})


def test_certificate_on_record_is_answered_unchanged(machine: Machine, edda: Certificate) -> None:
    first = machine.post("/certificates/", BODY)

    again = machine.post("/certificates/", BODY | {"number": "A-2"})

    assert (again.status_code, again.json()) == (200, first.json())


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"person_email": "sven@example.com"}, "person_email", "does_not_exist"),
        ({"person_email": {"a": 1}}, "person_email", "invalid"),
        ({"certification": "rival-1"}, "certification", "does_not_exist"),
        ({"certification": None}, "certification", "null"),
        ({"awarded_on": "15.01.2026"}, "awarded_on", "invalid"),
        ({"awarded_on": "2126-01-15"}, "awarded_on", "refused"),
        ({"valid_through": "2026-01-14"}, "valid_through", "refused"),
        ({"number": "9" * 81}, "number", "max_length"),
        ({"vendor": "umbra"}, "vendor", "unknown"),
        ({"revoked_on": "2026-01-16"}, "revoked_on", "unknown"),
    ],
    ids=str,
)
def test_wrong_field_is_named_and_nothing_recorded(
    northwind: Vendor,
    machine: Machine,
    edda: Certificate,
    rival: Certificate,
    changes: dict[str, Any],
    field: str,
    code: str,
) -> None:
    answer = machine.post("/certificates/", BODY | changes)

    assert is_problem(answer, 400, "invalid-request")
    assert [(error["field"], error["code"]) for error in answer.json()["errors"]] == [(field, code)]
    with tenant(northwind):
        assert list(Certificate.objects.all()) == [edda]


def test_all_wrong_fields_are_named_at_once(machine: Machine, edda: Certificate) -> None:
    answer = machine.post("/certificates/", {"level": 3, "awarded_on": "soon"})

    assert [error["field"] for error in answer.json()["errors"]] == [
        "level",
        "person_email",
        "certification",
        "awarded_on",
    ]


def test_certificate_is_revoked_with_a_reason(machine: Machine, edda: Certificate) -> None:
    answer = machine.post(
        f"/certificates/{edda.pk}/revoke/", {"reason": "Issued by mistake", "on": "2026-03-01"}
    )

    assert answer.status_code == 200
    assert (answer.json()["revoked_on"], answer.json()["revocation_reason"]) == (
        "2026-03-01",
        "Issued by mistake",
    )


def test_certificate_is_revoked_from_the_vendors_own_day_on(
    machine: Machine, edda: Certificate, clock: time_machine.Coordinates
) -> None:
    """In New York it is still 10 March at three in the morning UTC of the 11th."""
    clock.move_to(datetime(2026, 3, 11, 3, 0, tzinfo=UTC))

    answer = machine.post(f"/certificates/{edda.pk}/revoke/", {"reason": "Issued by mistake"})

    assert answer.json()["revoked_on"] == "2026-03-10"


def test_revoked_certificate_cannot_be_revoked_again(machine: Machine, edda: Certificate) -> None:
    body = {"reason": "Issued by mistake", "on": "2026-03-01"}
    machine.post(f"/certificates/{edda.pk}/revoke/", body)

    answer = machine.post(f"/certificates/{edda.pk}/revoke/", body)

    assert is_problem(answer, 400, "invalid-request")
    assert [error["field"] for error in answer.json()["errors"]] == ["on"]


@pytest.mark.parametrize(
    ("body", "valid_through", "number"),
    [
        ({"valid_through": "2026-06-30"}, "2026-06-30", "C-7"),
        ({"valid_through": None, "number": "C-8"}, None, "C-8"),
        ({}, "2026-12-31", "C-7"),
    ],
)
def test_certificate_is_put_right_and_keeps_what_is_left_out(
    machine: Machine,
    edda: Certificate,
    body: dict[str, Any],
    valid_through: str | None,
    number: str,
) -> None:
    answer = machine.post(f"/certificates/{edda.pk}/correct/", body)

    assert answer.status_code == 200
    assert (answer.json()["valid_through"], answer.json()["number"]) == (valid_through, number)


def test_certificate_cannot_end_before_it_was_awarded(
    northwind: Vendor, machine: Machine, edda: Certificate
) -> None:
    body = {"valid_through": "2024-12-31"}

    answer = machine.post(f"/certificates/{edda.pk}/correct/", body)

    assert is_problem(answer, 400, "invalid-request")
    assert [error["field"] for error in answer.json()["errors"]] == ["valid_through"]
    with tenant(northwind):
        assert Certificate.objects.get().expires_on == date(2027, 1, 1)


@pytest.mark.parametrize("suffix", ["", "correct/", "revoke/"])
def test_foreign_certificate_is_answered_like_an_unknown_one(
    machine: Machine, edda: Certificate, rival: Certificate, suffix: str
) -> None:
    # Nonsense in the body does not matter: the object is looked up first.
    answers = [
        machine.post(f"/certificates/{pk}/{suffix}", b"nonsense")
        if suffix
        else machine.get(f"/certificates/{pk}/")
        for pk in (rival.pk, uuid.uuid4())
    ]

    assert [is_problem(answer, 404, "not-found") for answer in answers] == [True, True]
    foreign, unknown = (answer.json() for answer in answers)
    assert foreign.pop("instance") != unknown.pop("instance")
    assert foreign == unknown


def test_permission_comes_before_the_body(northwind: Vendor, edda: Certificate) -> None:
    reader = Machine(northwind, new_key(northwind, MembershipRole.ANALYST))

    assert reader.get("/certificates/").status_code == 200
    assert is_problem(reader.post("/certificates/", b"nonsense"), 403, "not-allowed")
    for verb in ("correct", "revoke"):
        refused = reader.post(f"/certificates/{edda.pk}/{verb}/", {})
        assert is_problem(refused, 403, "not-allowed")


def test_channel_manager_sees_the_people_of_managed_partners(
    northwind: Vendor, edda: Certificate, client: Client
) -> None:
    with tenant(northwind):
        mara = cast.member("Mara", MembershipRole.CHANNEL_MANAGER)
        person = cast.person("Nils")
        cast.employment(person, cast.partner("managed", manager=mara))
        managed = cast.certificate(person, edda.certification)
    client.force_login(mara.user)

    listed = client.get("/v/northwind/api/v1/certificates/")
    beyond = client.get(f"/v/northwind/api/v1/certificates/{edda.pk}/")

    assert [row["id"] for row in listed.json()["results"]] == [str(managed.pk)]
    assert is_problem(beyond, 404, "not-found")
