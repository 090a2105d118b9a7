"""Embedded servers of a folder of their own, apart from those that serve the other tests."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from config.servers import Servers

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def short_folder() -> Iterator[Path]:
    # pytest's own folders are 0700 and, for root, closed to the user that runs the servers:
    # that is the point of one test below, and noise in all others.
    with tempfile.TemporaryDirectory(prefix="laurel-test-") as folder:
        yield Path(folder)


@pytest.fixture(scope="module")
def servers(short_folder: Path) -> Iterator[Servers]:
    with Servers(short_folder / "shared", durable=False, environ={}) as running:
        yield running
