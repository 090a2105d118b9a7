"""The portal tells a partner's people where they stand, record by record."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accreditation.enums import DueCause
from accreditation.operations.due import evaluate_next
from accreditation.operations.marks import mark_now
from partners.enums import MembershipRole
from partners.models import Notice, Partner, Vendor
from partners.tenancy.context import tenant
from tests import cast
from tests.accreditation.documents import engineers
from tests.stories import publish

HOME = "/v/northwind/portal/acme/"
DETAIL = f"{HOME}accreditations/authorized-service/"


@pytest.fixture
def acme(northwind: Vendor) -> Partner:
    """Acme with Edda (certified until in 20 days), Finn (expired), Gert (another job role)."""
    today = northwind.day_of(timezone.now())
    with tenant(northwind):
        acme = cast.partner("acme", "Acme Cloud Services")
        cast.member("Paul", MembershipRole.PARTNER_ADMIN, acme)
        engineer, seller = cast.job_role("technical-engineer"), cast.job_role("sales")
        what = cast.certification("cloud-engineer")
        for name, role, days in (
            ("Edda", engineer, 20),
            ("Finn", engineer, -3),
            ("Gert", seller, 90),
        ):
            person = cast.person(name)
            cast.employment(person, acme, role)
            cast.certificate(person, what, until=today + timedelta(days=days))
        publish(engineers(at_least=1, grace_days=30))
        judge(acme)
    return acme


def judge(partner: Partner) -> None:
    mark_now([partner.pk], now=timezone.now(), cause=DueCause.ASKED)
    while evaluate_next(now=timezone.now()):
        pass


@pytest.fixture
def paul(acme: Partner, client: Client) -> Client:
    client.force_login(cast.user("Paul"))
    return client


def page(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode()


def test_home_says_in_one_sentence_what_is_held_and_at_risk(paul: Client) -> None:
    html = page(paul, HOME)

    assert "You hold 1 designation. 1 is at risk." in html
    assert "Authorized Service Partner meets every requirement through" in html


def test_home_of_a_partner_without_a_designation_points_to_the_programs(
    northwind: Vendor, acme: Partner, client: Client
) -> None:
    with tenant(northwind):
        cove = cast.partner("cove")
        cast.member("Cleo", MembershipRole.PARTNER_VIEWER, cove)
        judge(cove)
    client.force_login(cast.user("Cleo"))

    html = page(client, "/v/northwind/portal/cove/")

    assert "You hold no designation yet." in html
    assert "0 of 1 requirement met for Authorized" in html


def test_accreditation_names_what_counts_and_why_the_rest_does_not(paul: Client) -> None:
    html = page(paul, DETAIL)

    for name, reason in (
        ("Edda", "Counts"),
        ("Finn", "No, expired"),
        ("Gert", "No, the person has another job role"),
    ):
        row = html[html.index(f"<b>{name}</b>") :]
        assert reason in row[: row.index("</tr>")]


def test_accreditation_says_until_when_it_holds_and_because_of_whom(paul: Client) -> None:
    html = page(paul, DETAIL)

    assert "then Cloud Engineer (Edda) expires." in html
    assert "Without a new record, nothing on this page changes before" in html


def test_accreditation_held_offers_its_badge(paul: Client) -> None:
    html = page(paul, DETAIL)

    assert "Code for your website" in html
    assert "/v/northwind/awards/NW-" in html


def test_unknown_program_answers_404(paul: Client) -> None:
    page(paul, f"{HOME}accreditations/nowhere/", 404)


def test_unknown_level_shows_a_level_all_the_same(paul: Client) -> None:
    assert "Requirements for Authorized Service Partner" in page(paul, f"{DETAIL}?level=nowhere")


def test_program_without_a_judgement_says_so(northwind: Vendor, paul: Client) -> None:
    document = engineers(at_least=1)
    document["program"]["key"] = "brand-new"
    with tenant(northwind):
        publish(document)

    html = page(paul, f"{HOME}accreditations/brand-new/")

    assert "Not judged yet" in html
    assert "This is what today’s records would give." in html
    assert "Requirements for Authorized Service Partner" in html
    past = page(paul, f"{HOME}accreditations/brand-new/?on=2026-02-01&reading=known")
    assert "Nothing is known of that day" in past
    assert "today’s records would give" not in past


def test_nothing_is_shown_for_a_day_of_which_nothing_is_known(paul: Client) -> None:
    html = page(paul, f"{DETAIL}?on=2020-01-01&reading=known")

    assert "Nothing is known of that day" in html
    assert "Requirements" not in html
    assert "The first judgement takes a few seconds." not in html


def test_team_lists_valid_certificates_only(paul: Client) -> None:
    html = page(paul, f"{HOME}team/")

    assert html.count("Cloud Engineer") == 2  # Finn's has expired


def test_notices_are_counted_until_they_are_read(northwind: Vendor, paul: Client) -> None:
    html = page(paul, f"{HOME}notices/")
    assert "Acme Cloud Services was granted Authorized Service Partner." in html

    answer = paul.post(f"{HOME}notices/")

    assert answer.status_code == 302
    with tenant(northwind):
        assert not Notice.objects.filter(read_at=None).exists()


@pytest.mark.parametrize("address", ["", "accreditations/", "team/", "notices/", "members/"])
def test_visitor_is_asked_to_sign_in_and_a_stranger_learns_nothing(
    acme: Partner, umbra: Vendor, client: Client, address: str
) -> None:
    with tenant(umbra):
        cast.member("Sven", MembershipRole.OWNER)

    asked = client.get(f"{HOME}{address}")
    client.force_login(cast.user("Sven"))
    refused, unknown = (
        client.get(f"/v/northwind/portal/{slug}/{address}") for slug in ("acme", "nowhere")
    )

    assert asked.status_code == 302
    assert asked["Location"].startswith("/v/northwind/accounts/login/?next=")
    assert refused.status_code == unknown.status_code == 404
    assert b"Acme" not in refused.content


@pytest.mark.parametrize("name", ["", "accreditations/", "team/"])
def test_number_of_queries_does_not_grow_with_rows(
    northwind: Vendor, paul: Client, acme: Partner, name: str
) -> None:
    paul.get(f"{HOME}{name}")  # what is kept in the process is kept now
    with CaptureQueriesContext(connection) as with_one:
        paul.get(f"{HOME}{name}")
    with tenant(northwind):
        for number in range(2):
            document = engineers(at_least=number + 1)
            document["program"]["key"] = f"program-{number}"
            publish(document)
            person = cast.person(f"Hana {number}")
            cast.employment(person, acme)
            cast.certificate(person, cast.certification(f"other-{number}"))
        judge(acme)
    paul.get(f"{HOME}{name}")

    with CaptureQueriesContext(connection) as with_three:
        paul.get(f"{HOME}{name}")

    assert len(with_three) == len(with_one)
