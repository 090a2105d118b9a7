"""What one person may do is said on every page that tells the rules of a program."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client

from accreditation.models import Program
from partners.enums import MembershipRole
from partners.models import Partner, Vendor
from partners.tenancy.context import tenant
from tests import cast
from tests.accreditation.test_shared_people import specialization
from tests.stories import judge_all, publish

V = "/v/northwind"
PUBLIC = f"{V}/programs/voice/"
PAGES = [
    ("Mara", f"{V}/manage/programs/voice/"),
    ("Mara", f"{V}/manage/programs/voice/versions/1/"),
    ("Mara", f"{V}/manage/partners/acme/accreditations/voice/"),
    ("Paul", f"{V}/portal/acme/accreditations/voice/"),
    ("", PUBLIC),
]
HEADING = "What one person may do"
TOGETHER = "People are counted together in these programs: Voice, Data."


pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def acme(northwind: Vendor) -> Partner:
    """Acme, and two programs that reserve their people from each other."""
    with tenant(northwind):
        mara = cast.member("Mara", MembershipRole.OWNER)
        acme = cast.partner("acme", manager=mara)
        cast.member("Paul", MembershipRole.PARTNER_ADMIN, acme)
        edda = cast.person("Edda")
        cast.employment(edda, acme)
        cast.certificate(edda, cast.certification("cloud-engineer"))
        publish(specialization("voice"))
        publish(specialization("data"))
        judge_all()
    return acme


def page(name: str, address: str) -> str:
    browser = Client()
    if name:
        browser.force_login(cast.user(name))
    answer = browser.get(address)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.content.decode())


@pytest.mark.parametrize(("name", "address"), PAGES)
def test_a_page_says_once_what_one_person_may_do(acme: Partner, name: str, address: str) -> None:
    html = page(name, address)

    assert html.count(HEADING) == 1
    assert html.count(TOGETHER) == 1
    assert "Nobody counts in two of these programs." in html


def test_a_secret_program_is_named_to_nobody_outside(northwind: Vendor, acme: Partner) -> None:
    with tenant(northwind):
        Program.objects.filter(key="data").update(is_public=False)

    html = page("", PUBLIC)

    assert HEADING in html
    assert "Data" not in html


@pytest.mark.parametrize(("name", "address"), PAGES[2:4])
def test_a_conflict_is_told_by_the_names_of_role_and_program(
    acme: Partner, name: str, address: str
) -> None:
    html = page(name, address)

    assert "No, the person fills “An engineer” in Data" in html
    assert (
        "1 missing for “An engineer”: 2 places, some of them in Data, compete for Edda, "
        "who can fill no more."
    ) in html


def test_a_place_elsewhere_is_called_as_the_newest_rules_there_call_it(
    acme: Partner, northwind: Vendor
) -> None:
    newer = specialization("data")
    newer["criteria"]["roles"][0]["text"] = {"en": "A data engineer"}
    with tenant(northwind):
        publish(newer, effective_on=date(2026, 2, 1))

    html = page("Paul", f"{V}/portal/acme/accreditations/voice/")

    assert "No, the person fills “A data engineer” in Data" in html
