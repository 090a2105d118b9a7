"""Northwind's workspace on 2 March 2026: Acme is Mara's, Beta is Milo's; Umbra has its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
import time_machine
from django.test import Client

from accreditation.models import DueMark
from partners.enums import MembershipRole
from partners.models import Membership, Partner, Vendor
from partners.tenancy.context import tenant
from tests import cast
from tests.accreditation.documents import engineers
from tests.stories import judge_all, publish

MANAGE = "/v/northwind/manage/"
Answer = Any  # Django's test client adds .context and more to HttpResponse


@pytest.fixture(autouse=True)
def _that_day(clock: time_machine.Coordinates) -> None:
    """All of it happens at the moment of the stories."""


@dataclass
class Visit:
    """A signed-in browser in Northwind's workspace."""

    client: Client

    def get(self, path: str = "", **query: Any) -> Answer:
        return self.client.get(MANAGE + path, query)

    def post(self, path: str, **sent: Any) -> Answer:
        return self.client.post(MANAGE + path, sent)

    def text(self, path: str = "", **query: Any) -> str:
        answer = self.get(path, **query)
        assert answer.status_code == 200
        return " ".join(answer.content.decode().split())


Enter = Callable[..., Visit]


@pytest.fixture
def mara(northwind: Vendor) -> Membership:
    with tenant(northwind):
        return cast.member("Mara", MembershipRole.CHANNEL_MANAGER)


@pytest.fixture
def enter(northwind: Vendor, mara: Membership) -> Enter:
    """Return a browser signed in as Mara, or as a new member in another role."""

    def sign_in(role: MembershipRole = MembershipRole.CHANNEL_MANAGER) -> Visit:
        with tenant(northwind):
            one = mara if role == mara.role else cast.member(f"One {role}@example.com", role)
        client = Client()
        client.force_login(one.user)
        return Visit(client)

    return sign_in


@pytest.fixture
def acme(northwind: Vendor, mara: Membership) -> Partner:
    """Acme, in progress: Edda is certified and the rules ask for two engineers. Finn is not."""
    with tenant(northwind):
        acme = cast.partner("acme", "Acme Cloud Services", manager=mara)
        cast.partner(
            "beta", "Beta Systems", manager=cast.member("Milo", MembershipRole.CHANNEL_MANAGER)
        )
        role = cast.job_role("technical-engineer")
        what = cast.certification("cloud-engineer", validity_months=24)
        edda, finn = cast.person("Edda"), cast.person("Finn")
        for person in (edda, finn):
            cast.employment(person, acme, role)
        cast.certificate(edda, what, number="C-7")
        publish(engineers(at_least=2, grace_days=30))
        judge_all()
    return acme


@pytest.fixture
def bolt(umbra: Vendor) -> Partner:
    """Umbra's partner, which nobody at Northwind may see."""
    with tenant(umbra):
        return cast.partner("bolt", "Bolt GmbH")


@pytest.fixture
def judge(northwind: Vendor) -> Callable[[], None]:
    """Let the worker do what is due."""

    def work() -> None:
        with tenant(northwind):
            judge_all()

    return work


def make_due(vendor: Vendor) -> None:
    """Give the marks of the triggers, which know the database's clock, the story's moment."""
    with tenant(vendor):
        DueMark.objects.filter(cause="facts_changed").update(due_at=cast.NOW)
