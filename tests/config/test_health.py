"""Alive and ready are two questions; neither answer says more than which check fails."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import psycopg2
import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from kombu import Connection

from accreditation.models import DueMark
from config import health
from config.celery import app
from partners.enums import OutboxKind
from partners.models import OutboxItem, Vendor
from partners.tenancy.context import tenant
from tests import cast

ALL_WELL = {
    "database": "ok",
    "migrations": "ok",
    "cache": "ok",
    "broker": "ok",
    "background_work": "ok",
}
LONG_AGO = timedelta(minutes=6)


@pytest.fixture(autouse=True)
def _forget_migrations() -> Iterator[None]:
    health.require_migrated.cache_clear()
    yield
    health.require_migrated.cache_clear()


def mail_due(vendor: Vendor, ago: timedelta) -> None:
    moment = timezone.now() - ago
    with tenant(vendor):
        OutboxItem.objects.create(
            kind=OutboxKind.EMAIL,
            dedupe_key="x",
            template="invitation",
            recipient="paul@example.com",
            created_at=moment,
            due_at=moment,
        )


def failing(client: Client) -> list[str]:
    """Return the checks that fail, after looking at the whole answer."""
    response = client.get("/readyz")
    answer = response.json()
    names = [name for name, result in answer["checks"].items() if result != "ok"]
    assert answer == {
        "status": "failing" if names else "ok",
        "checks": ALL_WELL | dict.fromkeys(names, "failing"),
    }
    assert response.status_code == (503 if names else 200)
    assert "no-store" in response["Cache-Control"]
    return names


def test_an_answering_process_is_healthy_whatever_the_database_does(client: Client) -> None:
    # Without the fixture `db`, a question to the database fails the test.
    response = client.get("/healthz")

    assert (response.status_code, response.json()) == (200, {"status": "ok"})
    assert client.post("/healthz").status_code == 405


@pytest.mark.django_db
def test_a_whole_installation_is_ready(client: Client) -> None:
    assert failing(client) == []


@pytest.mark.django_db
def test_readiness_stays_cheap(
    client: Client, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    failing(client)

    with django_assert_num_queries(2):  # type: ignore[operator]
        failing(client)


def test_mail_that_nobody_sends_is_noticed(client: Client, northwind: Vendor) -> None:
    mail_due(northwind, timedelta(minutes=4))
    before = failing(client)
    with tenant(northwind):
        OutboxItem.objects.update(due_at=timezone.now() - LONG_AGO)

    assert (before, failing(client)) == ([], ["background_work"])


def test_partners_that_nobody_judges_are_noticed(client: Client, northwind: Vendor) -> None:
    with tenant(northwind):
        acme = cast.partner("acme")
        before = failing(client)
        DueMark.objects.create(partner=acme, due_at=timezone.now() - LONG_AGO, cause="time")

    assert (before, failing(client)) == ([], ["background_work"])


@pytest.mark.django_db
def test_a_broker_that_is_away_is_noticed(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        app,
        "connection_for_write",
        lambda **options: Connection("redis://127.0.0.1:1/0", **options),
    )

    assert failing(client) == ["broker"]


@pytest.mark.django_db(transaction=True)
def test_a_missing_migration_is_noticed_until_it_is_applied(
    client: Client, owner_connection: psycopg2.extensions.connection
) -> None:
    with owner_connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM django_migrations WHERE app = 'partners' "
            "AND id = (SELECT max(id) FROM django_migrations WHERE app = 'partners') "
            "RETURNING app, name, applied"
        )
        row = cursor.fetchone()
        before = failing(client)
        cursor.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES (%s, %s, %s)", row
        )

    assert (before, failing(client)) == (["migrations"], [])


@pytest.mark.django_db(transaction=True)
def test_a_database_that_is_away_is_noticed_without_saying_where_it_was(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing(client)
    connection.close()
    monkeypatch.setitem(connection.settings_dict, "HOST", "/nowhere")

    names = failing(client)

    monkeypatch.undo()
    assert names == ["database", "background_work"]
