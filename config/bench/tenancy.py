"""What the second wall costs: the same statements as the serving role and as the owner.

The owner's policy lets it see everything, so for it the vendor is only the filter that the
manager writes into every statement: the floor.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from accreditation.queries.listings import Search, find_listings, words_of
from config.bench.owner import as_owner, backend_of
from config.bench.races import Race, Side
from partners.models import Partner, Person, Vendor
from partners.tenancy.context import tenant

REPEATED = 200
"""Statements of a round: one alone is shorter than the clock is exact."""


def races(vendor: Vendor) -> Iterator[Race]:
    """Yield the races; the vendor is open meanwhile, as in a request."""
    with as_owner() as owner, tenant(vendor), connection.cursor() as serving:

        def race(name: str, target: float, rows: QuerySet[Any]) -> Race:
            sql, values = rows.query.sql_with_params()
            return Race(
                name=f"row-level security / explicit filter: {name}",
                target=target,
                product=Side(_repeated(serving, sql, values), backend_of(serving)),
                floor=Side(_repeated(owner, sql, values), backend_of(owner), sql=sql),
            )

        person = Person.objects.order_by("email")[:1].get()
        rare = Search(words=words_of("fjord 77"))
        yield race("point read", 1.2, Person.objects.filter(pk=person.pk))
        page = Partner.objects.order_by("slug").values_list("pk", "slug", "name", "state")
        yield race("page of 50", 1.05, page[:50])
        found = find_listings(rare).values_list("pk", "slug", "name", "weight")
        yield race("search of the directory", 1.1, found[:20])


def _repeated(cursor: Any, sql: str, values: Any) -> Callable[[], object]:
    def run() -> object:
        rows: list[Any] = []
        for _ in range(REPEATED):
            cursor.execute(sql, values)
            rows = cursor.fetchall()
        return rows

    return run
