"""A real web server and a real worker for the stories; the browser is in ``browsers.py``."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.workers import kill, start_worker


@pytest.fixture
def visit(browser: Browser, live_server: object) -> Iterator[Callable[..., Page]]:
    """Opens a new visitor's first page; any error on a console fails the story."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def start(width: int = 1280, scheme: str = "light") -> Page:
        context = browser.new_context(
            base_url=str(live_server),
            viewport={"width": width, "height": 900},
            color_scheme=scheme,  # type: ignore[arg-type]
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on(
            "console",
            lambda said: (
                complaints.append(f"{page.url}: {said.text}") if said.type == "error" else None
            ),
        )
        page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
        return page

    yield start
    for context in contexts:
        context.close()
    # A page that must not be there answers 404, and the browser says so.
    assert [one for one in complaints if "404 (Not Found)" not in one] == []


@pytest.fixture
def worker(transactional_db: None) -> Iterator[subprocess.Popen[bytes]]:
    """A real worker on this test's database and broker."""
    process = start_worker("--pool=solo")
    yield process
    kill(process)
