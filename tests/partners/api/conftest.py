"""A machine at Northwind and something for it to ask for."""

from __future__ import annotations

import pytest
import time_machine

from enablement.models import Certificate
from partners.models import Vendor
from partners.tenancy.context import tenant
from tests import cast


@pytest.fixture(autouse=True)
def _that_day(clock: time_machine.Coordinates) -> None:
    """All of it happens at the moment of the stories."""


@pytest.fixture
def edda(northwind: Vendor) -> Certificate:
    """The certificate of Edda, who works at Acme."""
    with tenant(northwind):
        person = cast.person("Edda")
        cast.employment(person, cast.partner("acme"))
        return cast.certificate(person, cast.certification("cloud-1"))
