"""What the second wall costs: the same statements as the serving role and as the owner.

The owner's policy lets it see everything, so for it the vendor is only the filter that the
manager writes into every statement: the floor.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any

import psycopg2
from django.db import connection
from django.db.models import QuerySet
from psycopg2.extensions import connection as Connection
from psycopg2.extras import register_default_jsonb

from accreditation.queries.listings import Search, find_listings, words_of
from config.bench.races import Race, Side
from partners.models import Partner, Person, Vendor
from partners.tenancy.context import tenant

REPEATED = 200
"""Statements of a round: one alone is shorter than the clock is exact."""


def races(vendor: Vendor) -> Iterator[Race]:
    """Yield the races; the vendor is open meanwhile, as in a request."""
    owner = psycopg2.connect(os.environ["DATABASE_OWNER_URL"])
    # Django reads JSON itself: neither side lets the driver do it.
    register_default_jsonb(owner, loads=str)
    try:
        with tenant(vendor):
            person = Person.objects.order_by("email").first()
            assert person is not None
            page = Partner.objects.order_by("slug")[:50]
            yield _race("point read", 1.2, owner, Person.objects.filter(pk=person.pk))
            yield _race("page of 50", 1.05, owner, page)
            rare = find_listings(Search(words=words_of("fjord 77")))
            yield _race("search of the directory", 1.1, owner, rare[:20])
    finally:
        owner.close()


def _race(name: str, target: float, owner: Connection, rows: QuerySet[Any]) -> Race:
    sql, values = rows.query.sql_with_params()
    with owner.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (owner_pid,) = cursor.fetchone() or (0,)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (serving_pid,) = cursor.fetchone()
    return Race(
        name=f"row-level security / explicit filter: {name}",
        target=target,
        product=Side(_repeated(connection.connection, sql, values), (serving_pid,)),
        floor=Side(_repeated(owner, sql, values), (owner_pid,), sql=sql),
    )


def _repeated(over: Connection, sql: str, values: Any) -> Callable[[], object]:
    def run() -> object:
        rows: list[Any] = []
        with over.cursor() as cursor:
            for _ in range(REPEATED):
                cursor.execute(sql, values)
                rows = cursor.fetchall()
        return rows

    return run
