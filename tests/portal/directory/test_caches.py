"""Public pages are the same for everybody: any cache may keep them."""

from __future__ import annotations

import pytest
from django.test import Client

from partners.models import Vendor
from tests import cast
from tests.portal.public_pages import number_of

PAGES = (
    "partners/",
    "partners/?q=acme",
    "partners/acme/",
    "partners/nobody/",
    "programs/",
    "programs/delivery/",
    "verify/",
    "verify/?award=NW-2222-2222",
    "awards/{}/",
    "awards/{}.svg",
)


@pytest.mark.parametrize("path", PAGES)
def test_page_sets_no_cookie_and_varies_with_none(
    client: Client, directory: Vendor, path: str
) -> None:
    number = number_of(directory, "acme", "delivery")

    response = client.get(f"/v/northwind/{path.format(number)}")

    assert not response.cookies
    assert response.headers["Vary"] == "Accept-Language"
    kept = "public, max-age=300" if path.endswith(".svg") else "public, max-age=0, no-cache"
    assert response.headers["Cache-Control"] == kept


def test_page_drawn_for_somebodys_cookies_is_not_shared(client: Client, directory: Vendor) -> None:
    client.cookies["theme"] = "dark"

    response = client.get("/v/northwind/partners/")

    assert 'data-theme="dark"' in response.content.decode()
    assert response.headers["Cache-Control"] == "private, no-cache"


def test_member_reads_the_same_page_as_everybody(client: Client, directory: Vendor) -> None:
    before = client.get("/v/northwind/partners/acme/").content
    client.force_login(cast.user("Sven"))

    response = client.get("/v/northwind/partners/acme/")

    assert response.content == before
    assert response.headers["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize("path", ["partners/", "verify/", "awards/NW-2222-2222.svg"])
def test_pages_only_answer_reading(client: Client, directory: Vendor, path: str) -> None:
    assert client.post(f"/v/northwind/{path}").status_code in {403, 405}
