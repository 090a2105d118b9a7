"""Starts Laurel on one machine: `python -m config.serve`, which is what `make run` does.

run              servers, migrations, demo data, web, worker and beat, until Ctrl-C
stop             ends a running `run` from another terminal
exec COMMAND…    runs one command with the servers up, joining those of a running `run`
"""

from __future__ import annotations

import argparse
import http.client
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from config.embedded.locks import Lock, is_held
from config.embedded.processes import kill_marked, open_log, tail
from config.servers import REPOSITORY, Servers, ServersError
from config.supervisor import Child, Stop, Supervisor, raise_on_signals, say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

HOST = "127.0.0.1"
DEFAULT_PORT = 8000
PORTS_TRIED = 100
HEALTHY_SECONDS = 90
STOP_SECONDS = 45
SERVERS_CHECK_SECONDS = 1.0
# Marks all processes of a run, so that the next one finds what a kill left.
MARK = "LAUREL_RUN_OF"


class CannotServe(Exception):
    """Laurel cannot be started; the message tells the reader why."""


def main(arguments: list[str]) -> int:
    """Do what the command line says; return the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m config.serve",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--state", type=Path, default=REPOSITORY / "var", help="default: var")
    verbs = parser.add_subparsers(dest="verb")
    verbs.add_parser("run")
    verbs.add_parser("stop")
    verbs.add_parser("exec").add_argument("command", nargs=argparse.REMAINDER)
    given = parser.parse_args(arguments)
    state = given.state.resolve()
    try:
        if given.verb == "exec":
            return execute(state, given.command[given.command[:1] == ["--"] :])
        if given.verb == "stop":
            return stop(state)
        return run(state)
    except (CannotServe, ServersError) as error:
        say(f"{error}")
        return 1


def run(state: Path) -> int:
    """Serve until told to stop; return 0 after an orderly stop.

    :raises CannotServe: when a step fails, or a run of this state folder is under way.
    """
    state.mkdir(mode=0o700, parents=True, exist_ok=True)
    with Lock(state / "serve.lock") as lock:
        if not lock.try_exclusive():
            message = f"Laurel is already running here: {_note(state)}. `make stop` ends it."
            raise CannotServe(message)
        try:
            raise_on_signals()
            kill_marked(MARK, str(state))
            with listening_socket(wanted_port(os.environ)) as listener:
                _serve(state, listener)
        except Stop:
            say("Laurel has stopped.")
    return 0


def _serve(state: Path, listener: socket.socket) -> None:
    address = f"http://{HOST}:{listener.getsockname()[1]}"
    (state / "serve.note").write_text(f"process {os.getpid()}, {address}")
    say("Starting PostgreSQL and Valkey …")
    with Servers(state) as servers:
        environ = environment(state, servers, address=address) | {MARK: str(state)}
        environ.pop("DATABASE_ROLE", None)
        for title, command in preparations(environ):
            say(f"{title} …")
            _prepare(command, environ, state / "log" / "prepare.log")
        say("Starting web, worker and beat …")
        with Supervisor(children(state, environ, listener), logs=state / "log") as supervisor:
            wait_until_healthy(supervisor, listener.getsockname()[1], state / "log" / "web.log")
            say(_welcome(state, address))
            supervisor.run(meanwhile=_Watch(servers))


def environment(state: Path, servers: Servers, *, address: str) -> dict[str, str]:
    """Return the environment of Laurel's processes: ours, the servers, and defaults for the rest.

    Whatever the caller has set stays as it is.
    """
    defaults = {
        "SECRET_KEY": secret_key(state),
        "HTTPS": "false",
        "STATIC_FROM_SOURCE": "true",
        "ALLOWED_HOSTS": "localhost,127.0.0.1,[::1]",
        "PUBLIC_URL": address,
        "MEDIA_ROOT": str(state / "media"),
        "EMAIL_URL": f"file:///{state / 'mail'}",
    }
    fixed = {"DJANGO_SETTINGS_MODULE": "config.settings", "PYTHONUNBUFFERED": "1"}
    return defaults | os.environ | servers.environment | fixed


def secret_key(state: Path) -> str:
    """Return the key of this installation, made at the first call and kept for its user alone."""
    path = state / "secret_key"
    if not path.exists():
        # Complete before it has its name: a killed start must not leave half a key.
        unfinished = state / f"secret_key.{os.getpid()}"
        unfinished.touch(mode=0o600)
        unfinished.write_text(secrets.token_urlsafe(50))
        try:
            os.link(unfinished, path)
        except FileExistsError:
            pass
        finally:
            unfinished.unlink()
    return path.read_text()


def wanted_port(environ: Mapping[str, str]) -> int:
    """Return the port that the environment asks for, else the default.

    :raises CannotServe: for anything but a port.
    """
    asked = environ.get("PORT") or str(DEFAULT_PORT)
    if not (asked.isascii() and asked.isdigit() and 1 <= int(asked[:6]) <= 65535):
        message = f"PORT is {asked!r}: must be a number from 1 to 65535."
        raise CannotServe(message)
    return int(asked)


def listening_socket(port: int) -> socket.socket:
    """Return a socket that listens on `port` of this machine or on the next free port.

    The web process inherits it: no other program can take the port between two of its lives.

    :raises CannotServe: when none of the ports tried is free.
    """
    for candidate in range(port, min(port + PORTS_TRIED, 65536)):
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((HOST, candidate))
            listener.listen(2048)
        except OSError:
            listener.close()
            continue
        if candidate != port:
            say(f"Port {port} is taken; using {candidate}.")
        return listener
    message = f"No port is free from {port} on. Set PORT to another one."
    raise CannotServe(message)


def preparations(environ: Mapping[str, str]) -> list[tuple[str, list[str]]]:
    """Return the steps before Laurel can serve, each with its title."""
    manage = [sys.executable, "manage.py"]
    steps = [
        ("Migrating the database", [*manage, "migrate", "--no-input"]),
        ("Loading demo data, if there is no vendor yet", [*manage, "demo", "--if-empty"]),
    ]
    if environ["STATIC_FROM_SOURCE"].lower() not in {"1", "true", "yes", "on"}:
        steps.append(("Collecting static files", [*manage, "collectstatic", "--no-input"]))
    return steps


def children(state: Path, environ: Mapping[str, str], listener: socket.socket) -> list[Child]:
    """Return the programs that make up a running Laurel."""
    python = [sys.executable, "-m"]
    celery = [*python, "celery", "--app=config.celery:app"]
    web = [*python, "gunicorn", "config.wsgi:application", f"--bind=fd://{listener.fileno()}"]
    web += ["--worker-class=gthread", "--workers=2", "--threads=4", "--no-control-socket"]
    web += ["--timeout=60", "--graceful-timeout=5", "--access-logfile=-"]
    worker = [*celery, "worker", "--pool=prefork", "--concurrency=2", "--loglevel=INFO"]
    (state / "beat").mkdir(exist_ok=True)
    beat = [*celery, "beat", "--loglevel=INFO", "--pidfile=", f"--schedule={state}/beat/schedule"]
    # SIGQUIT makes gunicorn and the worker end their own children at once.
    return [
        Child(
            "web",
            web,
            environ,
            orphan_signal=signal.SIGQUIT,
            pass_fds=(listener.fileno(),),
            cwd=REPOSITORY,
        ),
        Child("worker", worker, environ, orphan_signal=signal.SIGQUIT, cwd=REPOSITORY),
        Child("beat", beat, environ, cwd=REPOSITORY),
    ]


def wait_until_healthy(supervisor: Supervisor, port: int, log: Path) -> None:
    """Return when /healthz answers 200.

    :raises CannotServe: when the web process ends before, or does not answer in time.
    """
    end = time.monotonic() + HEALTHY_SECONDS
    while not _is_healthy(port):
        if not supervisor.is_alive("web") or time.monotonic() > end:
            message = f"The web process does not answer. The end of {log}:\n{tail(log, lines=40)}"
            raise CannotServe(message)
        time.sleep(0.2)


def _is_healthy(port: int) -> bool:
    connection = http.client.HTTPConnection(HOST, port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _prepare(command: Sequence[str], environ: Mapping[str, str], log: Path) -> None:
    with open_log(log) as output:
        done = subprocess.run(  # noqa: S603 - our own command
            command, env=environ, cwd=REPOSITORY, stdout=output, stderr=output, check=False
        )
    if done.returncode:
        message = f"That failed. The end of {log}:\n{tail(log, lines=40)}"
        raise CannotServe(message)


def _welcome(state: Path, address: str) -> str:
    logins = state / "demo_logins.txt"
    told = logins.read_text().rstrip() if logins.exists() else ""
    return f"\nLaurel runs at {address}\n\n{told}\n\nLogs: {state / 'log'} · Ctrl-C stops it."


class _Watch:
    """Restarts the servers when even their keeper was killed; to be called often."""

    def __init__(self, servers: Servers) -> None:
        self._servers = servers
        self._next = 0.0

    def __call__(self) -> None:
        if time.monotonic() < self._next:
            return
        try:
            self._servers.ensure_running()
        except ServersError as error:
            say(f"{error}")
        self._next = time.monotonic() + SERVERS_CHECK_SECONDS


def stop(state: Path) -> int:
    """End a running `run` of this state folder; return 0 also when there is none.

    :raises CannotServe: when it does not end in time.
    """
    if not is_held(state / "serve.lock"):
        say("Laurel is not running here.")
        return 0
    os.kill(int(_note(state).split()[1].rstrip(",")), signal.SIGTERM)
    end = time.monotonic() + STOP_SECONDS
    while is_held(state / "serve.lock"):
        if time.monotonic() > end:
            message = f"It does not end: {_note(state)}."
            raise CannotServe(message)
        time.sleep(0.1)
    say("Laurel has stopped.")
    return 0


def _note(state: Path) -> str:
    return (state / "serve.note").read_text()


def execute(state: Path, command: Sequence[str]) -> int:
    """Run one command in the foreground with the servers up; return its exit code.

    :raises CannotServe: when there is no such command.
    """
    if not command:
        message = "exec: which command?"
        raise CannotServe(message)
    state.mkdir(mode=0o700, parents=True, exist_ok=True)
    with Servers(state) as servers:
        environ = environment(state, servers, address=f"http://{HOST}:{DEFAULT_PORT}")
        # Ctrl-C reaches the command by itself; it decides what that means. A handler, because
        # the command would inherit that a signal is ignored.
        signal.signal(signal.SIGINT, lambda *_: None)
        try:
            process = subprocess.Popen(command, env=environ)  # noqa: S603 - the caller's own
        except OSError as error:
            message = f"{command[0]}: {error.strerror}"
            raise CannotServe(message) from error
        signal.signal(signal.SIGTERM, lambda *_: process.terminate())
        code = process.wait()
    return code if code >= 0 else 128 - code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
