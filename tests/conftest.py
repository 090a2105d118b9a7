"""What every test may ask for. The cast is in ``cast.py``."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg2
import pytest
import time_machine
from django.apps import apps
from django.core.cache import cache
from django.db import transaction
from django.test import TransactionTestCase
from django.utils import timezone, translation

from documents.models import Customer
from partners.models import Partner, Vendor
from partners.tenancy.context import tenant
from tests import cast
from tests.machines import Machine, new_key
from tests.servers import owner_url

pytest_plugins = ["tests.browsers"]


@pytest.fixture(scope="session")
def django_db_setup() -> None:
    """The database is there already: a clone of the migrated template."""


@pytest.fixture
def owner_connection() -> Iterator[psycopg2.extensions.connection]:
    """A connection as the owner of the schema, for what the serving role must not be able to do."""
    connection = psycopg2.connect(owner_url())
    connection.autocommit = True
    yield connection
    connection.close()


def truncate_as_owner(_: object = None) -> None:
    """Empty every table over a connection of its own: the serving role has no right to."""
    kept = {"django_migrations", "django_content_type", "auth_permission"}
    tables = {model._meta.db_table for model in apps.get_models(include_auto_created=True)} - kept
    connection = psycopg2.connect(owner_url())
    with connection, connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {', '.join(sorted(tables))} CASCADE")
    connection.close()


TransactionTestCase._fixture_teardown = truncate_as_owner  # type: ignore[method-assign]


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    yield
    cache.clear()


@pytest.fixture
def northwind(db: None) -> Vendor:
    """The vendor of most stories; New York time, so that UTC is never accidentally right."""
    return cast.vendor("northwind", "Northwind", prefix="NW", time_zone="America/New_York")


@pytest.fixture
def umbra(db: None) -> Vendor:
    """Northwind's rival, with rows of its own that could leak."""
    return cast.vendor("umbra", "Umbra", prefix="UM", time_zone="Asia/Tokyo")


@pytest.fixture
def in_northwind(northwind: Vendor) -> Iterator[Vendor]:
    """Northwind's space, open for the whole test."""
    with transaction.atomic(), tenant(northwind):
        yield northwind


@pytest.fixture
def acme(in_northwind: Vendor) -> Partner:
    """A partner of Northwind, whose space is open."""
    return cast.partner("acme")


@pytest.fixture
def contoso(in_northwind: Vendor) -> Customer:
    """A customer of Northwind's partners."""
    return cast.customer("Contoso")


@pytest.fixture
def clock() -> Iterator[time_machine.Coordinates]:
    """The clock, standing at the moment of the stories; a test may move it."""
    with time_machine.travel(cast.NOW, tick=False) as stopped:
        yield stopped


@pytest.fixture
def machine(northwind: Vendor) -> Machine:
    """Calls Northwind's API with a key of a program owner."""
    return Machine(northwind, new_key(northwind))


@pytest.fixture(autouse=True)
def _english_in_utc() -> Iterator[None]:
    """A request leaves its language and time zone behind in the thread; no test inherits them."""
    yield
    translation.activate("en")
    timezone.deactivate()
