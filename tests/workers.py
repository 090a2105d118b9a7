"""A real worker in a session of its own, and waiting for what it does."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
QUIET = ("--loglevel=WARNING", "--without-gossip", "--without-mingle")
PATIENCE_SECONDS = 60


def start_worker(*options: str, **environment: str) -> subprocess.Popen[bytes]:
    """Return a worker on this test's database and broker; who starts it kills it."""
    return subprocess.Popen(
        [sys.executable, "-m", "celery", "-A", "config.celery", "worker", *QUIET, *options],
        cwd=ROOT,
        env={**os.environ, **environment},
        start_new_session=True,
    )


def kill(worker: subprocess.Popen[bytes]) -> None:
    """End a worker with all it started, at once; nothing if it has ended."""
    if worker.poll() is None:
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()


def until(happened: Callable[[], object], seconds: float = PATIENCE_SECONDS) -> None:
    """Wait for something to become true.

    :raises AssertionError: if it did not within so many seconds.
    """
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end, "It did not happen in time."
        time.sleep(0.02)
