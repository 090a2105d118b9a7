"""Every address, with every method, as everybody: answered as docs/routes.md says.

Whom an address lets in is read from its page and the rules (config/routes.py), so a new page is
walked without a test being written for it. One whose door or argument nobody knows fails.
"""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.http import HttpResponse

from config.management.commands.print_routes import PAGE, page
from config.routes import IDENTITIES, METHODS, Answer, Identity, Route, expected, routes
from partners.models import Vendor
from tests.isolation.population import HERON, NORTHWIND, OSPREY, QUETZAL
from tests.isolation.walk import COUNTERPARTS, arguments_of, leads_to_sign_in, visitor

pytestmark = pytest.mark.django_db

EVERY = {QUETZAL, OSPREY, HERON}
# What must not be in any answer to whom: private to Acme, to Cove, to the vendor.
HIDDEN = {
    "nobody": EVERY,
    "other owner": EVERY,
    "other vendor's": EVERY,
    "operator": EVERY,
    "other partner's": {QUETZAL, HERON},
    "viewer": {OSPREY, HERON},
    "admin": {OSPREY, HERON},
    "other manager": {QUETZAL, OSPREY},
    # They reach every partner.
    "reviewer": set(),
    "owner": set(),
}
# Who sees it all the same: otherwise nothing above could fail.
SHOWN = {"owner": EVERY, "reviewer": {QUETZAL, OSPREY}, "viewer": {QUETZAL}, "admin": {QUETZAL}}


def test_page_is_not_stale() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run: manage.py print_routes"


def test_everybody_of_the_page_walks() -> None:
    assert {one.label for one in IDENTITIES} == COUNTERPARTS.keys() == HIDDEN.keys()


@pytest.mark.parametrize("identity", IDENTITIES, ids=lambda one: one.label)
def test_every_address_answers_as_written(vendors: dict[str, Vendor], identity: Identity) -> None:
    arguments, browser = arguments_of(NORTHWIND, vendors["northwind"]), visitor(identity)
    wrong: list[str] = []
    seen: set[str] = set()

    for route in routes():
        address = arguments.address(route)
        for method in walked(route):
            response = browser.ask(method, address)
            wanted = expected(route, method, identity)
            if not is_answer(response, wanted, route):
                wrong.append(f"{method} {address}: {response.status_code}, not {wanted}")
            marks = marks_in(response, route)
            wrong += [f"{method} {address} shows {one}" for one in marks & HIDDEN[identity.label]]
            seen |= marks
        # A browser that asks so fast would be told to wait.
        cache.clear()

    assert "\n".join(wrong) == ""
    assert seen >= SHOWN.get(identity.label, set())


def walked(route: Route) -> list[str]:
    """Return the methods to try: those it serves and one that it does not.

    A page that serves every method takes what it does not know for a GET: that is not repeated.
    """
    served = route.methods if route.methods < set(METHODS) else {"GET", "POST"}
    return [method for method in METHODS if method in served | {"DELETE"}]


def marks_in(response: HttpResponse, route: Route) -> set[str]:
    """Return the marks that the answer shows."""
    if route.name == "invitation":
        # Whoever holds the link may know to which address it was sent.
        return set()
    body = response.content.decode(errors="replace").lower()
    return {mark for mark in EVERY if mark in body}


def is_answer(response: HttpResponse, wanted: Answer, route: Route) -> bool:
    """Return whether the response is what is written."""
    status = response.status_code
    if wanted == Answer.SIGN_IN:
        return leads_to_sign_in(response)
    if wanted != Answer.IN:
        return status == int(wanted)
    if route.name == "readyz":
        return status in {200, 405, 503}  # in a long run work may well be late
    if route.is_open:
        return status < 500
    if route.name == "admin:logout":
        return leads_to_sign_in(response)
    return status in {200, 201, 204, 302, 400, 409, 415, 422} and not leads_to_sign_in(response)
