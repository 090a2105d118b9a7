"""The main job, in a real browser with a real worker: a certificate becomes a public award."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from datetime import date

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accreditation.models import Accreditation, Award, DueMark
from accreditation.tasks import evaluate_due
from partners.enums import MembershipRole
from partners.models import Employment, Notice, Partner, Vendor
from partners.tenancy.context import tenant
from tests import cast
from tests.accreditation.documents import engineers
from tests.stories import judge_all, publish
from tests.workers import until

pytestmark = [pytest.mark.browser, pytest.mark.worker, pytest.mark.django_db(transaction=True)]

SOON_SECONDS = 5
"""Within which a change shows on every surface."""


@pytest.fixture
def northwind(transactional_db: None) -> Vendor:
    """Northwind with Acme, which lacks one certified engineer, and rival Umbra with Sven."""
    umbra = cast.vendor("umbra", "Umbra", prefix="UM")
    with tenant(umbra):
        cast.member("Sven", MembershipRole.OWNER)
    northwind = cast.vendor("northwind", "Northwind", prefix="NW", time_zone="America/New_York")
    with tenant(northwind):
        mara = cast.member("Mara", MembershipRole.CHANNEL_MANAGER)
        acme = cast.partner("acme", "Acme Cloud Services", manager=mara)
        cast.member("Paul", MembershipRole.PARTNER_ADMIN, acme)
        role = cast.job_role("technical-engineer")
        certification = cast.certification("cloud-engineer", validity_months=24)
        edda, finn = cast.person("Edda Holm"), cast.person("Finn Berg")
        cast.employment(edda, acme, role)
        cast.employment(finn, acme, role)
        cast.certificate(edda, certification, since=date(2026, 1, 1))
        publish(engineers(at_least=2))
        judge_all()
    return northwind


def sign_in(page: Page, name: str) -> None:
    page.goto("/v/northwind/accounts/login/")
    page.get_by_label("Email").fill(f"{name}@example.com")
    page.get_by_label("Password").fill(cast.PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda url: "login" not in url)


def standing(vendor: Vendor) -> str:
    with tenant(vendor):
        return Accreditation.objects.get().standing


def ready(northwind: Vendor) -> None:
    """Wait until the worker hears bells, which takes it a while after its start."""
    with tenant(northwind):
        Partner.objects.update(website="https://acme.example")
        pending = due_marks()
    assert pending
    evaluate_due.delay(vendor_id=str(northwind.pk))

    def heard() -> bool:
        with tenant(northwind):
            return not due_marks()

    until(heard)


def due_marks() -> int:
    return DueMark.objects.filter(due_at__lte=timezone.now()).count()


def sees_one_missing(paul: Page) -> None:
    sign_in(paul, "paul")
    paul.goto("/v/northwind/portal/acme/accreditations/authorized-service/")
    expect(paul.get_by_text("1 of 2")).to_be_visible()


def records_the_missing_certificate(mara: Page) -> None:
    sign_in(mara, "mara")
    mara.goto("/v/northwind/manage/partners/acme/")
    mara.get_by_role("link", name="Record certificate").click()
    mara.get_by_label("Person").select_option(label="Finn Berg (finn.berg@example.com)")
    mara.get_by_label("Certification").select_option(index=1)
    mara.get_by_label("Awarded on").fill("2026-02-01")
    mara.get_by_role("button", name="Record").click()


def reads_why(paul: Page) -> None:
    paul.reload()
    expect(paul.get_by_role("heading", name="Authorized Service Partner").first).to_be_visible()
    paul.locator("details.crit summary").first.click()
    expect(paul.get_by_role("cell", name="Finn Berg Cloud Engineer")).to_be_visible()


def finds_the_partner_and_checks_its_badge(stranger: Page, number: str) -> None:
    stranger.goto("/v/northwind/partners/")
    stranger.get_by_role("link", name="Acme Cloud Services").first.click()
    expect(stranger.get_by_text("Authorized Service Partner").first).to_be_visible()
    stranger.goto(f"/v/northwind/awards/{number}/")
    expect(stranger.get_by_text(number).first).to_be_visible()
    badge = stranger.request.get(f"/v/northwind/awards/{number}.svg")
    assert badge.status == 200
    assert "Authorized Service Partner" in badge.text()


def sees_nothing_of_it(sven: Page) -> None:
    sign_in(sven, "sven")
    for address in (
        "/v/northwind/manage/partners/acme/",
        "/v/northwind/portal/acme/",
        "/v/northwind/manage/",
        "/v/umbra/partners/acme/",
    ):
        answer = sven.goto(address)
        assert answer is not None
        assert answer.status == 404


def ends_the_employment(mara: Page, northwind: Vendor) -> None:
    with tenant(northwind):
        employment = Employment.objects.get(person__name="Finn Berg")
    mara.goto(f"/v/northwind/manage/partners/acme/people/{employment.pk}/end/")
    mara.get_by_label("Last day").fill("2026-06-30")
    mara.locator("main form button.danger").click()


def test_certificate_becomes_a_public_award_and_a_departure_ends_it(
    northwind: Vendor, worker: subprocess.Popen[bytes], visit: Callable[..., Page]
) -> None:
    ready(northwind)
    mara, paul, stranger = visit(), visit(width=390), visit(scheme="dark")
    sees_one_missing(paul)
    stranger.goto("/v/northwind/partners/")
    expect(stranger.get_by_text("Acme Cloud Services")).to_have_count(0)

    records_the_missing_certificate(mara)

    until(lambda: standing(northwind) == "accredited", SOON_SECONDS)
    expect(mara.get_by_text("Accredited").first).to_be_visible(timeout=1000 * SOON_SECONDS)
    with tenant(northwind):
        number = Award.objects.get().number
        told_before = Notice.objects.count()
    reads_why(paul)
    finds_the_partner_and_checks_its_badge(stranger, number)
    sees_nothing_of_it(visit())

    ends_the_employment(mara, northwind)

    until(lambda: standing(northwind) == "lapsed", SOON_SECONDS)
    with tenant(northwind):
        told = list(Notice.objects.order_by("-created_at").values_list("rule", flat=True))
    assert told[: len(told) - told_before] == ["accreditation.lapsed"] * 2  # Mara and Paul
    stranger.goto("/v/northwind/partners/")
    expect(stranger.get_by_text("Acme Cloud Services")).to_have_count(0)
    answer = stranger.goto(f"/v/northwind/awards/{number}/")
    assert answer is not None
    assert answer.status == 200
