"""One statement on one connection."""

from __future__ import annotations

import psycopg2


def ask(url: str, question: str) -> list[tuple[object, ...]]:
    """Return the rows a statement gives; changes are committed."""
    connection = psycopg2.connect(url)
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute(question)
            return cursor.fetchall() if cursor.description else []
    finally:
        connection.close()
