"""What tests of several surfaces ask for."""

from __future__ import annotations

import pytest

from partners.models import Vendor
from tests.portal.public_pages import fill


@pytest.fixture
def directory(northwind: Vendor) -> Vendor:
    """Northwind with a filled directory."""
    fill(northwind)
    return northwind
