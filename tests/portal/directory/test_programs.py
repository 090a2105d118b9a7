"""What designations mean, for everybody."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine
from django.test import Client

from accreditation.models import Program
from partners.models import Vendor
from partners.tenancy.context import tenant
from tests import cast
from tests.accreditation.public_cast import FOUR, document, publish

PROGRAMS = "/v/northwind/programs/"


@pytest.fixture(autouse=True)
def _today() -> object:
    with time_machine.travel(cast.NOW, tick=False):
        yield


def test_all_designations_are_listed_word_for_word_and_tiers_apart(
    client: Client, directory: Vendor
) -> None:
    html = client.get(PROGRAMS).content.decode()

    for _, designation in FOUR.values():
        assert f"<span>{designation}</span>" in html
    assert html.index('id="tiers"') < html.index("Select Tier")
    assert html.index("Gold Delivery Partner") < html.index('id="tiers"')


def test_rules_in_force_are_told_in_plain_words(client: Client, directory: Vendor) -> None:
    html = client.get(f"{PROGRAMS}delivery/").content.decode()

    assert "Rules version 1" in html
    assert "Certified delivery people" in html
    needs = ["At least 3 people", "At least 2 people", "At least 1 person"]
    assert sorted(needs, key=html.index) == needs
    assert "/v/northwind/partners/?designation=delivery%3Agold-delivery-partner" in html


def test_version_of_the_day_is_shown_and_not_the_next_one(
    client: Client, northwind: Vendor
) -> None:
    with tenant(northwind):
        publish(document("service", "Authorized Service Partner", term_months=12))
        publish(document("service", "Service Master"), on=date(2026, 4, 1))

    before = client.get(f"{PROGRAMS}service/").content.decode()
    with time_machine.travel(date(2026, 4, 2)):
        after = client.get(f"{PROGRAMS}service/").content.decode()

    assert "valid for 12 months" in before
    assert "Authorized Service Partner" in before
    assert "Service Master" in after


@pytest.mark.parametrize("key", ["unknown", "secret"])
def test_unknown_and_secret_programs_are_not_found(
    client: Client, northwind: Vendor, key: str
) -> None:
    with tenant(northwind):
        publish(document("secret", "Secret Partner"))
        Program.objects.update(is_public=False)

    assert client.get(f"{PROGRAMS}{key}/").status_code == 404
    assert "Secret" not in client.get(PROGRAMS).content.decode()
