"""The gallery in a real browser: accessible, inside the window, within the strict policy."""

import threading
from collections.abc import Iterator
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.wsgi import get_wsgi_application
from playwright.sync_api import Browser
from pytest_django import Settings

pytestmark = [pytest.mark.browser, pytest.mark.urls("tests.portal.look.urls")]

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


WIDER_THAN_ITS_PLACE = """[...document.querySelectorAll("details[open] table.in")]
    .filter(one => one.offsetWidth > one.parentElement.clientWidth).map(one => one.innerText)"""


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def address() -> Iterator[str]:
    """The address of a server on this machine; its pages touch no database."""
    server = _Server(("127.0.0.1", 0), _Quiet)
    server.set_app(get_wsgi_application())
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.parametrize(
    "reader",
    [
        (1280, "light", "en", "portal"),
        (390, "dark", "en", "portal"),
        (390, "light", "ar", "portal"),
        (1280, "dark", "ar", "workspace"),
        (390, "light", "en", "workspace"),
        (390, "light", "en", "public"),
    ],
    ids=str,
)
def test_gallery_is_accessible_and_fits(
    browser: Browser, address: str, settings: Settings, reader: tuple[int, str, str, str]
) -> None:
    width, scheme, language, shell = reader
    settings.LANGUAGES = [("en", "English"), ("ar", "Arabic")]
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, locale=language
    )
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda line: complaints.append(line.text))
    page.on("requestfailed", lambda request: complaints.append(request.url))

    response = page.goto(f"{address}/gallery/?shell={shell}", wait_until="networkidle")
    overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth")

    wide = page.evaluate(WIDER_THAN_ITS_PLACE)

    assert response
    assert "style-src 'self'" in response.headers["content-security-policy"]
    assert complaints == []
    assert overflow <= 0
    assert wide == []
    violations = Axe().run(page, options={"runOnly": RULES}).response["violations"]
    assert [(v["id"], v["nodes"][0]["html"]) for v in violations] == []
    context.close()
