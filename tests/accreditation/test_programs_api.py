"""Programs over the API: drafted from documents, read in sentences, compared, published."""

from __future__ import annotations

from typing import Any

import pytest

from accreditation import program_library
from accreditation.criteria.yaml_source import load_yaml
from accreditation.criteria.yaml_text import dump_yaml
from partners.enums import MembershipRole
from partners.models import Vendor
from partners.tenancy.context import tenant
from tests import cast
from tests.accreditation.documents import built_on, engineers
from tests.machines import Machine, is_problem, new_key
from tests.stories import publish

VERSIONS = "/programs/authorized-service/versions/"


pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def program(northwind: Vendor) -> dict[str, Any]:
    """The program of Northwind, in force."""
    document = engineers(at_least=2)
    with tenant(northwind):
        cast.certification("cloud-engineer")
        cast.job_role("technical-engineer")
        publish(document)
    return document


def test_programs_and_versions_are_listed(machine: Machine, program: dict[str, Any]) -> None:
    [found] = machine.get("/programs/").json()["results"]
    [version] = machine.get(VERSIONS).json()["results"]

    assert (found["key"], found["kind"]) == ("authorized-service", "technical")
    assert machine.get("/programs/authorized-service/").json() == found
    assert (version["number"], version["state"]) == (1, "published")


def test_a_version_is_told_as_document_as_yaml_and_in_sentences(
    machine: Machine, program: dict[str, Any]
) -> None:
    answer = machine.get(f"{VERSIONS}1/").json()

    assert list(answer["document"]) == list(program)
    assert answer["document"] == program
    assert load_yaml(answer["yaml"]) == program
    [level] = answer["levels"]
    [asked] = level["requirements"]
    assert asked["sentence"] == (
        "At least 2 people, each with the certification cloud-engineer; in the job role "
        "technical-engineer; each person counts once."
    ) or asked["sentence"].startswith("At least 2 people, each with the certification")


@pytest.mark.parametrize("form", ["document", "yaml"])
def test_a_document_becomes_the_next_draft_whatever_its_form(
    machine: Machine, program: dict[str, Any], form: str
) -> None:
    changed = engineers(at_least=3)
    sent = {"document": changed} if form == "document" else {"yaml": dump_yaml(changed)}

    answer = machine.post("/programs/", sent)

    assert answer.status_code == 201
    assert (answer.json()["number"], answer.json()["state"]) == (2, "draft")
    assert machine.get(answer["Location"]).json()["document"] == changed


def test_a_draft_says_what_it_changes(machine: Machine, program: dict[str, Any]) -> None:
    machine.post("/programs/", {"document": engineers(at_least=3, grace_days=30)})

    told = {
        "before": 1,
        "after": 2,
        "sentences": [
            "Days of grace: 30 instead of 0.",
            (
                "“Certified cloud engineers”, Authorized: at least 3 people instead of "
                "at least 2 people."
            ),
        ],
    }
    assert machine.get(f"{VERSIONS}2/changes/").json() == told
    assert machine.get(f"{VERSIONS}2/changes/1/").json() == told
    assert machine.get(f"{VERSIONS}1/changes/").json() == {
        "before": None,
        "after": 1,
        "sentences": [],
    }
    assert machine.get(f"{VERSIONS}1/changes/9/").status_code == 404


def test_a_draft_is_published_once(machine: Machine, program: dict[str, Any]) -> None:
    machine.post("/programs/", {"document": engineers(at_least=3)})
    body = {"effective_on": "2026-03-05"}

    first = machine.post(f"{VERSIONS}2/publish/", body, Idempotency_Key="one")
    again = machine.post(f"{VERSIONS}2/publish/", body, Idempotency_Key="one")
    other = machine.post(f"{VERSIONS}2/publish/", body)

    assert first.json() == again.json()
    assert (first.json()["state"], again["Idempotent-Replayed"]) == ("published", "true")
    assert is_problem(other, 400, "invalid-request")


def test_a_version_that_waits_is_withdrawn_once(machine: Machine, program: dict[str, Any]) -> None:
    machine.post("/programs/", {"document": engineers(at_least=3)})
    machine.post(f"{VERSIONS}2/publish/", {"effective_on": "2026-03-05"})
    body = {"reason": "Too early"}

    answer = machine.post(f"{VERSIONS}2/withdraw/", body).json()
    again = machine.post(f"{VERSIONS}2/withdraw/", body)
    in_force = machine.post(f"{VERSIONS}1/withdraw/", body)
    silent = machine.post(f"{VERSIONS}2/withdraw/", {})

    assert (answer["state"], answer["number"], answer["reason"]) == ("withdrawn", 2, "Too early")
    assert answer["withdrawn_at"] == cast.NOW.isoformat().replace("+00:00", "Z")
    assert is_problem(again, 400, "invalid-request")
    assert "can no longer be withdrawn" in str(in_force.json()["errors"])
    assert [one["field"] for one in silent.json()["errors"]] == ["reason"]


def test_what_one_person_may_do_is_said_as_well(machine: Machine, program: dict[str, Any]) -> None:
    with_people = program_library.load("cisco-advanced-uc")

    checked = machine.post("/program-checks/", {"document": with_people}).json()
    address = machine.post("/programs/", {"document": with_people})["Location"]

    assert checked["people_rules"]
    assert machine.get(address).json()["people_rules"] == checked["people_rules"]
    assert machine.get(f"{VERSIONS}1/").json()["people_rules"] == []


def test_publishing_names_the_place_of_an_open_number(
    machine: Machine, program: dict[str, Any]
) -> None:
    machine.post("/programs/", {"document": engineers(at_least="open")})  # type: ignore[arg-type]

    answer = machine.post(f"{VERSIONS}2/publish/", {"effective_on": "2026-03-05"})

    assert [one["field"] for one in answer.json()["errors"]] == ["criteria.at_least"]


@pytest.mark.parametrize("sent", [{}, {"document": engineers(at_least=1), "yaml": "a: 1"}])
def test_a_document_is_sent_in_exactly_one_form(machine: Machine, sent: dict[str, Any]) -> None:
    assert is_problem(machine.post("/programs/", sent), 400, "invalid-request")


def test_a_check_keeps_nothing(machine: Machine, program: dict[str, Any]) -> None:
    answer = machine.post("/program-checks/", {"document": engineers(at_least="open")}).json()  # type: ignore[arg-type]

    assert (answer["valid"], answer["problems"]) == (True, [])
    assert [one["place"] for one in answer["before_publishing"]] == ["criteria.at_least"]
    assert len(machine.get(VERSIONS).json()["results"]) == 1


def test_a_check_names_what_publishing_would_not_find_in_the_catalog(
    machine: Machine, program: dict[str, Any]
) -> None:
    document = engineers(at_least=1)
    document["criteria"] |= {"certifications": ["cloud-engineer", "unheard-of"]}
    expected = [("criteria.certifications[1]", "not_in_catalog")]

    now = machine.post("/program-checks/", {"document": document}).json()
    later = machine.post("/program-checks/", {"document": document, "publish": True}).json()
    machine.post("/programs/", {"document": document})
    refused = machine.post(f"{VERSIONS}2/publish/", {"effective_on": "2026-03-05"}).json()

    assert (now["valid"], now["problems"]) == (True, [])
    assert [(one["place"], one["code"]) for one in now["before_publishing"]] == expected
    assert (later["valid"], later["before_publishing"]) == (False, [])
    assert later["problems"] == now["before_publishing"]
    assert [(one["field"], one["code"]) for one in refused["errors"]] == expected


def test_a_check_for_publishing_finds_nothing_wrong_with_what_can_be_published(
    machine: Machine, program: dict[str, Any]
) -> None:
    answer = machine.post("/program-checks/", {"document": program, "publish": True}).json()

    assert (answer["valid"], answer["problems"]) == (True, [])
    assert answer["levels"]


def test_a_program_may_name_itself_before_it_is_drafted(machine: Machine) -> None:
    answer = machine.post("/program-checks/", {"document": built_on("first", "first")}).json()

    assert answer["before_publishing"] == []


def test_a_rivals_catalog_is_not_asked(
    umbra: Vendor, machine: Machine, program: dict[str, Any]
) -> None:
    rival = Machine(umbra, new_key(umbra))

    answer = rival.post("/program-checks/", {"document": program}).json()

    assert [one["place"] for one in answer["before_publishing"]] == [
        "criteria.certifications[0]",
        "criteria.job_roles[0]",
    ]


def test_who_may_only_look_may_not_draft(northwind: Vendor, program: dict[str, Any]) -> None:
    analyst = Machine(northwind, new_key(northwind, MembershipRole.ANALYST))

    assert analyst.get("/programs/").status_code == 200
    assert analyst.post("/program-checks/", {"yaml": "a: 1"}).status_code == 200
    assert is_problem(analyst.post("/programs/", {"document": program}), 403, "not-allowed")
    assert is_problem(
        analyst.post(f"{VERSIONS}1/publish/", {"effective_on": "2026-03-05"}), 403, "not-allowed"
    )


def test_a_rivals_programs_are_not_there(umbra: Vendor, program: dict[str, Any]) -> None:
    machine = Machine(umbra, new_key(umbra))

    assert machine.get("/programs/").json()["results"] == []
    assert is_problem(machine.get("/programs/authorized-service/"), 404, "not-found")
    assert is_problem(machine.get(VERSIONS), 404, "not-found")
    assert is_problem(machine.get(f"{VERSIONS}1/"), 404, "not-found")
