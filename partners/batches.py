"""Long sequences in pieces, so that memory, statements and audit entries stay bounded."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

T = TypeVar("T")

BATCH = 1_000
"""How many rows go into one statement and how many objects into one audit entry."""


def batches(rows: Iterable[T], size: int = BATCH) -> Iterator[list[T]]:
    """Return the rows in order, in lists of at most ``size``; reads no further than it must."""
    rest = iter(rows)
    while batch := list(islice(rest, size)):
        yield batch
