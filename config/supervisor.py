"""Keeps a set of child programs running until told to stop, and leaves none behind.

One thread, no dependence on Django: the children are any commands, so that the tests can use
trivial ones.
"""

from __future__ import annotations

import signal
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from config.embedded.processes import finish, kill_session, spawn, tail

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path
    from types import FrameType

POLL_SECONDS = 0.1
STOP_SECONDS = 10
# The pause before a restart doubles from the first to the last; a calm run forgives the past.
FIRST_PAUSE_SECONDS = 1.0
LAST_PAUSE_SECONDS = 30.0
CALM_SECONDS = 60.0


def say(text: str) -> None:
    """Tell the person at the terminal."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


class Stop(Exception):
    """Ctrl-C or SIGTERM."""


def raise_on_signals() -> None:
    """Turn the first Ctrl-C, SIGTERM or lost terminal into `Stop`, and ignore further ones."""
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

    def once(_number: int, _frame: FrameType | None) -> None:
        for number in numbers:
            signal.signal(number, signal.SIG_IGN)
        raise Stop

    for number in numbers:
        # nohup and its like have decided for us.
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, once)


@dataclass(frozen=True, slots=True)
class Child:
    """A program to be kept running. Both signals must make it end its own children as well."""

    name: str
    command: Sequence[str]
    environ: Mapping[str, str]
    # Ends it politely; and ends it when we were killed and can ask for nothing any more.
    stop_signal: signal.Signals = signal.SIGTERM
    orphan_signal: signal.Signals = signal.SIGTERM
    pass_fds: tuple[int, ...] = ()
    cwd: Path | None = None


class _Running:
    """One child through its restarts."""

    def __init__(self, child: Child, log: Path) -> None:
        self.child = child
        self.log = log
        self.process: subprocess.Popen[bytes] | None = None
        self._started_at = 0.0
        self._pause = FIRST_PAUSE_SECONDS
        self._due_at = 0.0

    def start(self) -> None:
        self._started_at = time.monotonic()
        self.process = spawn(
            self.child.command,
            log=self.log,
            orphan_signal=self.child.orphan_signal,
            environ=self.child.environ,
            pass_fds=self.child.pass_fds,
            cwd=self.child.cwd,
        )

    def ask_to_end(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(self.child.stop_signal)

    def end(self, *, seconds: float) -> None:
        if self.process is not None:
            finish(self.process, seconds=seconds)
            self.process = None

    def look_after(self) -> None:
        """Start again what has died, after its pause."""
        if self.process is None:
            if time.monotonic() >= self._due_at:
                self.start()
            return
        code = self.process.poll()
        if code is None:
            return
        # What it started itself must not run beside its successor.
        kill_session(self.process.pid)
        self.process = None
        if time.monotonic() - self._started_at > CALM_SECONDS:
            self._pause = FIRST_PAUSE_SECONDS
        self._due_at = time.monotonic() + self._pause
        say(
            f"{self.child.name} ended ({_reason(code)}) and starts again in {self._pause:.0f} s."
            f" The end of {self.log}:\n{tail(self.log, lines=10)}"
        )
        self._pause = min(2 * self._pause, LAST_PAUSE_SECONDS)


class Supervisor:
    """Runs children, each with a log of its own in `logs`; a context manager that ends them.

    A child that does not end within `patience` seconds is killed.
    """

    def __init__(
        self, children: Sequence[Child], *, logs: Path, patience: float = STOP_SECONDS
    ) -> None:
        self._patience = patience
        self._running = [_Running(child, logs / f"{child.name}.log") for child in children]

    def __enter__(self) -> Self:
        try:
            for running in self._running:
                running.start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        """End all children; whatever does not end in time is killed with all it started."""
        alive = [running for running in self._running if running.process is not None]
        # All are asked before the first is waited for: they need their seconds side by side.
        for running in alive:
            running.ask_to_end()
        end = time.monotonic() + self._patience
        for running in alive:
            running.end(seconds=max(0, end - time.monotonic()))

    def is_alive(self, name: str) -> bool:
        """Whether the child of that name runs at this moment."""
        return any(
            running.process is not None and running.process.poll() is None
            for running in self._running
            if running.child.name == name
        )

    def look_after(self) -> None:
        """Start again what has died; to be called several times a second."""
        for running in self._running:
            running.look_after()

    def run(self, *, meanwhile: Callable[[], None] = lambda: None) -> None:
        """Look after the children, and call `meanwhile` between, until `Stop` is raised."""
        while True:
            self.look_after()
            meanwhile()
            time.sleep(POLL_SECONDS)


def _reason(code: int) -> str:
    if code < 0:
        return signal.Signals(-code).name
    return f"exit code {code}"
