"""Statements that the ORM writes once a process and that are then asked with other values.

Where few rows are found, the ORM takes ten times as long to write a statement as to read the rows.
A page can afford that; what is asked at every judgement cannot.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from functools import cache, partial, wraps
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet
from django.db.models.utils import create_namedtuple_class

from partners.tenancy.context import current_vendor_id

Question = Callable[[Collection[UUID]], QuerySet[Any, Any]]

_IDS = UUID(int=0)
"""Stands for the ids while the statement is written."""


def written_once(question: Question) -> Callable[[Iterable[UUID]], list[Any]]:
    """Return the question as one whose SQL is written when it is first asked.

    The question takes ids and returns the rows that it looks for with one ``__in`` these ids, as
    objects without related ones or as a ``values_list`` of plain fields. What is returned gives
    the objects, or the rows with the fields by name; without any id it asks nothing.
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

    def __init__(self, question: QuerySet[Any, Any]) -> None:
        compiler = question.query.get_compiler(connection=connection)
        sql, self._values = compiler.as_sql()
        self._sql = _with_array(sql, self._values)
        self._vendor = current_vendor_id()
        columns = [column for column, *_ in compiler.select]
        self._make = _maker(question, [one.target.attname for one in columns])
        # What the driver leaves as text, such as JSON, the fields read.
        self._readers = [
            (place, one) for place, one in enumerate(columns) if hasattr(one.field, "from_db_value")
        ]

    def rows(self, ids: Collection[UUID]) -> list[Any]:
        """Return the rows of these ids at the open vendor."""
        now: dict[Any, Any] = {self._vendor: current_vendor_id(), _IDS: _array(ids)}
        with connection.cursor() as cursor:
            cursor.execute(self._sql, [now.get(one, one) for one in self._values])
            found: list[Any] = cursor.fetchall()
        return [self._make(self._read(row) if self._readers else row) for row in found]

    def _read(self, row: tuple[Any, ...]) -> list[Any]:
        values = list(row)
        for place, column in self._readers:
            values[place] = column.field.from_db_value(values[place], column, connection)
        return values


def _maker(question: QuerySet[Any, Any], fields: list[str]) -> Callable[[Collection[Any]], Any]:
    """Return what makes an object of a row, or names its values."""
    if question.query.values_select:
        return create_namedtuple_class(*question.query.values_select)._make
    return partial(question.model.from_db, connection.alias, fields)


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
