"""The page that proves an award, and the form that leads to it."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.test import Client

from accreditation.models import Award, Program
from partners.models import Vendor
from partners.tenancy.context import tenant
from tests.accreditation.public_cast import (
    FOUR,
    award_of,
    certify,
    document,
    partner,
    publish,
)
from tests.portal.public_pages import lapse, number_of, rise
from tests.stories import judge_all

AWARDS = "/v/northwind/awards/"
VERIFY = "/v/northwind/verify/"


def text_of(html: str) -> str:
    """Return what can be read of a page, without its markup."""
    return " ".join(re.sub(r"<[^>]+>", " ", html[html.index("<main") :]).split())


@pytest.mark.parametrize("program", FOUR)
def test_valid_award_says_so_first_and_names_the_designation_word_for_word(
    client: Client, directory: Vendor, program: str
) -> None:
    number = number_of(directory, "acme", program)

    with time_machine.travel(datetime(2026, 3, 2, 15, 32, tzinfo=UTC)):
        response = client.get(f"{AWARDS}{number}/")

    text = text_of(response.content.decode())
    assert response.status_code == 200
    assert text.startswith(
        "Valid As of 2 Mar 2026, 10:32 EST"
        f" Acme Systemhaus GmbH holds {FOUR[program][1]}"
        " Awarded by Northwind, which checks the requirements every day."
    )
    assert f"Award number {number}" in text


def test_record_names_holder_program_level_issuer_days_and_rules(
    client: Client, directory: Vendor
) -> None:
    html = client.get(f"{AWARDS}{number_of(directory, 'acme', 'service')}/").content.decode()

    text = text_of(html)
    for fact in (
        "Holder Acme Systemhaus GmbH",
        "Program Service program",
        "Kind Technical competency",
        "Level Authorized",
        "Issued by Northwind",
        "Awarded 2 Mar 2026",
        "Valid until 1 Mar 2027",
        "Rules Version 1, 1 Jan 2026",
        "Certified service people At least 1 person, each with",
    ):
        assert fact in text


def test_award_of_a_tier_says_that_it_is_no_accreditation(
    client: Client, directory: Vendor
) -> None:
    html = client.get(f"{AWARDS}{number_of(directory, 'tierra', 'standing')}/").content.decode()

    assert "It is no accreditation." in text_of(html)


def test_lapsed_award_still_answers_and_names_its_last_day(
    client: Client, directory: Vendor
) -> None:
    number = number_of(directory, "aurora", "security")
    lapse(directory, "aurora")

    response = client.get(f"{AWARDS}{number}/")

    text = text_of(response.content.decode())
    assert response.status_code == 200
    assert text.startswith("Lapsed")
    assert "no longer holds Advanced Security Accreditation" in text
    assert "Last valid day 2 Mar 2026" in text
    assert "/partners/aurora/" not in response.content.decode()


def test_replaced_award_leads_to_the_one_in_force(client: Client, directory: Vendor) -> None:
    old = number_of(directory, "acme", "delivery")
    rise(directory, "acme")

    html = client.get(f"{AWARDS}{old}/").content.decode()

    new = number_of(directory, "acme", "delivery")
    assert text_of(html).startswith("Replaced")
    assert f'href="{AWARDS}{new}/">See the award in force, {new}</a>' in html
    assert "The partner now holds Platinum Delivery Partner." in text_of(html)


def test_award_replaced_by_one_that_lapsed_is_lapsed_too(client: Client, directory: Vendor) -> None:
    old = number_of(directory, "acme", "delivery")
    rise(directory, "acme")
    lapse(directory, "acme")
    with tenant(directory):
        judge_all(datetime(2026, 4, 20, 15, 0, tzinfo=UTC))

    text = text_of(client.get(f"{AWARDS}{old}/").content.decode())

    assert text.startswith("Ended")
    assert "See the award in force" not in text


def test_grace_is_valid_in_public(client: Client, northwind: Vendor) -> None:
    with tenant(northwind):
        publish(document("service", "Authorized Service Partner", grace_days=30, term_months=1))
        acme = partner("acme")
        certify(acme, "service", until=date(2026, 4, 2))
        judge_all()
        judge_all(datetime(2026, 4, 10, 15, 0, tzinfo=UTC))
        number = award_of(acme, "service").number

    text = text_of(client.get(f"{AWARDS}{number}/").content.decode())

    assert text.startswith("Valid")
    assert "Valid until 2 May 2026" in text
    assert not re.search("grace|risk", text, re.IGNORECASE)


@pytest.mark.parametrize("path", ["{}/", "{}.svg"])
def test_number_is_found_in_small_letters(client: Client, directory: Vendor, path: str) -> None:
    number = number_of(directory, "acme", "service")

    assert client.get(AWARDS + path.format(number.lower())).status_code == 200


@pytest.mark.parametrize("path", ["{}/", "{}.svg"])
def test_rivals_and_secret_awards_are_as_unknown_as_those_that_never_were(
    client: Client, directory: Vendor, umbra: Vendor, path: str
) -> None:
    secret = number_of(directory, "acme", "service")
    with tenant(directory):
        Program.objects.filter(key="service").update(is_public=False)
    with tenant(umbra):
        publish(document("service", "Authorized Service Partner"))
        bolt = partner("bolt")
        certify(bolt, "service")
        judge_all()
        foreign = award_of(bolt, "service").number

    bodies = set()
    for number in (secret, foreign, "NW-2222-2222"):
        response = client.get(AWARDS + path.format(number))
        assert response.status_code == 404
        bodies.add(response.content.decode().replace(number, "…"))

    assert len(bodies) == 1
    assert client.get(f"/v/umbra/awards/{path.format(foreign)}").status_code == 200


def test_unknown_number_is_said_clearly(client: Client, directory: Vendor) -> None:
    text = text_of(client.get(f"{AWARDS}NW-2222-2222/").content.decode())

    assert text.startswith("Not found Northwind has no award NW-2222-2222")


@pytest.mark.parametrize(
    "pasted",
    [
        "{0}",
        " {0} ",
        "{1}",
        "{2}",
        "{3}",
        "https://partners.example/v/northwind/awards/{0}/",
        "https://partners.example/awards/{0}.svg?x=1",
        "our badge is {0}, see there",
    ],
)
def test_whatever_holds_the_number_leads_to_the_award(
    client: Client, directory: Vendor, pasted: str
) -> None:
    number = number_of(directory, "acme", "service")
    forms = (number, number.lower(), number.replace("-", " "), number.replace("-", ""))

    response = client.get(VERIFY, {"award": pasted.format(*forms)})

    assert response.status_code == 302
    assert response.headers["Location"] == f"{AWARDS}{number}/"


@pytest.mark.parametrize(
    ("pasted", "status", "sentence"),
    [
        ("", 422, "Enter an award number, or the address of an award page."),
        ("we have been there", 422, "This holds no award number."),
        ("https://evil.example/", 422, "This holds no award number."),
        ("NW-2222-2222", 404, "Northwind has no award NW-2222-2222"),
        ("UM-2222-2222", 404, "Northwind has no award UM-2222-2222"),
        ("\x00", 422, "Null characters are not allowed."),
    ],
)
def test_what_leads_nowhere_is_explained(
    client: Client, directory: Vendor, pasted: str, status: int, sentence: str
) -> None:
    response = client.get(VERIFY, {"award": pasted})

    assert response.status_code == status
    assert sentence in text_of(response.content.decode())


def test_form_alone_complains_about_nothing(client: Client, directory: Vendor) -> None:
    response = client.get(VERIFY)

    assert response.status_code == 200
    assert "errmsg" not in response.content.decode()


def test_every_award_has_a_page_and_a_picture(client: Client, directory: Vendor) -> None:
    with tenant(directory):
        numbers = list(Award.objects.values_list("number", flat=True))

    answers = [
        client.get(f"{AWARDS}{number}{end}").status_code
        for number in numbers
        for end in ("/", ".svg")
    ]

    assert answers == [200] * (2 * len(numbers))
