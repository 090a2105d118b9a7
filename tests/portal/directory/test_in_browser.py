"""Public pages in a real browser: accessible, inside the window, within the strict policy."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Error, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from partners.models import Vendor
from tests import cast
from tests.portal.public_pages import fill, lapse, number_of, rise

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    # Playwright runs an event loop in this thread, in which Django would refuse to ask.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        try:
            started = playwright.chromium.launch(
                executable_path=shutil.which("chromium"), args=["--no-sandbox"]
            )
        except Error as error:
            if os.environ.get("CI"):
                raise
            pytest.skip(f"NO BROWSER, accessibility is not checked: {error.message}")
        yield started
        started.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def northwind() -> Vendor:
    return cast.vendor("northwind", "Northwind", prefix="NW", time_zone="America/New_York")


def addresses(vendor: Vendor) -> list[str]:
    """Return one address of every page in every state."""
    lapsed, replaced = (
        number_of(vendor, "aurora", "security"),
        number_of(vendor, "sakura", "delivery"),
    )
    lapse(vendor, "aurora")
    rise(vendor, "sakura")
    return [
        "partners/",
        "partners/?q=mbh&country=DE&sort=name",
        "partners/?q=tierra&country=JP",
        "partners/?q=systemhuas",
        "partners/acme/",
        "partners/tierra/",
        "partners/aurora/",
        "programs/",
        "programs/delivery/",
        "programs/standing/",
        "verify/",
        "verify/?award=abc",
        f"awards/{number_of(vendor, 'acme', 'delivery')}/",
        f"awards/{lapsed}/",
        f"awards/{replaced}/",
        "awards/NW-2222-2222/",
    ]


def check(page: Page, address: str) -> list[str]:
    """Return everything that is wrong with a page."""
    complaints: list[str] = []
    page.on("console", lambda line: complaints.append(line.text))
    page.on("requestfailed", lambda request: complaints.append(request.url))
    response = page.goto(address, wait_until="networkidle")
    assert response
    # The browser itself says that a page was answered with 404 or 422: so it was meant.
    meant = [f"status of {response.status}"] if response.status >= 400 else []
    found = [line for line in complaints if not any(one in line for one in meant)]
    if page.evaluate("document.documentElement.scrollWidth - innerWidth") > 0:
        found.append("wider than the window")
    violations = Axe().run(page, options={"runOnly": RULES}).response["violations"]
    return found + [f"{one['id']}: {one['nodes'][0]['html']}" for one in violations]


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_public_pages_are_accessible_and_fit(
    browser: Browser, live_server: LiveServer, northwind: Vendor, width: int, scheme: str
) -> None:
    fill(northwind)
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, locale="en-US"
    )

    wrong = {}
    for address in addresses(northwind):
        page = context.new_page()
        wrong[address] = check(page, f"{live_server.url}/v/northwind/{address}")
        page.close()

    assert {address: found for address, found in wrong.items() if found} == {}
    context.close()


def test_filter_narrows_the_list_at_once_and_keeps_the_focus(
    browser: Browser, live_server: LiveServer, northwind: Vendor
) -> None:
    fill(northwind)
    page = browser.new_page(viewport={"width": 1280, "height": 900}, locale="en-US")
    page.goto(f"{live_server.url}/v/northwind/partners/")

    page.get_by_role("checkbox", name="Japan").check()
    page.wait_for_url("**/partners/?country=JP")

    assert page.get_by_role("status").inner_text().strip() == "1 partner matches"
    assert page.locator(".pcard").count() == 1
    assert page.evaluate("document.activeElement.value") == "JP"
    page.get_by_role("button", name="Search").click()
    page.wait_for_load_state("networkidle")
    assert "country=JP" in page.url
    page.close()


def test_filter_works_without_scripts(
    browser: Browser, live_server: LiveServer, northwind: Vendor
) -> None:
    fill(northwind)
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 900})
    page = context.new_page()
    page.goto(f"{live_server.url}/v/northwind/partners/?q=partner")

    page.get_by_text("Filters").click()
    page.get_by_role("checkbox", name="Japan").check()
    page.get_by_role("button", name="Show partners").click()

    assert page.url.endswith("/partners/?country=JP&q=partner")
    assert page.locator(".pcard").count() == 1
    context.close()
