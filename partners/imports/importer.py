"""What a kind of import is, and which kinds there are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Protocol

from partners.imports.problems import Problem
from partners.imports.table import Column, Row
from partners.rules import Actor, Permission


class Change(StrEnum):
    """What a row means for what is on record."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Planned:
    """A row that can be applied, and what is to be written for it (the importer's own words)."""

    row: Row
    change: Change
    write: Any = None


@dataclass(frozen=True, slots=True)
class ImportContext:
    """Who imports and when; ``today`` is the vendor's day."""

    by: Actor
    now: datetime
    today: date


class Reading(Protocol):
    """One way through a file, from top to bottom; remembers what it met on the way."""

    def plan(self, rows: Sequence[Row]) -> list[Planned | Problem]:
        """Return for every row what it changes or why it cannot; writes nothing.

        Rows accepted earlier on this way count as done. A fixed number of queries.
        """

    def write(self, planned: Sequence[Planned]) -> None:
        """Write new and changed rows, set-based, through the operations."""


@dataclass(frozen=True, slots=True)
class Importer:
    """A kind of import: its columns, who may use it, and how a way through a file begins."""

    kind: str
    permission: Permission
    columns: tuple[Column, ...]
    begin: Callable[[ImportContext], Reading]


importers: dict[str, Importer] = {}
