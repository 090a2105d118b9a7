"""What belongs to Umbra answers at Northwind exactly like what does not exist.

Asked by whoever may see everything of Northwind, at every address that names something.
"""

from __future__ import annotations

import re
from dataclasses import replace
from uuid import uuid4

import pytest
from django.http import HttpResponse

from config.routes import METHODS, Route, routes
from partners.models import Vendor
from tests.isolation.population import NORTHWIND, UMBRA
from tests.isolation.walk import Arguments, Visitor, arguments_of

pytestmark = pytest.mark.django_db

# These do not name a row of a vendor.
NO_ROW = {"vendor", "uidb36", "app_label", "url"}
# Whose arguments are one of a few words of ours.
NO_ROW_AT = {"problem", "account_reset_password_from_key"}


def test_foreign_is_unknown_to_the_owner(vendors: dict[str, Vendor]) -> None:
    assert "\n".join(differences(vendors["northwind"], Visitor("olga"))) == ""


def test_foreign_is_unknown_to_a_partner(vendors: dict[str, Vendor]) -> None:
    assert "\n".join(differences(vendors["northwind"], Visitor("paul"))) == ""


def test_foreign_is_unknown_to_the_public(vendors: dict[str, Vendor]) -> None:
    assert "\n".join(differences(vendors["northwind"], Visitor(None))) == ""


def test_a_known_one_answers_otherwise(vendors: dict[str, Vendor]) -> None:
    """Or the comparison could not fail."""
    northwind = vendors["northwind"]
    own, unknown = arguments_of(NORTHWIND, northwind), made_up(northwind)
    browser = Visitor("olga")
    reached = [
        route
        for route in naming_a_row()
        if browser.ask("GET", own.address(route)).status_code == 200
    ]

    assert len(reached) > 10
    for route in reached:
        assert browser.ask("GET", unknown.address(route)).status_code == 404, route.address


def differences(northwind: Vendor, browser: Visitor) -> list[str]:
    own, foreign = arguments_of(NORTHWIND, northwind), arguments_of(UMBRA, northwind)
    unknown = made_up(northwind)
    found = []
    for route in naming_a_row():
        for name in names_in(route):
            # One argument is Umbra's or made up, the others are Northwind's own.
            theirs, nobodys = (with_one(own, name, other) for other in (foreign, unknown))
            for method in set(METHODS) & route.methods & {"GET", "POST", "DELETE"}:
                asked = [one.address(route) for one in (theirs, nobodys)]
                answers = [told(browser.ask(method, address), address) for address in asked]
                if answers[0] != answers[1]:
                    found.append(f"{method} {asked[0]}: {answers[0][0]}, not {answers[1][0]}")
    return found


def naming_a_row() -> list[Route]:
    return [one for one in routes() if names_in(one) and one.name not in NO_ROW_AT]


def names_in(route: Route) -> set[str]:
    names = set(re.findall(r"<(?:\w+:)?(\w+)>", route.address)) - NO_ROW
    # A version's number is counted within its program.
    return names - {"number"} if "program" in names else names


def with_one(own: Arguments, name: str, other: Arguments) -> Arguments:
    return replace(own, by_name={**own.by_name, name: other.by_name[name]})


def made_up(at: Vendor) -> Arguments:
    """Return arguments of the right form that name nothing anywhere."""
    nobody = {
        name: (lambda _route: str(uuid4()))
        for name in (
            "employment",
            "certificate",
            "deployment",
            "partner_id",
            "pk",
            "job",
            "object_id",
        )
    }
    for name in ("partner", "slug", "program", "key", "token"):
        nobody[name] = lambda _route: "nobody"
    nobody["number"] = lambda route: "99" if "version" in route.name else "UM-0000-0000"
    own = arguments_of(NORTHWIND, at)
    return replace(own, by_name={**own.by_name, **nobody})


def told(response: HttpResponse, address: str) -> tuple[int, str, str]:
    """Return what the answer tells: all but the address asked for and the token of the form."""
    body = response.content.decode(errors="replace")
    parts = {address, *re.split(r"[/?]|\.(?=svg|csv)", address)} - {"", "v", "northwind"}
    for part in sorted(parts, key=len, reverse=True):
        body = body.replace(part, "…")
    body = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "token", body)
    return response.status_code, response.headers.get("Location", "").replace(address, "…"), body
