"""Child processes that do not outlive their parent, and the end of those that did."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import psutil  # type: ignore[import-untyped]

from config.embedded.errors import ServersError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from io import FileIO
    from pathlib import Path

PR_SET_PDEATHSIG = 1
LOG_BYTES = 10_000_000
KILL_SECONDS = 5
POLL_SECONDS = 0.05

# Loaded before any fork: the child of a fork must not import or load anything.
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


@dataclass(frozen=True, slots=True)
class Account:
    """The OS user a server runs as; `groups` are its further groups."""

    name: str
    uid: int
    gid: int
    groups: tuple[int, ...] = ()

    @property
    def is_ourselves(self) -> bool:
        """Whether this is the user that runs the present process."""
        return self.uid == os.geteuid()


def spawn(
    command: Sequence[str],
    *,
    log: Path,
    orphan_signal: signal.Signals,
    environ: Mapping[str, str],
    account: Account | None = None,
    pass_fds: Sequence[int] = (),
    cwd: Path | None = None,
) -> subprocess.Popen[bytes]:
    """Start `command` in a session of its own, its output appended to `log`.

    Its own session keeps a Ctrl-C in the terminal from it: its parent alone stops it. On Linux
    the kernel sends it `orphan_signal` when the parent ends in whatever way. Must be called
    from the main thread, since "parent" means the thread that forked.
    """
    options: dict[str, Any] = {}
    if account is not None and not account.is_ourselves:
        options = {"user": account.uid, "group": account.gid, "extra_groups": account.groups}
    with open_log(log) as output:
        return subprocess.Popen(  # noqa: S603 - our own program
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=dict(environ),
            cwd=cwd,
            start_new_session=True,
            pass_fds=tuple(pass_fds),
            preexec_fn=_tie_to_parent(orphan_signal),  # noqa: PLW1509 - no threads, see above
            **options,
        )


def _tie_to_parent(orphan_signal: signal.Signals) -> Callable[[], None] | None:
    """Return what the child does between fork and exec; None where the kernel cannot help."""
    if _libc is None:
        return None
    libc, parent, number = _libc, os.getpid(), int(orphan_signal)

    def tie() -> None:
        libc.prctl(PR_SET_PDEATHSIG, number)
        # The parent may have ended before the line above took effect.
        if os.getppid() != parent:
            os._exit(1)

    return tie


def open_log(path: Path) -> FileIO:
    """Open a log for appending; one that has grown large is first set aside as `*.log.1`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists() and path.stat().st_size > LOG_BYTES:
        path.replace(path.with_name(path.name + ".1"))
    return path.open("ab", buffering=0)


def tail(path: Path, *, lines: int = 20) -> str:
    """Return the last lines of a log, or an empty string when there is none."""
    if not path.exists():
        return ""
    return "\n".join(path.read_text(errors="replace").splitlines()[-lines:])


def stop(process: subprocess.Popen[bytes], *, stop_signal: signal.Signals, seconds: float) -> None:
    """Ask a process started by `spawn` to end; after `seconds` kill it and all it started."""
    if process.poll() is None:
        process.send_signal(stop_signal)
    finish(process, seconds=seconds)


def finish(process: subprocess.Popen[bytes], *, seconds: float) -> None:
    """Wait for a process that was asked to end, as `stop` does."""
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    kill_session(process.pid)


def kill_session(leader: int) -> None:
    """Kill what is left of the process group that `leader` led."""
    try:
        os.killpg(leader, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return


def end_leftovers(
    folder: Path, program: str, *, stop_signal: signal.Signals, seconds: float
) -> None:
    """End every running `program` whose working folder is `folder`.

    These are servers whose keeper was killed. The working folder tells them from the servers
    of other checkouts and from an unrelated process that was given an old process number.
    """
    end = time.monotonic() + seconds
    for process in _programs_in(folder, program):
        _signal(process, stop_signal)
    # A killed server leaves workers behind that its own end did not reach: look until none is left.
    while remaining := _programs_in(folder, program):
        if time.monotonic() > end + KILL_SECONDS:
            message = f"{program} in {folder} does not end: {[p.pid for p in remaining]}"
            raise ServersError(message)
        if time.monotonic() > end:
            for process in remaining:
                _signal(process, signal.SIGKILL)
        time.sleep(POLL_SECONDS)


def kill_marked(name: str, value: str) -> None:
    """Kill every process that has the environment variable `name` with this `value`.

    The environment is inherited: this finds the children of children of a killed parent, too.
    """
    for process in psutil.process_iter():
        try:
            if process.environ().get(name) == value:
                process.kill()
        except (psutil.Error, OSError):
            continue


def _programs_in(folder: Path, program: str) -> list[psutil.Process]:
    found = []
    for process in psutil.process_iter(["name"]):
        if not (process.info["name"] or "").startswith(program):
            continue
        try:
            if process.cwd() == str(folder) and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
        except psutil.Error:
            continue
    return found


def _signal(process: psutil.Process, number: signal.Signals) -> None:
    try:
        process.send_signal(number)
    except psutil.Error:
        return
