"""File locks that the kernel releases when their holder ends, also by `kill -9`."""

from __future__ import annotations

import fcntl
import os
import time
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from pathlib import Path

POLL_SECONDS = 0.05


class Lock:
    """One advisory lock on one file, shared or exclusive; not inherited by child programs."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        # 0600: another OS user who could open the file could also lock us out.
        self._file: int | None = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    def try_exclusive(self) -> bool:
        """Take (or keep) the lock alone; False when somebody else holds it."""
        return self._try(fcntl.LOCK_EX)

    def wait_exclusive(self, seconds: float) -> bool:
        """Take the lock alone within `seconds`; False when that time was not enough."""
        return self._wait(fcntl.LOCK_EX, seconds)

    def wait_shared(self, seconds: float) -> bool:
        """Take the lock together with others within `seconds`; False when it stayed exclusive."""
        return self._wait(fcntl.LOCK_SH, seconds)

    def release(self) -> None:
        """Give the lock back. Doing so twice is harmless."""
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.release()

    def _wait(self, kind: int, seconds: float) -> bool:
        end = time.monotonic() + seconds
        while not self._try(kind):
            if time.monotonic() > end:
                return False
            time.sleep(POLL_SECONDS)
        return True

    def _try(self, kind: int) -> bool:
        if self._file is None:
            message = "the lock has been released"
            raise ValueError(message)
        try:
            fcntl.flock(self._file, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


def is_held(path: Path) -> bool:
    """Whether some process holds the lock at `path`, shared or exclusive."""
    with Lock(path) as lock:
        return not lock.try_exclusive()
