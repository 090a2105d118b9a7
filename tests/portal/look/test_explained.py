"""The accreditation page of both sides: what counts, what lies ahead, what it hangs on."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from documents.models import Deployment
from documents.operations import withdraw_deployment
from enablement.models import Certification
from enablement.operations.certificates import revoke_certificate
from partners.enums import MembershipRole
from partners.models import Partner, Vendor
from partners.rules import SYSTEM
from partners.tenancy.context import tenant
from tests import cast
from tests.accreditation.documents import engineers
from tests.stories import judge_all, publish

pytestmark = pytest.mark.usefixtures("clock")

PORTAL = "/v/northwind/portal/acme/accreditations/authorized-service/"
WORKSPACE = "/v/northwind/manage/partners/acme/accreditations/authorized-service/"
SIDES = pytest.mark.parametrize(("name", "address"), [("Paul", PORTAL), ("Mara", WORKSPACE)])
# Both frames together with every family of facts; what a page costs, however much is on record.
MOST_STATEMENTS = 55
JUNE = datetime(2026, 6, 1, 15, 0, tzinfo=UTC)


def rules() -> dict[str, Any]:
    """Ask for an engineer, and for a project of 100,000 EUR or more."""
    written = engineers(at_least=1)
    project = {
        "key": "projects",
        "kind": "records_counted",
        "text": {"en": "A project."},
        "records": "deployments",
        "distinct": "customer",
        "at_least": 1,
    }
    written["criteria"] = {"all": [written["criteria"], project]}
    return written


@pytest.fixture
def acme(northwind: Vendor) -> Partner:
    """Acme with Edda, whose certificate ends in June, and a project for a hospital."""
    with tenant(northwind):
        mara = cast.member("Mara", MembershipRole.OWNER)
        acme = cast.partner("acme", "Acme Cloud Services", manager=mara)
        cast.member("Paul", MembershipRole.PARTNER_ADMIN, acme)
        edda = cast.person("Edda")
        cast.employment(edda, acme, cast.job_role("technical-engineer"))
        cast.certificate(edda, cast.certification("cloud-engineer"), until=date(2026, 7, 1))
        cast.deployment(acme, cast.customer("Klinikum"), kind="migration", currency="EUR", value=9)
        publish(rules())
        judge_all()
    return acme


def page(name: str, address: str, **query: str) -> str:
    """Return the page as somebody sees it, its white space in one."""
    browser = Client()
    browser.force_login(cast.user(name))
    answer = browser.get(address, query)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.content.decode())


@SIDES
def test_page_says_when_the_level_ends_and_why_and_what_helps(
    acme: Partner, name: str, address: str
) -> None:
    html = page(name, address)

    assert "for Authorized Service Partner is met through 30 June 2026." in html
    assert "1 July 2026: Authorized Service Partner is no longer met" in html
    assert "Cloud Engineer (Edda) expires, so “Certified cloud engineers” falls to 0 of 1." in html
    assert "Renew Cloud Engineer (Edda) by 30 June 2026." in html


@SIDES
def test_page_shows_a_level_that_the_rules_no_longer_have(
    northwind: Vendor, acme: Partner, name: str, address: str
) -> None:
    document = engineers(at_least=5, grace_days=60)
    document["levels"] = [{"key": "other", "name": {"en": "Other"}}]
    with tenant(northwind):
        publish(document, effective_on=date(2026, 4, 1))

    before = page(name, address)
    with time_machine.travel(datetime(2026, 4, 2, 12, tzinfo=UTC), tick=False):
        with tenant(northwind):
            judge_all(datetime(2026, 4, 2, 12, tzinfo=UTC))
        after = page(name, address)

    assert "1 April 2026: Authorized Service Partner is no longer met" in before
    assert "Authorized Service Partner" in after
    assert "In grace" in after


@SIDES
def test_page_says_what_the_renewal_asks(
    northwind: Vendor, acme: Partner, name: str, address: str
) -> None:
    document = engineers(at_least=1, term_months=12)
    renew = document["criteria"] | {"key": "renew", "text": {"en": "Two engineers"}, "at_least": 2}
    document["criteria"] = {"phases": {"initial": document["criteria"], "renew": renew}}
    document["program"]["key"] = "phased"
    with tenant(northwind):
        publish(document)
        judge_all()

    html = page(name, address.replace("authorized-service", "phased"))

    assert "At renewal" in html
    assert "is not renewed on 2 March 2027 if nothing changes." in html
    assert "Two engineers" in html
    assert "At renewal" not in page(name, address)


@SIDES
def test_page_says_which_rules_come_and_what_is_met_by_them(
    northwind: Vendor, acme: Partner, name: str, address: str
) -> None:
    with tenant(northwind):
        publish(engineers(at_least=1), effective_on=date(2026, 4, 1))
        publish(engineers(at_least=2), effective_on=date(2026, 5, 1))

    html = page(name, address)

    assert (
        "From 1 April 2026 version 2 of the rules judges. "
        "Authorized Service Partner is met by it." in html
    )
    assert "From 1 May 2026 version 3 of the rules judges. No level is met by it." in html
    assert (
        "Version 3 of the rules comes into force and asks “Certified cloud engineers”: 1 of 2."
        in html
    )
    assert "nothing on this page changes before 1 Apr 2026." in re.sub(r"<[^>]+>", "", html)


@SIDES
def test_page_names_the_single_points_of_failure(acme: Partner, name: str, address: str) -> None:
    html = page(name, address)

    points = html[html.index("Single points of failure") :]
    points = points[: points.index("</section>")]
    assert "is lost if any one of these falls away" in points
    assert re.findall(r"<b>(\w+)</b>", points) == ["Klinikum", "Edda"]
    assert "“A project” falls to 0 of 1. No level is left." in points


def test_what_cannot_be_judged_any_more_does_not_fall_to_zero(northwind: Vendor) -> None:
    written = engineers(at_least=1)
    written["criteria"] = {
        "key": "answers",
        "kind": "satisfaction",
        "text": {"en": "Satisfied customers"},
        "window": {"rolling_months": 12},
        "minimum_answers": 2,
        "at_least": 4.5,
    }
    with tenant(northwind):
        acme = cast.partner("acme")
        cast.member("Paul", MembershipRole.PARTNER_ADMIN, acme)
        for name, answered in (("Klinikum", date(2025, 6, 1)), ("Bank", date(2026, 2, 1))):
            cast.survey_response(acme, cast.customer(name), "4.6", answered_on=answered)
        publish(written)
        judge_all()

    html = page("Paul", PORTAL)

    assert "so “Satisfied customers” can no longer be judged (1 of 2 answers)." in html
    points = html[html.index("Single points of failure") :]
    assert "“Satisfied customers” can no longer be judged (1 of 2 answers). No level" in points
    assert "falls to 0" not in html


def test_a_project_is_shown_with_what_is_known_of_it(acme: Partner) -> None:
    html = page("Paul", PORTAL)

    row = html[html.index("<b>Klinikum</b>") :]
    assert "<small>Migration · 9 EUR · confirmed 15 January 2026</small>" in row
    assert "Counts" in row[: row.index("</tr>")]


def test_what_was_withdrawn_since_shows_in_one_reading_only(
    acme: Partner, northwind: Vendor, clock: time_machine.Coordinates
) -> None:
    clock.move_to(JUNE)
    with tenant(northwind):
        [project] = Deployment.objects.all()
        withdraw_deployment(
            deployment=project, on=date(2026, 3, 1), reason="Mistake", by=SYSTEM, now=JUNE
        )
        judge_all(JUNE)

    known = page("Paul", PORTAL, on="2026-05-01", reading="known")
    corrected = page("Paul", PORTAL, on="2026-05-01", reading="corrected")

    assert "Authorized Service Partner was reached." in known
    assert "withdrawn" not in known
    assert "no level was reached." in corrected
    assert "withdrawn 1 March 2026" in corrected
    assert "No, withdrawn" in corrected


def test_nothing_is_foreseen_beside_a_past_day(acme: Partner) -> None:
    html = page("Paul", PORTAL, on="2026-03-02", reading="known")

    assert "If nothing is done" not in html
    assert "Single points of failure" not in html


def test_a_partner_that_meets_nothing_has_nothing_to_lose(acme: Partner, northwind: Vendor) -> None:
    with tenant(northwind):
        Deployment.objects.all().delete()
        judge_all()

    html = page("Paul", PORTAL)

    assert "No level is met today, so none can be lost." in html
    assert "No level is met today, so nobody and nothing carries one alone." in html


def test_what_is_kept_in_grace_is_foreseen_to_end_with_it(northwind: Vendor) -> None:
    written = engineers(at_least=1) | {"settings": {"grace_days": 30}}
    with tenant(northwind):
        acme = cast.partner("acme", "Acme Cloud Services")
        cast.member("Paul", MembershipRole.PARTNER_ADMIN, acme)
        edda = cast.person("Edda")
        cast.employment(edda, acme, cast.job_role("technical-engineer"))
        held = cast.certificate(edda, cast.certification("cloud-engineer"))
        publish(written)
        judge_all()
        revoke_certificate(
            certificate=held, on=cast.TODAY, reason="Mistake", by=SYSTEM, now=cast.NOW
        )
        judge_all()

    html = page("Paul", PORTAL)

    assert "Mistake" in html
    assert (
        "Authorized Service Partner is not met today; its grace is over after 1 April 2026." in html
    )
    assert "nothing on this page changes before 2 Apr 2026." in re.sub(r"<[^>]+>", "", html)


def test_a_renewal_that_would_fail_is_told_with_what_it_asks(northwind: Vendor) -> None:
    written = engineers(at_least=1, term_months=12, renewal_late_days=10)
    engineer = written["criteria"]
    renew = engineer | {"key": "renew", "at_least": 2, "text": {"en": "Engineers to renew"}}
    written["criteria"] = {"phases": {"initial": engineer, "renew": renew}}
    with tenant(northwind):
        acme = cast.partner("acme", "Acme Cloud Services")
        cast.member("Paul", MembershipRole.PARTNER_ADMIN, acme)
        edda = cast.person("Edda")
        cast.employment(edda, acme, cast.job_role("technical-engineer"))
        cast.certificate(edda, cast.certification("cloud-engineer"))
        publish(written)
        judge_all()

    html = page("Paul", PORTAL)

    assert (
        "Every requirement for Authorized Service Partner is met through 1 March 2027. "
        "It stays in force through 11 March 2027: until then it can be met again."
    ) in html
    assert "The award ends, and its renewal asks “Engineers to renew”: 1 of 2." in html


@SIDES
def test_page_asks_the_same_number_of_statements_for_any_number_of_records(
    acme: Partner, northwind: Vendor, name: str, address: str
) -> None:
    browser = Client()
    browser.force_login(cast.user(name))
    browser.get(address)
    with CaptureQueriesContext(connection) as few:
        browser.get(address)
    with tenant(northwind):
        what = Certification.objects.get()
        for number in range(4):
            person = cast.person(f"Engineer {number}")
            cast.employment(person, acme)
            cast.certificate(person, what, until=date(2026, 5, 1))
            cast.deployment(acme, cast.customer(f"Customer {number}"))
        judge_all()

    with CaptureQueriesContext(connection) as many:
        browser.get(address)

    assert len(many) <= len(few) <= MOST_STATEMENTS
