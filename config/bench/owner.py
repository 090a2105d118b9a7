"""A connection beside the product's own, as the owner of the tables. Only the benchmark has one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg2


@contextmanager
def as_owner() -> Iterator[Any]:
    """Open a cursor of the owner, who sees the rows of all vendors; closed on the way out."""
    connection = psycopg2.connect(os.environ["DATABASE_OWNER_URL"])  # type: ignore[no-untyped-call]
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            yield cursor
    finally:
        connection.close()


def backend_of(cursor: Any) -> tuple[int, ...]:
    """Return the server process that works for a cursor."""
    cursor.execute("SELECT pg_backend_pid()")
    return tuple(cursor.fetchone())
