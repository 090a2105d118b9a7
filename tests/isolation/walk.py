"""Asks any address as anybody, with arguments from the population, and leaves nothing behind."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.test import Client

import config.urls_vendor  # noqa: F401 - the records are registered with the addresses
from accreditation.models import Award
from config.routes import Identity, Route
from documents.models import Deployment
from enablement.models import Certificate
from partners.admin_site import site
from partners.models import Employment, JobRun, Partner, User, Vendor
from partners.tenancy.context import tenant
from tests.isolation.population import Names

# Who is who of config.routes.IDENTITIES in the population.
COUNTERPARTS = {
    "nobody": None,
    "other owner": "ursula",
    "other vendor's": "bela",
    "other partner's": "cora",
    "viewer": "vera",
    "admin": "paul",
    "reviewer": "rita",
    "other manager": "milo",
    "owner": "olga",
    "operator": "opal",
}

# Without these the address says 403 or 404 to everybody.
QUERIES = {
    "admin:autocomplete": "?app_label=enablement&model_name=certificate&field_name=person",
}


@dataclass(frozen=True, slots=True)
class Arguments:
    """What the arguments of addresses stand for, by name: things of one vendor's main partner."""

    vendor: Vendor
    by_name: Mapping[str, Callable[[Route], str]]

    def address(self, route: Route) -> str:
        """Return the address with everything filled in.

        :raises KeyError: for an argument nobody has described: describe it in ``arguments_of``.
        """
        return re.sub(
            r"<(?:\w+:)?(\w+)>", lambda found: self.by_name[found[1]](route), route.address
        ) + QUERIES.get(route.name, "")


def arguments_of(names: Names, at: Vendor) -> Arguments:
    """Return what every argument stands for: things of the vendor of the names, asked for at one."""

    def fixed(value: str) -> Callable[[Route], str]:
        return lambda _route: value

    with tenant(Vendor.objects.get(slug=names.slug)):
        of_partner = Certificate.objects.get(person__employments__partner__slug=names.partner)
        partner = Partner.objects.get(slug=names.partner)
        employment = Employment.objects.filter(partner__slug=names.partner).earliest("pk")
        deployment = Deployment.objects.filter(partner=partner).earliest("pk")
        job, award = JobRun.objects.get(), Award.objects.get()
        records = {
            f"admin:{model._meta.app_label}_{model._meta.model_name}_change": str(
                model.objects.earliest("pk").pk
            )
            for model in site._registry
        }
    known = {
        "vendor": fixed(at.slug),
        "partner": fixed(names.partner),
        "partner_id": fixed(str(partner.pk)),
        "slug": fixed(names.partner),
        "program": fixed(names.program),
        "key": lambda route: _key(route, names),
        "number": lambda route: "2" if "version" in route.name else award.number,
        "before": fixed("1"),
        "employment": fixed(str(employment.pk)),
        "certificate": fixed(str(of_partner.pk)),
        "deployment": fixed(str(deployment.pk)),
        "pk": lambda route: str((deployment if "deployments" in route.name else of_partner).pk),
        "job": fixed(str(job.pk)),
        "object_id": lambda route: records[route.name],
        "token": fixed(f"{names.slug}-token"),
        "uidb36": fixed("abc"),
        "app_label": fixed("partners"),
        "url": fixed("nowhere/"),
    }
    return Arguments(at, known)


def _key(route: Route, names: Names) -> str:
    by_route = {"problem": "not_found", "account_reset_password_from_key": "set-password"}
    return by_route.get(route.name, names.program)


class Visitor:
    """A browser of somebody; every request starts from the same state."""

    def __init__(self, who: str | None) -> None:
        self.client = Client(raise_request_exception=False)
        if who is not None:
            self.client.force_login(User.objects.get(email=f"{who}@example.com"))
        self.cookies = {name: one.value for name, one in self.client.cookies.items()}

    def ask(self, method: str, address: str) -> HttpResponse:
        """Return the answer; whatever the request wrote is undone."""
        self.client.cookies.clear()
        for name, value in self.cookies.items():
            self.client.cookies[name] = value
        with transaction.atomic():
            response: Any = self.client.generic(method, address, **_body(method, address))
            transaction.set_rollback(True)
        return response


def visitor(identity: Identity) -> Visitor:
    """Return the browser of one of config.routes.IDENTITIES."""
    return Visitor(COUNTERPARTS[identity.label])


def _body(method: str, address: str) -> dict[str, Any]:
    if method not in {"POST", "PUT", "PATCH"}:
        return {}
    if "/api/" in address:
        return {"data": b"{}", "content_type": "application/json"}
    return {"data": b"", "content_type": "application/x-www-form-urlencoded"}


def leads_to_sign_in(response: HttpResponse) -> bool:
    """Return whether the answer is the way to the sign-in page."""
    return response.status_code == 302 and "/accounts/login/" in response.headers["Location"]


__all__ = ["COUNTERPARTS", "Arguments", "Visitor", "arguments_of", "leads_to_sign_in", "visitor"]
