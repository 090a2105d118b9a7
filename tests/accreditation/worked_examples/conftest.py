"""Whom the worked examples on real rows are about."""

from __future__ import annotations

import pytest

from partners.models import Partner, Vendor
from tests import cast
from tests.accreditation.worked_examples.lifecycles import LONG_AGO


@pytest.fixture
def acme(in_northwind: Vendor) -> Partner:
    """A partner of Northwind since long ago, whose space is open."""
    return cast.partner("acme", joined_on=LONG_AGO)
