"""A machine at Northwind and something for it to ask for."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine

from enablement.models import Certificate
from partners.models import Vendor
from partners.tenancy.context import tenant
from tests import cast
from tests.machines import Machine, new_key


@pytest.fixture(autouse=True)
def _that_day() -> Iterator[None]:
    with time_machine.travel(cast.NOW, tick=False):
        yield


@pytest.fixture
def edda(northwind: Vendor) -> Certificate:
    """The certificate of Edda, who works at Acme."""
    with tenant(northwind):
        person = cast.person("Edda")
        cast.employment(person, cast.partner("acme"))
        return cast.certificate(person, cast.certification("cloud-1"))


@pytest.fixture
def machine(northwind: Vendor) -> Machine:
    """Calls Northwind with a key that may record certificates."""
    return Machine(northwind, new_key(northwind))
