"""What tests of several surfaces ask for."""

from __future__ import annotations

from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from partners.enums import MembershipRole
from partners.models import Vendor
from partners.tenancy.context import tenant
from tests import cast
from tests.machines import Machine, new_key
from tests.portal.public_pages import fill

Refuse = Callable[[str], list[str]]
"""What is said of a rules document that is refused, a line each."""


@pytest.fixture
def directory(northwind: Vendor) -> Vendor:
    """Northwind with a filled directory."""
    fill(northwind)
    return northwind


@pytest.fixture
def by_page(northwind: Vendor) -> Refuse:
    """Return what the page that takes documents says of one."""
    with tenant(northwind):
        owner = cast.member("Olga", MembershipRole.OWNER)
    client = Client()
    client.force_login(owner.user)

    def refuse(text: str) -> list[str]:
        answer = client.post("/v/northwind/manage/drafts/new/", {"text": text})
        assert answer.status_code == 422
        return list(answer.context["form"].errors["text"])

    return refuse


@pytest.fixture
def by_api(northwind: Vendor) -> Refuse:
    """Return what the API says of a document."""
    machine = Machine(northwind, new_key(northwind))

    def refuse(text: str) -> list[str]:
        drafted = machine.post("/programs/", {"yaml": text})
        checked = machine.post("/program-checks/", {"yaml": text}).json()
        assert drafted.status_code == 400
        errors = drafted.json()["errors"]
        assert not checked["valid"]
        assert [(one["place"] or "document", one["code"]) for one in checked["problems"]] == [
            (one["field"], one["code"]) for one in errors
        ]
        return [one["message"] for one in errors]

    return refuse


@pytest.fixture
def by_command(tmp_path: Path) -> Refuse:
    """Return what the command says of a document."""

    def refuse(text: str) -> list[str]:
        file, said = tmp_path / "rules.yaml", StringIO()
        file.write_text(text)
        with pytest.raises(CommandError):
            call_command("check_program", str(file), stderr=said)
        return said.getvalue().splitlines()

    return refuse
