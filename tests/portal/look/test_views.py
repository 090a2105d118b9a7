"""The vendor's colors and the switch between light and dark."""

from types import SimpleNamespace

import pytest
from django.http import Http404
from django.test import Client, RequestFactory
from django.test.utils import override_script_prefix

from portal.look.brand import brand_hash
from portal.look.context import look
from portal.look.views import theme

pytestmark = pytest.mark.urls("tests.portal.look.urls")


def _request(color: str, query: str = "") -> object:
    request = RequestFactory().get(f"/theme.css{query}")
    request.vendor = SimpleNamespace(name="Northwind", slug="northwind", brand_color=color)  # type: ignore[attr-defined]
    return request


def test_theme_is_the_vendors_color_as_css() -> None:
    response = theme(_request("#ffc400"))

    assert response.headers["Content-Type"] == "text/css; charset=utf-8"
    assert response.content == b":root{--brand:#ffc400}\n"


def test_theme_is_cached_for_good_only_at_the_address_with_its_hash() -> None:
    current = theme(_request("#ffc400", f"?v={brand_hash('#ffc400')}"))
    other = theme(_request("#ffc400", "?v=000"))

    assert current.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert other.headers["Cache-Control"] == "public, max-age=300"


@pytest.mark.parametrize("color", ["", "red", "#FFC400", "#fff}body{display:none"])
def test_theme_refuses_a_bad_color(color: str) -> None:
    with pytest.raises(Http404):
        theme(_request(color))


def test_theme_outside_every_vendor_is_not_found(client: Client) -> None:
    assert client.get("/theme.css").status_code == 404


@pytest.mark.parametrize("chosen", ["light", "dark"])
def test_scheme_is_remembered_and_shown(client: Client, chosen: str) -> None:
    response = client.post("/color-scheme/", {"scheme": chosen, "next": "/gallery/?a=1"})

    assert response.headers["Location"] == "/gallery/?a=1"
    assert client.cookies["theme"].value == chosen
    assert client.cookies["theme"]["samesite"] == "Lax"
    assert f'data-theme="{chosen}"' in client.get("/gallery/").content.decode()


def test_scheme_of_the_system_forgets_the_choice(client: Client) -> None:
    client.post("/color-scheme/", {"scheme": "dark"})
    client.post("/color-scheme/", {"scheme": "system"})

    assert "data-theme" not in client.get("/gallery/").content.decode()


def test_unknown_scheme_is_refused(client: Client) -> None:
    response = client.post("/color-scheme/", {"scheme": "neon"})

    assert response.status_code == 400
    assert "theme" not in response.cookies


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "javascript:x", ""])
def test_scheme_never_leads_to_another_site(client: Client, target: str) -> None:
    response = client.post("/color-scheme/", {"scheme": "dark", "next": target})

    assert response.headers["Location"] == "/"


def test_scheme_is_changed_only_by_a_form_of_ours() -> None:
    strict = Client(enforce_csrf_checks=True)

    assert strict.post("/color-scheme/", {"scheme": "dark"}).status_code == 403
    assert strict.get("/color-scheme/").status_code == 405


def test_unknown_cookie_is_ignored() -> None:
    request = RequestFactory().get("/")
    request.COOKIES["theme"] = '"><script>'

    assert look(request)["look"].scheme == ""


def test_frame_leads_out_of_the_vendors_space() -> None:
    with override_script_prefix("/v/northwind/"):
        frame = look(_request("#ffc400"))["look"]

    assert frame.theme_url.startswith("/v/northwind/theme.css")
    assert frame.scheme_url == "/v/northwind/color-scheme/"
    assert frame.sign_out_url == "/accounts/logout/"
    assert frame.chooser_url == "/"


def test_frame_without_account_pages_offers_none() -> None:
    assert look(RequestFactory().get("/"))["look"].security_url == ""


def test_frame_names_the_vendors_theme_by_its_hash() -> None:
    frame = look(_request("#ffc400"))["look"]

    assert frame.theme_url == f"/theme.css?v={brand_hash('#ffc400')}"
