"""Northwind, ready for files of people."""

from __future__ import annotations

import pytest

from partners.models import Vendor
from partners.tenancy.context import tenant
from tests import cast


@pytest.fixture
def acme(northwind: Vendor) -> Vendor:
    """Northwind with the partners Acme and Cord and two job roles."""
    with tenant(northwind):
        cast.partner("acme", external_id="A-1")
        cast.partner("cord")
        cast.job_role("engineer")
        cast.job_role("architect")
    return northwind
