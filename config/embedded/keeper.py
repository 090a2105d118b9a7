"""Runs one embedded server for as long as anybody uses it: `python -m config.embedded.keeper`.

Users hold a shared lock on `users.lock`. The keeper gets that lock alone exactly when the last
of them has ended, in whatever way, and then stops the server. While it lives it holds
`keeper.lock`, and it restarts a server that dies.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from config.embedded.account import own_folder, server_account
from config.embedded.errors import ServersError
from config.embedded.locks import Lock
from config.embedded.postgres import Postgres, clean_environment
from config.embedded.processes import end_leftovers, open_log, spawn, stop, tail
from config.embedded.valkey import Valkey

if TYPE_CHECKING:
    from types import FrameType

    from config.embedded.processes import Account
    from config.embedded.server import Server

SERVERS: dict[str, type[Server]] = {kind.name: kind for kind in (Postgres, Valkey)}
READY = "ready"
START_SECONDS = 60
STOP_SECONDS = 20
POLL_SECONDS = 0.1
# A server that dies this often in a row, each time within a minute, will not get better.
DEATHS = 5
CALM_SECONDS = 60


class Stopped(Exception):
    """The keeper was told to end although the server still has users."""


def main(arguments: list[str]) -> int:
    """Keep the named server of a state folder; return the exit code."""
    parser = argparse.ArgumentParser(prog="config.embedded.keeper", description=__doc__)
    parser.add_argument("server", choices=sorted(SERVERS))
    parser.add_argument("state", type=Path)
    parser.add_argument("--fast", action="store_true", help="give up safety on power loss")
    given = parser.parse_args(arguments)
    server = SERVERS[given.server](given.state, durable=not given.fast)
    signal.signal(signal.SIGTERM, _end)
    for ignored in (signal.SIGINT, signal.SIGHUP):
        signal.signal(ignored, signal.SIG_IGN)
    with Lock(server.folder / "keeper.lock") as ours, Lock(server.folder / "users.lock") as users:
        if not ours.try_exclusive():
            sys.stdout.write(f"another keeper runs {server.name} in {server.state}\n")
            return 1
        try:
            _keep(server, users)
        except ServersError as error:
            sys.stdout.write(f"{error}\n")
            return 1
        except Stopped:
            return 0
    return 0


def _end(_number: int, _frame: FrameType | None) -> None:
    raise Stopped


def _keep(server: Server, users: Lock) -> None:
    account = _make_room(server)
    process = _start(server, account)
    try:
        _announce(server)
        deaths, started = 0, time.monotonic()
        while not users.try_exclusive():
            if process.poll() is not None:
                deaths = deaths + 1 if time.monotonic() < started + CALM_SECONDS else 1
                if deaths >= DEATHS:
                    return
                process, started = _start(server, account), time.monotonic()
            time.sleep(POLL_SECONDS)
    finally:
        stop(process, stop_signal=server.stop_signal, seconds=STOP_SECONDS)


def _announce(server: Server) -> None:
    """Tell whoever started us, once and in one piece, and let go of the pipe to them."""
    os.write(1, f"{READY}\n".encode())
    with open_log(server.state / "log" / "keeper.log") as log:
        for stream in (1, 2):
            os.dup2(log.fileno(), stream)


def _make_room(server: Server) -> Account:
    account = server_account(reach=(server.folder, server.sockets.parent), read=server.programs)
    own_folder(server.sockets, account)
    own_folder(server.data, account)
    return account


def _start(server: Server, account: Account) -> subprocess.Popen[bytes]:
    """Return the running server, ready for clients.

    :raises ServersError: with the end of its log when it does not get ready.
    """
    end_leftovers(server.data, server.program, stop_signal=server.stop_signal, seconds=STOP_SECONDS)
    server.prepare(account)
    process = spawn(
        server.command(),
        log=server.log,
        orphan_signal=server.stop_signal,
        environ=clean_environment(),
        account=account,
        cwd=server.data,
    )
    try:
        _wait_until_ready(server, process)
        server.furnish()
    except BaseException:
        stop(process, stop_signal=server.stop_signal, seconds=STOP_SECONDS)
        raise
    return process


def _wait_until_ready(server: Server, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + START_SECONDS
    while not server.is_ready():
        if process.poll() is not None or time.monotonic() > end:
            message = f"{server.name} did not start. The end of {server.log}:\n{tail(server.log)}"
            raise ServersError(message)
        time.sleep(POLL_SECONDS / 2)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
