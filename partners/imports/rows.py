"""What every way through a file does alike with its rows."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from datetime import datetime
from typing import Any, Generic, Protocol, TypeVar

from partners.imports.importer import Change, ImportContext, Planned
from partners.imports.problems import Problem
from partners.imports.table import Row
from partners.refusals import CannotRecord
from partners.rules import Actor

SOURCE = "import"
"""What facts from files keep as their source."""

Stated = TypeVar("Stated")
Key = TypeVar("Key", bound=Hashable)


class Write(Protocol):
    """An operation on many rows."""

    def __call__(self, rows: Any, /, *, source: str, by: Actor, now: datetime) -> object:
        """Write the rows."""
        ...


class Met(Generic[Key]):
    """The facts that the rows of a file named so far, by what makes them the same one."""

    def __init__(self) -> None:
        self._rows: dict[Key, int] = {}

    def refuse_again(self, key: Key, row: Row, sentence: str, *, field: str = "") -> None:
        """Remember which row names a fact; ``sentence`` may say ``%(row)s``, the one before.

        :raises CannotRecord: at the field, if an earlier row named it.
        """
        met = self._rows.setdefault(key, row.number)
        if met != row.number:
            raise CannotRecord(field, sentence, row=met)


def read_each(rows: Sequence[Row], read: Callable[[Row], Stated]) -> list[Stated | Problem]:
    """Return for every row what ``read`` makes of it, or why it cannot."""
    found: list[Stated | Problem] = []
    for row in rows:
        try:
            found.append(read(row))
        except CannotRecord as refusal:
            found.append(Problem.of(row.number, refusal))
    return found


def plan_each(
    rows: Sequence[Row],
    stated: Sequence[Stated | Problem],
    plan: Callable[[Row, Stated], Planned],
) -> list[Planned | Problem]:
    """Return for every row what ``plan`` makes of what it states; what was wrong before stays."""
    said = {row.number: one for row, one in zip(rows, stated, strict=True)}

    def planned(row: Row) -> Planned | Problem:
        one = said[row.number]
        return one if isinstance(one, Problem) else plan(row, one)

    return read_each(rows, planned)


def write_each(
    planned: Sequence[Planned], context: ImportContext, *, record: Write, correct: Write
) -> None:
    """Record what is new and correct what is on record."""
    by, now = context.by, context.now
    new = [each.write for each in planned if each.change == Change.NEW]
    record(new, source=SOURCE, by=by, now=now)
    changed = [each.write for each in planned if each.change == Change.CHANGED]
    correct(changed, source=SOURCE, by=by, now=now)
