"""Statements that the ORM writes once a process and that are then asked with other values.

Where few rows are found, the ORM takes ten times as long to write a statement as to read the rows.
A page can afford that; what is asked at every judgement cannot.
"""

from __future__ import annotations

import json
from collections import namedtuple
from collections.abc import Callable, Collection, Iterable
from functools import cache, wraps
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import JSONField, QuerySet

from partners.tenancy.context import current_vendor_id

Question = Callable[[Collection[UUID]], QuerySet[Any, Any]]

_IDS = UUID(int=0)
"""Stands for the ids while the statement is written."""


def written_once(question: Question) -> Callable[[Iterable[UUID]], list[Any]]:
    """Return the question as one whose SQL is written when it is first asked.

    The question takes ids and returns a ``values_list`` of plain fields, of the rows that it looks
    for with one ``__in`` these ids. What is returned gives the rows, with the fields by name;
    without any id it asks nothing.
    """

    @cache
    def statement() -> _Statement:
        return _Statement(question([_IDS]))

    @wraps(question)
    def ask(ids: Iterable[UUID]) -> list[Any]:
        wanted = list(ids)
        return statement().rows(wanted) if wanted else []

    return ask


class _Statement:
    """SQL with places for the open vendor and for ids; what is there is filled in when asked."""

    def __init__(self, rows: QuerySet[Any, Any]) -> None:
        compiler = rows.query.get_compiler(connection=connection)
        sql, values = compiler.as_sql()
        self._sql = _with_array(sql, values)
        self._values = values
        self._vendor = current_vendor_id()
        self._row: Any = namedtuple("Row", rows.query.values_select)  # type: ignore[misc]  # noqa: PYI024
        # The driver leaves JSON as text; the ORM's fields read it, and so do we.
        self._json = [
            place
            for place, (column, *_) in enumerate(compiler.select)
            if isinstance(column.field, JSONField)
        ]

    def rows(self, ids: Collection[UUID]) -> list[Any]:
        """Return the rows of these ids at the open vendor."""
        now: dict[Any, Any] = {self._vendor: current_vendor_id(), _IDS: _array(ids)}
        with connection.cursor() as cursor:
            cursor.execute(self._sql, [now.get(one, one) for one in self._values])
            found: list[Any] = cursor.fetchall()
        return [self._row._make(self._read(row) if self._json else row) for row in found]

    def _read(self, row: tuple[Any, ...]) -> list[Any]:
        values = list(row)
        for place in self._json:
            values[place] = json.loads(values[place])
        return values


def _array(ids: Iterable[UUID]) -> str:
    return f"{{{','.join(map(str, ids))}}}"


def _with_array(sql: str, values: Collection[Any]) -> str:
    """Return the SQL with one array in place of a list of ids, however many there are.

    :raises ValueError: unless the ids are looked for with exactly one ``__in``.
    """
    pieces = sql.split("%s")
    place = list(values).index(_IDS)
    before, after = pieces[place], pieces[place + 1]
    if not (before.endswith(" IN (") and after.startswith(")")):
        raise ValueError(f"the ids are not looked for with __in: {sql}")
    pieces[place] = f"{before.removesuffix(' IN (')} = ANY("
    pieces[place + 1] = f"::uuid[]{after}"
    return "%s".join(pieces)
