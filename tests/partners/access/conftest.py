"""Ona, the owner of Northwind, and Acme."""

from __future__ import annotations

import pytest

from partners.enums import MembershipRole
from partners.models import Partner, Vendor
from partners.rules import Actor
from tests.cast import actor, member, partner


@pytest.fixture
def ona(in_northwind: Vendor) -> Actor:
    """The owner of Northwind."""
    return actor(member("ona", MembershipRole.OWNER))


@pytest.fixture
def acme(in_northwind: Vendor) -> Partner:
    return partner("acme")
