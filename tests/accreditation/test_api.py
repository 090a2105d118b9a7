"""Verdicts, forecasts and simulations over the API."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accreditation.models import Accreditation
from documents.models import Deployment
from documents.operations import withdraw_deployment
from enablement.models import Certificate
from partners.enums import MembershipRole
from partners.models import Partner, Vendor
from partners.rules import SYSTEM
from partners.tenancy.context import tenant
from tests import cast
from tests.accreditation.documents import engineers
from tests.machines import Machine, is_problem, new_key
from tests.stories import judge_all, publish

pytestmark = pytest.mark.usefixtures("clock")

MAY_1 = "2026-05-01"
JUNE = datetime(2026, 6, 1, 15, 0, tzinfo=UTC)
PROGRAM = "authorized-service"


def rules() -> dict[str, Any]:
    """Ask for two engineers and for one project."""
    written = engineers(at_least=2)
    project = {
        "key": "projects",
        "kind": "records_counted",
        "text": {"en": "A project"},
        "records": "deployments",
        "distinct": "customer",
        "at_least": 1,
    }
    written["criteria"] = {"all": [written["criteria"], project]}
    return written


@pytest.fixture
def acme(northwind: Vendor) -> Partner:
    """Acme with two engineers and a project, all that is asked; Mara's certificate ends in July."""
    with tenant(northwind):
        acme = cast.partner("acme", "Acme Cloud Services")
        role, what = cast.job_role("technical-engineer"), cast.certification("cloud-engineer")
        for name, end in (("Edda", None), ("Mara", date(2026, 7, 1))):
            person = cast.person(name)
            cast.employment(person, acme, role)
            cast.certificate(person, what, until=end)
        cast.deployment(acme, cast.customer("Klinikum"), kind="migration")
        publish(rules())
        judge_all()
    return acme


def asked(machine: Machine, acme: Partner, what: str, **query: Any) -> Any:
    answer = machine.get(f"/partners/{acme.pk}/accreditations/{PROGRAM}/{what}/", **query)
    assert answer.status_code == 200, answer.content
    return answer.json()


def records(verdict: Any) -> dict[str, Any]:
    return {one["name"]: one for one in verdict["records"]}


def test_accreditations_say_where_the_partner_stands(machine: Machine, acme: Partner) -> None:
    answer = machine.get(f"/partners/{acme.pk}/accreditations/").json()

    [one] = answer["results"]
    assert (one["program"], one["standing"], one["level"], one["falls_on"]) == (
        PROGRAM,
        "accredited",
        "authorized",
        "2026-07-01",
    )


def test_accreditations_say_until_when_grace_lasts(
    machine: Machine, acme: Partner, northwind: Vendor
) -> None:
    with tenant(northwind):
        Accreditation.objects.update(standing="in_grace", grace_ends_on=date(2026, 4, 2))

    [one] = machine.get(f"/partners/{acme.pk}/accreditations/").json()["results"]

    assert one["grace_through"] == "2026-04-01"


def test_verdict_names_every_record_with_what_is_known_of_it(
    machine: Machine, acme: Partner
) -> None:
    verdict = asked(machine, acme, "verdict")

    assert (verdict["on"], verdict["reading"], verdict["version"]) == ("2026-03-02", "known", 1)
    [level] = verdict["levels"]
    people, projects = level["finding"]["children"]
    assert (people["have"], people["need"], people["unit"]) == ("2", "2", "people")
    assert (projects["result"], len(projects["counted"])) == ("met", 1)
    known = records(verdict)
    assert (known["Mara"]["kind"], known["Mara"]["valid_through"]) == ("certificate", "2026-06-30")
    assert known["Klinikum"]["values"]["kind"] == "migration"


def test_what_was_corrected_since_stays_as_it_was_known(
    machine: Machine, acme: Partner, northwind: Vendor, clock: time_machine.Coordinates
) -> None:
    clock.move_to(JUNE)
    with tenant(northwind):
        Certificate.objects.filter(person__name="Mara").update(expires_on=date(2026, 4, 1))
        [project] = Deployment.objects.all()
        withdraw_deployment(
            deployment=project, on=date(2026, 3, 1), reason="Mistake", by=SYSTEM, now=JUNE
        )
        judge_all(JUNE)

    known = asked(machine, acme, "verdict", on=MAY_1, reading="known")
    corrected = asked(machine, acme, "verdict", on=MAY_1, reading="corrected")
    assert (known["overtaken"], corrected["overtaken"]) == (True, False)

    assert (known["level"], corrected["level"]) == ("authorized", None)
    then, now = records(known), records(corrected)
    assert then["Mara"]["valid_through"] == "2026-06-30"
    assert now["Mara"]["valid_through"] == "2026-03-31"
    assert "withdrawn_on" not in then["Klinikum"]["values"]
    assert now["Klinikum"]["values"]["withdrawn_on"] == "2026-03-01"
    reasons = {
        one["reason"]
        for part in corrected["levels"][0]["finding"]["children"]
        for one in part["not_counted"]
    }
    assert reasons == {"expired", "withdrawn"}


def test_a_day_of_which_nothing_is_known_has_no_levels(machine: Machine, acme: Partner) -> None:
    verdict = asked(machine, acme, "verdict", on="2025-01-01")

    assert (verdict["level"], verdict["levels"], verdict["recorded_at"]) == (None, [], None)


def test_verdict_of_today_says_what_the_renewal_asks(
    machine: Machine, northwind: Vendor, acme: Partner
) -> None:
    document = engineers(at_least=2, term_months=12)
    renew = document["criteria"] | {"key": "renew", "at_least": 3}
    document["criteria"] = {"phases": {"initial": document["criteria"], "renew": renew}}
    document["program"]["key"] = "phased"
    with tenant(northwind):
        publish(document)
        judge_all()

    address = f"/partners/{acme.pk}/accreditations/phased/verdict/"
    renewal = machine.get(address).json()["renewal"]

    assert (renewal["on"], renewal["version"], renewal["level"]) == ("2027-03-02", 1, None)
    [level] = renewal["levels"]
    assert (level["finding"]["key"], level["finding"]["need"]) == ("renew", "3")
    assert asked(machine, acme, "verdict")["renewal"] is None
    past = machine.get(address, on="2026-03-01", reading="corrected").json()
    assert (past["level"], past["renewal"]) == ("authorized", None)


def test_forecast_says_when_why_and_what_helps(machine: Machine, acme: Partner) -> None:
    forecast = asked(machine, acme, "forecast")

    assert (forecast["level"], forecast["lapses_on"]) == ("authorized", "2026-07-01")
    [step] = forecast["steps"]
    assert step["cause"]["code"] == "certificate_expires"
    assert [(one["key"], one["had"], one["have"]) for one in step["chain"]] == [
        ("", "2", "1"),
        ("engineers", "2", "1"),
    ]
    [record] = forecast["records"]
    assert record["name"] == "Mara"
    assert forecast["renewal"] == {
        "record": record["id"],
        "valid_through": "2026-06-30",
        "lapses_on": None,
    }


def test_forecast_takes_the_rules_that_are_in_force_on_each_day(
    machine: Machine, northwind: Vendor, acme: Partner
) -> None:
    with tenant(northwind):
        publish(engineers(at_least=3), effective_on=date(2026, 5, 1))

    forecast = asked(machine, acme, "forecast")

    assert forecast["lapses_on"] == MAY_1
    assert forecast["replaced"] == [{"version": 2, "effective_on": MAY_1, "level": None}]
    [step] = forecast["steps"]
    assert (step["version"], step["cause"]["code"]) == (2, "rules_replaced")
    assert [(one["key"], one["have"], one["need"]) for one in step["chain"]] == [
        ("engineers", "2", "3")
    ]
    assert forecast["records"] == []


def test_simulation_lists_the_single_points_of_failure(machine: Machine, acme: Partner) -> None:
    found = asked(machine, acme, "simulation")

    named = [(one["without"][0]["kind"], one["without"][0]["name"]) for one in found["losses"]]
    assert sorted(named) == [("customer", "Klinikum"), ("person", "Edda"), ("person", "Mara")]
    assert (found["before"], found["complete"]) == ("authorized", True)


def test_simulation_answers_for_those_who_are_named(machine: Machine, acme: Partner) -> None:
    edda = next(
        one["without"][0]["id"]
        for one in asked(machine, acme, "simulation")["losses"]
        if one["without"][0]["name"] == "Edda"
    )

    found = asked(machine, acme, "simulation", without=edda, on="2026-04-01")

    [loss] = found["losses"]
    assert (found["before"], loss["level"]) == ("authorized", None)
    assert [(one["key"], one["have"], one["need"]) for one in loss["broken"]] == [
        ("engineers", "1", "2")
    ]


@pytest.mark.parametrize(
    ("what", "query", "field", "code"),
    [
        ("verdict", {"on": "2999-01-01"}, "on", "future"),
        ("verdict", {"on": "0001-01-01"}, "on", "too_early"),
        ("verdict", {"on": "yesterday"}, "on", "invalid"),
        ("verdict", {"reading": "guessed"}, "reading", "invalid_choice"),
        ("verdict", {"onn": MAY_1}, "onn", "unknown"),
        ("forecast", {"on": MAY_1}, "on", "unknown"),
        ("simulation", {"on": "2026-01-01"}, "on", "past"),
        ("simulation", {"on": "2300-01-01"}, "on", "too_late"),
        ("verdict", {"on": ""}, "on", "invalid"),
        ("verdict", {"on": ["2026-01-01", "2026-02-01"]}, "on", "repeated"),
        ("verdict", {"reading": ""}, "reading", "invalid_choice"),
        ("simulation", {"without": "edda"}, "without.0", "invalid"),
        ("simulation", {"without": str(uuid4())}, "without", "unknown"),
        ("simulation", {"without": [str(uuid4()) for _ in range(51)]}, "without", "max_length"),
    ],
)
def test_what_cannot_be_answered_is_refused_with_its_place(
    machine: Machine, acme: Partner, what: str, query: dict[str, Any], field: str, code: str
) -> None:
    answer = machine.get(f"/partners/{acme.pk}/accreditations/{PROGRAM}/{what}/", **query)

    assert is_problem(answer, 400, "invalid-request")
    assert [(one["field"], one["code"]) for one in answer.json()["errors"]] == [(field, code)]


def test_today_is_the_vendors_own_day(
    machine: Machine, acme: Partner, clock: time_machine.Coordinates
) -> None:
    """In New York it is still 10 March at three in the morning UTC of the 11th."""
    clock.move_to(datetime(2026, 3, 11, 3, 0, tzinfo=UTC))
    verdict = f"/partners/{acme.pk}/accreditations/{PROGRAM}/verdict/"

    today = [asked(machine, acme, what)["on"] for what in ("verdict", "simulation")]
    tomorrow = machine.get(verdict, on="2026-03-11")

    assert today == ["2026-03-10", "2026-03-10"]
    assert asked(machine, acme, "simulation", on="2026-03-10")["losses"]
    assert [one["code"] for one in tomorrow.json()["errors"]] == ["future"]


@pytest.mark.parametrize("what", ["verdict", "forecast", "simulation"])
def test_an_unknown_program_is_not_found_before_anything_is_read(
    machine: Machine, acme: Partner, what: str
) -> None:
    answer = machine.get(f"/partners/{acme.pk}/accreditations/nothing/{what}/?on=never")

    assert is_problem(answer, 404, "not-found")


@pytest.mark.parametrize("what", ["verdict", "forecast", "simulation"])
def test_another_vendor_does_not_know_the_partner(umbra: Vendor, acme: Partner, what: str) -> None:
    with tenant(umbra):
        cast.certification("cloud-engineer")
        cast.job_role("technical-engineer")
        publish(rules())
    rival = Machine(umbra, new_key(umbra))

    answer = rival.get(f"/partners/{acme.pk}/accreditations/{PROGRAM}/{what}/")

    assert is_problem(answer, 404, "not-found")


def test_a_channel_manager_reaches_only_the_partners_they_manage(
    northwind: Vendor, acme: Partner
) -> None:
    with tenant(northwind):
        cast.member("Milo", MembershipRole.CHANNEL_MANAGER)
    browser = Client()
    browser.force_login(cast.user("Milo"))

    answer = browser.get(f"/v/northwind/api/v1/partners/{acme.pk}/accreditations/")

    assert is_problem(answer, 404, "not-found")


def test_number_of_statements_does_not_grow_with_the_records(
    machine: Machine, acme: Partner, northwind: Vendor, django_assert_max_num_queries: Any
) -> None:
    addresses = [
        f"/partners/{acme.pk}/accreditations/{PROGRAM}/{what}/"
        for what in ("verdict", "forecast", "simulation")
    ]
    # The first call of a key in a while notes that it was used.
    machine.get(addresses[0])
    with CaptureQueriesContext(connection) as few:
        for address in addresses:
            machine.get(address)
    with tenant(northwind):
        what = Certificate.objects.all()[0].certification
        for number in range(5):
            person = cast.person(f"Engineer {number}")
            cast.employment(person, acme)
            cast.certificate(person, what, until=date(2026, 8, 1))
            cast.deployment(acme, cast.customer(f"Customer {number}"))
        judge_all()

    with django_assert_max_num_queries(len(few)):
        for address in addresses:
            machine.get(address)
