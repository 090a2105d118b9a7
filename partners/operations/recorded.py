"""Rows that are the same one by a key: inserted once, however often they are sent.

Part of operations: the caller asks for permission, audits and announces.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from partners.tenancy.models import TenantModel

Key = TypeVar("Key", bound=Hashable)
M = TypeVar("M", bound=TenantModel)


@dataclass(frozen=True, slots=True)
class Recorded(Generic[M]):
    """What became of rows: those that are new, and those that were on record already."""

    new: list[M] = field(default_factory=list)
    known: list[M] = field(default_factory=list)

    def add(self, more: Recorded[M]) -> None:
        """Add what became of further rows."""
        self.new.extend(more.new)
        self.known.extend(more.known)


def insert_once(
    model: type[M],
    made: Mapping[Key, M],
    on_record: Callable[[Iterable[Key]], Mapping[Key, M]],
) -> Recorded[M]:
    """Insert rows by their keys and return what became of them, as they are on record now.

    ``on_record`` returns the rows of these keys; it is asked after the rows are in.
    """
    # Two writers at once: the unique key lets one win, and the ids on record say which one.
    model._default_manager.bulk_create(made.values(), ignore_conflicts=True)
    stored = on_record(made)
    return Recorded(
        new=[stored[key] for key, row in made.items() if stored[key].pk == row.pk],
        known=[stored[key] for key, row in made.items() if stored[key].pk != row.pk],
    )
