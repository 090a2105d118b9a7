"""Every page of the demo in a real browser: accessible, inside the window, without complaints."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import transaction
from django.utils import timezone
from playwright.sync_api import Page

from accreditation.models import Award
from config.demo import northwind as demo
from config.demo.writer import PASSWORD, address
from partners.models import Vendor
from partners.tenancy.context import tenant

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PICTURES = Path(__file__).resolve().parents[2] / "var" / "look"

PORTAL = "/v/northwind/portal/kestrel-voss/"
MANAGE = "/v/northwind/manage/"
KESTREL = f"{MANAGE}partners/kestrel-voss/"
PAGES: dict[str, tuple[str, ...]] = {
    "": (
        "/accounts/login/",
        "/v/northwind/accounts/login/",
        "/v/northwind/partners/",
        "/v/northwind/partners/?q=sakura",
        "/v/northwind/partners/?q=nobody-of-that-name",
        "/v/northwind/partners/kestrel-voss/",
        "/v/northwind/partners/nobody/",
        "/v/northwind/programs/",
        "/v/northwind/programs/delivery-partner/",
        "/v/northwind/verify/",
        "/v/northwind/awards/{award}/",
        "/v/northwind/awards/NW-0000-0000/",
    ),
    "annika": (
        PORTAL,
        f"{PORTAL}accreditations/",
        f"{PORTAL}accreditations/authorized-service/",
        f"{PORTAL}accreditations/advanced-security/",
        f"{PORTAL}accreditations/delivery-partner/?level=gold",
        f"{PORTAL}team/",
        f"{PORTAL}members/",
        f"{PORTAL}notices/",
    ),
    "olive": (
        MANAGE,
        f"{MANAGE}partners/",
        f"{MANAGE}partners/new/",
        KESTREL,
        f"{KESTREL}edit/",
        f"{KESTREL}people/new/",
        f"{KESTREL}certificates/new/",
        f"{KESTREL}accreditations/authorized-service/",
        f"{MANAGE}programs/",
        f"{MANAGE}programs/authorized-service/",
        f"{MANAGE}drafts/new/",
        f"{MANAGE}imports/",
        f"{MANAGE}imports/new/",
        f"{MANAGE}members/",
        f"{MANAGE}api-keys/",
        f"{MANAGE}notices/",
    ),
}


@pytest.fixture
def told(transactional_db: None) -> Vendor:
    """Northwind's year."""
    with transaction.atomic():
        return demo.tell(now=timezone.now())


def sign_in(page: Page, name: str) -> None:
    page.goto("/v/northwind/accounts/login/")
    page.get_by_label("Email").fill(address(name))
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda url: "login" not in url)


def faults(page: Page) -> list[str]:
    """Return what axe finds, and whether the page is wider than the window."""
    found: list[dict[str, Any]] = Axe().run(page, options={"runOnly": RULES}).response["violations"]
    said = [f"{one['id']}: {one['nodes'][0]['target']} ({len(one['nodes'])})" for one in found]
    overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return [*said, f"{overflow} px too wide"] if overflow > 0 else said


def walk(
    visit: Callable[..., Page], vendor: Vendor, looks: list[tuple[int, str]], *, keep: bool
) -> dict[str, list[str]]:
    """Return the faults of every page in every look; keep pictures if asked."""
    with tenant(vendor):
        award = Award.objects.filter(ended_on=None).first()
    assert award is not None
    wrong: dict[str, list[str]] = {}
    for name, addresses in PAGES.items():
        for width, scheme in looks:
            page = visit(width=width, scheme=scheme)
            if name:
                sign_in(page, name)
            for each in addresses:
                where = each.format(award=award.number)
                page.goto(where)
                if found := faults(page):
                    wrong[f"{where} {width} {scheme}"] = found
                if keep:
                    title = re.sub(r"[^a-z0-9]+", "-", each.removeprefix("/v/")).strip("-")
                    page.screenshot(path=PICTURES / f"{title}-{width}-{scheme}.png", full_page=True)
            page.context.close()
    return wrong


def test_every_page_is_accessible(told: Vendor, visit: Callable[..., Page]) -> None:
    assert walk(visit, told, [(390, "dark"), (1280, "light")], keep=False) == {}


@pytest.mark.look
def test_every_page_in_every_look(told: Vendor, visit: Callable[..., Page]) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    looks = [(width, scheme) for width in (390, 1280) for scheme in ("light", "dark")]

    assert walk(visit, told, looks, keep=True) == {}
