"""The two vendors, committed once a module; and the ORM's wall standing alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connections
from django.db.backends.postgresql.base import DatabaseWrapper
from pytest_django import DjangoDbBlocker, Settings

from config.environment import read_environment
from partners.models import Vendor
from tests.conftest import truncate_as_owner
from tests.isolation.population import populate


@pytest.fixture(scope="module")
def vendors(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[dict[str, Vendor]]:
    """Northwind and Umbra with rows in every table. Tests of the module change nothing for good."""
    with django_db_blocker.unblock():
        yield populate()
        truncate_as_owner()


@pytest.fixture
def owner_alias(db: None, settings: Settings) -> Iterator[str]:
    """A connection for the ORM as the owner, who sees every row: only the ORM's wall is left."""
    settings.DATABASE_ROLE = "owner"
    described = {
        **connections.settings["default"],
        **read_environment().dj_db_url("DATABASE_OWNER_URL"),
    }
    # Not among the settings: to these Django's test cases restrict themselves.
    connections["owner"] = DatabaseWrapper(described, "owner")
    yield "owner"
    connections["owner"].close()
    del connections["owner"]


@pytest.fixture(autouse=True)
def _quiet_refusals(caplog: pytest.LogCaptureFixture) -> None:
    """Thousands of requests are refused on purpose: nobody wants to read of each."""
    caplog.set_level("CRITICAL", logger="django.request")
