"""What a keeper needs to know about a server, and where a server keeps its things."""

from __future__ import annotations

import hashlib
import importlib.util
import os
from abc import ABC, abstractmethod
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from config.embedded.errors import ServersError

if TYPE_CHECKING:
    import signal

    from config.embedded.processes import Account

# The strictest system allows 104 bytes with the closing zero; the longest name is PostgreSQL's.
SOCKET_PATH_BYTES = 103
LONGEST_SOCKET_NAME = ".s.PGSQL.5432.lock"


def socket_folder(state: Path) -> Path:
    """Return the folder of the sockets: in the state folder, or a short one for a deep checkout.

    The same state folder gives the same answer in every process.
    """
    folder = state / "run"
    if len(os.fsencode(folder / LONGEST_SOCKET_NAME)) <= SOCKET_PATH_BYTES:
        return folder
    digest = hashlib.sha256(os.fsencode(state)).hexdigest()[:16]
    return Path("/tmp") / f"laurel-{digest}"  # noqa: S108 - own_folder refuses a foreign one


def installed_folder(package: str) -> Path:
    """Return where a package is installed, without importing it.

    :raises ServersError: when it is not installed.
    """
    found = importlib.util.find_spec(package)
    if found is None or not found.submodule_search_locations:
        message = f"The package {package} is not installed; `make` installs it."
        raise ServersError(message)
    return Path(found.submodule_search_locations[0])


@dataclass(frozen=True, slots=True)
class Server(ABC):
    """One server of one state folder. `durable` False trades safety on power loss for speed."""

    state: Path
    durable: bool

    name: ClassVar[str]
    program: ClassVar[str]
    stop_signal: ClassVar[signal.Signals]

    @property
    def folder(self) -> Path:
        """The folder of this server: its locks and its data."""
        return self.state / self.name

    @property
    def data(self) -> Path:
        """The working folder of the running server."""
        return self.folder / "data"

    @property
    def sockets(self) -> Path:
        """The folder that holds the socket."""
        return socket_folder(self.state)

    @property
    def log(self) -> Path:
        """The server's log."""
        return self.state / "log" / f"{self.name}.log"

    @property
    @abstractmethod
    def programs(self) -> tuple[Path, ...]:
        """The installed trees the server reads."""

    @abstractmethod
    def prepare(self, account: Account) -> None:
        """Make the data folder startable: create it, clean what a killed server left."""

    @abstractmethod
    def command(self) -> list[str]:
        """The command that runs the server in the foreground."""

    @abstractmethod
    def is_ready(self) -> bool:
        """Whether the server answers."""

    def furnish(self) -> None:  # noqa: B027 - most servers need no furniture
        """Create what clients expect inside the running server; repeatable."""
