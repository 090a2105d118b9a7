"""Whatever is kept in the cache while a vendor's pages are served is kept apart for that vendor."""

from __future__ import annotations

import pytest
import redis
from django.conf import settings
from django.core.cache import cache

from config.routes import routes
from partners.models import Vendor
from partners.tenancy.cache import ACROSS_VENDORS
from tests.isolation.population import NORTHWIND
from tests.isolation.walk import Visitor, arguments_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("who", ["olga", "paul", None])
def test_every_key_carries_the_vendor(vendors: dict[str, Vendor], who: str | None) -> None:
    northwind, browser = vendors["northwind"], Visitor(who)
    arguments = arguments_of(NORTHWIND, northwind)
    cache.clear()

    for route in routes():
        if route.address.startswith("/v/<vendor>/"):
            browser.ask("GET", arguments.address(route))
            browser.ask("POST", arguments.address(route))
    shared = [key for key in keys() if not key.startswith(f"v:{northwind.pk}:")]

    assert [key for key in shared if not is_about_a_person(key)] == []


def test_a_library_that_caches_within_a_vendor_is_seen(vendors: dict[str, Vendor]) -> None:
    """Or the walk above could not fail: searching the records keeps its results for a while."""
    northwind, browser = vendors["northwind"], Visitor("olga")
    cache.clear()

    browser.ask("GET", "/v/northwind/admin/search/?s=acme&extended=1")

    assert any(key.startswith(f"v:{northwind.pk}:") for key in keys())


def keys() -> list[str]:
    client = redis.Redis.from_url(settings.REDIS_URL)
    try:
        # The broker shares the server; its lists are not the cache's.
        return [key.decode() for key in client.keys("*") if key.startswith((b"v:", b"all:"))]
    finally:
        client.close()


def is_about_a_person(key: str) -> bool:
    """Return whether it is one of the few that must add up over all vendors."""
    space, _, rest = key.partition("::1:")
    return space == "all" and rest.startswith(ACROSS_VENDORS)
