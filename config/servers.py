"""The database and the broker: embedded ones from a state folder, or those the environment names.

    with Servers(Path("var")) as servers:
        subprocess.run(command, env=os.environ | servers.environment)

Several processes, checkouts and users may do so at the same time: those of one state folder share
its servers, all others never meet. The first one starts them, the last one stops them, and
`kill -9` of anything is repaired by the next start.
"""

from __future__ import annotations

import os
import select
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Self

from config.embedded.errors import ServersError
from config.embedded.keeper import READY
from config.embedded.locks import Lock, is_held
from config.embedded.postgres import (
    Postgres,
    clean_environment,
    database_url,
    ensure_database,
    run_sql,
)
from config.embedded.valkey import Valkey

if TYPE_CHECKING:
    from collections.abc import Mapping

    from config.embedded.server import Server

__all__ = ["Servers", "ServersError"]

REPOSITORY = Path(__file__).resolve().parent.parent
# Generous: the first start on a slow machine creates the database cluster.
START_SECONDS = 120
STOP_SECONDS = 30


class Servers:
    """A use of the servers of one state folder; a context manager.

    A server that the environment already names (DATABASE_URL, REDIS_URL) is not started. With
    `durable=False` (for tests) what was written last may be lost when the power fails.

    :raises ServersError: on entering, when a server does not start.
    """

    def __init__(
        self, state: Path, *, durable: bool = True, environ: Mapping[str, str] = os.environ
    ) -> None:
        self.state = state.resolve()
        self._given = {
            name: environ[name]
            for name in (
                "DATABASE_URL",
                "DATABASE_OWNER_URL",
                "DATABASE_SUPERUSER_URL",
                "REDIS_URL",
            )
            if environ.get(name)
        }
        self._postgres = Postgres(self.state, durable=durable)
        self._valkey = Valkey(self.state, durable=durable)
        self._uses = [_Use(server) for server in self._embedded()]

    def __enter__(self) -> Self:
        try:
            self.ensure_running()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def ensure_running(self) -> None:
        """Start what does not run; cheap when everything does.

        :raises ServersError: with the end of the log when a server does not start.
        """
        if self._uses:
            self.state.mkdir(mode=0o700, parents=True, exist_ok=True)
        for use in self._uses:
            use.begin()

    def stop(self) -> None:
        """End this use; the servers have stopped on return unless somebody else uses them."""
        for use in self._uses:
            use.end()

    @property
    def environment(self) -> dict[str, str]:
        """The environment variables that lead Laurel to its servers."""
        return {
            **self.database_urls("laurel"),
            "REDIS_URL": self._given.get("REDIS_URL", self._valkey.url),
        }

    def database_urls(self, database: str) -> dict[str, str]:
        """Return DATABASE_URL and, where known, DATABASE_OWNER_URL for a database by name.

        Real servers keep the database their address names.
        """
        if "DATABASE_URL" in self._given:
            names = ("DATABASE_URL", "DATABASE_OWNER_URL")
            return {name: self._given[name] for name in names if name in self._given}
        sockets = self._postgres.sockets
        return {
            "DATABASE_URL": database_url(sockets, role="laurel_app", database=database),
            "DATABASE_OWNER_URL": database_url(sockets, role="laurel_owner", database=database),
        }

    @property
    def superuser_url(self) -> str:
        """The address that may create databases. Tests use it for that and for nothing else.

        :raises ServersError: for a real server unless DATABASE_SUPERUSER_URL names it.
        """
        if "DATABASE_URL" not in self._given:
            return self._postgres.superuser_url
        if "DATABASE_SUPERUSER_URL" not in self._given:
            message = "Set DATABASE_SUPERUSER_URL as well, to create databases on that server."
            raise ServersError(message)
        return self._given["DATABASE_SUPERUSER_URL"]

    def create_database(self, name: str, *, template: str | None = None) -> None:
        """Create a database of laurel_owner, empty or as a copy of `template`.

        Its roles, rights and locale are those of the database `laurel`. A database of that name
        that exists stays as it is.

        :raises ServersError: when the template does not exist or somebody is connected to it.
        """
        ensure_database(self.superuser_url, database=name, template=template)

    def drop_database(self, name: str) -> None:
        """Remove a database if it exists, ending the connections to it."""
        run_sql(
            self.superuser_url,
            command='DROP DATABASE IF EXISTS :"name" WITH (FORCE);',
            variables={"name": name},
        )

    def _embedded(self) -> list[Server]:
        embedded: list[Server] = []
        if "DATABASE_URL" not in self._given:
            embedded.append(self._postgres)
        if "REDIS_URL" not in self._given:
            embedded.append(self._valkey)
        return embedded


class _Use:
    """Our share in one embedded server."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._users: Lock | None = None
        self._keeper: subprocess.Popen[bytes] | None = None

    def begin(self) -> None:
        folder = self._server.folder
        if self._users is not None and is_held(folder / "keeper.lock"):
            return
        with Lock(folder / "start.lock") as turn:
            if not turn.wait_exclusive(START_SECONDS):
                message = f"Another process keeps starting {self._server.name} in {folder}."
                raise ServersError(message)
            if self._users is None:
                users = Lock(folder / "users.lock")
                # Waits for a keeper that is just stopping the server of earlier users.
                if not users.wait_shared(STOP_SECONDS):
                    message = f"{self._server.name} in {folder} does not end."
                    raise ServersError(message)
                self._users = users
            if not is_held(folder / "keeper.lock"):
                self._start_keeper()

    def end(self) -> None:
        if self._users is None:
            return
        folder = self._server.folder
        with Lock(folder / "start.lock") as turn:
            turn.wait_exclusive(START_SECONDS)
            self._users.release()
            self._users = None
            with Lock(folder / "users.lock") as users:
                others = not users.try_exclusive() and is_held(folder / "keeper.lock")
            if not others:
                self._wait_for_keeper()
            elif self._keeper is not None:
                # It lives on for the others, and is no longer ours to wait for.
                self._keeper.returncode = 0
                self._keeper = None

    def _wait_for_keeper(self) -> None:
        end = time.monotonic() + STOP_SECONDS
        while is_held(self._server.folder / "keeper.lock") and time.monotonic() < end:
            time.sleep(0.05)
        if self._keeper is not None:
            self._keeper.wait(STOP_SECONDS)
            self._keeper = None

    def _start_keeper(self) -> None:
        server = self._server
        command = [sys.executable, "-m", "config.embedded.keeper", server.name, str(server.state)]
        if not server.durable:
            command.append("--fast")
        if self._keeper is not None:
            self._keeper.wait(STOP_SECONDS)
        self._keeper = subprocess.Popen(  # noqa: S603 - our own program
            command,
            cwd=REPOSITORY,
            env=clean_environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        said = _first_words(self._keeper)
        if said != READY:
            self._keeper.wait(STOP_SECONDS)
            self._keeper = None
            raise ServersError(said or f"The keeper of {server.name} ended without a word.")


def _first_words(keeper: subprocess.Popen[bytes]) -> str:
    """Return all that a keeper says until it is ready or has ended."""
    output = keeper.stdout
    if output is None:
        return ""
    said = b""
    end = time.monotonic() + START_SECONDS
    with output:
        while said != f"{READY}\n".encode():
            readable, _, _ = select.select([output], [], [], max(0, end - time.monotonic()))
            part = os.read(output.fileno(), 65536) if readable else b""
            if not part:
                break
            said += part
    return said.strip().decode(errors="replace")
