"""A machine that calls a vendor's API with a key."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpResponse
from django.test import Client

from partners.enums import ActorKind, MembershipRole
from partners.models import Vendor
from partners.operations.access import create_api_key
from partners.rules import Actor
from partners.tenancy.context import tenant
from tests import cast

Answer = Any  # Django's test client adds .json() and more to HttpResponse


def new_key(vendor: Vendor, role: MembershipRole = MembershipRole.PROGRAM_OWNER) -> str:
    """Return a fresh key of the vendor in this role, valid for a year."""
    with tenant(vendor):
        owner = Actor(kind=ActorKind.USER, id=cast.user("Mara").pk, role=MembershipRole.OWNER)
        return create_api_key(name="CRM", role=role, days=365, by=owner, now=cast.NOW)[1]


class Machine:
    """Calls addresses below one vendor's ``/api/v1/``; what it sends and gets is JSON."""

    def __init__(self, vendor: Vendor, key: str | None, *, raises: bool = True) -> None:
        self.base = f"/v/{vendor.slug}/api/v1"
        self.client = Client(raise_request_exception=raises)
        self.headers = {} if key is None else {"Authorization": f"Bearer {key}"}

    def get(self, path: str, **parameters: Any) -> Answer:
        """Return the answer to a GET below the API's root, or of an absolute address."""
        address = path if "/api/v1/" in path else f"{self.base}{path}"
        return self.client.get(address, parameters, headers=self.headers)

    def post(self, path: str, body: Any, **headers: str) -> Answer:
        """Return the answer to a POST; ``body`` is sent as JSON, bytes as they are."""
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.post(
            f"{self.base}{path}",
            raw,
            content_type="application/json",
            headers={**self.headers, **named},
        )


def is_problem(response: HttpResponse, status: int, key: str) -> bool:
    """Return whether the answer is this problem, in the right form."""
    problem = json.loads(response.content)
    return (response.status_code, response.headers["Content-Type"], problem["type"]) == (
        status,
        "application/problem+json",
        f"/problems/{key}/",
    )
