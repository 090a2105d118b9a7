"""`make run`: what it starts it also ends, and nobody has to clean up after it."""

from __future__ import annotations

import os
import signal
import socket
import stat
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import pytest

from config.embedded.locks import Lock
from config.embedded.processes import kill_marked
from config.serve import (
    HOST,
    CannotServe,
    environment,
    listening_socket,
    main,
    preparations,
    secret_key,
    wait_until_healthy,
)
from config.servers import REPOSITORY, Servers
from config.supervisor import Child, Supervisor

if TYPE_CHECKING:
    from collections.abc import Callable

MARK = "LAUREL_TEST_RUN"
PATIENCE_SECONDS = 20
REAL_SERVERS = {
    "DATABASE_URL": "postgresql://laurel_app:secret@db.example/laurel",
    "DATABASE_OWNER_URL": "postgresql://laurel_owner:secret@db.example/laurel",
    "REDIS_URL": "redis://cache.example/0",
}
SLEEPER = [sys.executable, "-c", "import time; time.sleep(600)"]
# Ignores the polite signal and has a child of its own.
STUBBORN = """if True:
    import signal, subprocess, sys, time
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    print("up", flush=True)
    time.sleep(600)
"""
SUPERVISOR = """if True:
    import os, sys
    from pathlib import Path
    from config.supervisor import Child, Stop, Supervisor, raise_on_signals
    raise_on_signals()
    sleeper = [sys.executable, "-c", "import time; time.sleep(600)"]
    children = [Child(name, sleeper, os.environ) for name in ("one", "two")]
    try:
        with Supervisor(children, logs=Path(sys.argv[1])) as supervisor:
            print("up", flush=True)
            supervisor.run()
    except Stop:
        print("stopped", flush=True)
"""


def marked(value: str) -> list[psutil.Process]:
    """Return the living processes that carry the mark of one test."""
    found = []
    for process in psutil.process_iter():
        try:
            if process.environ().get(MARK) == value:
                found.append(process)
        except psutil.Error:
            continue
    return found


def wait_until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < end, "the awaited state did not come"
        time.sleep(0.02)


def start_supervisor(logs: Path, mark: str) -> subprocess.Popen[bytes]:
    process = subprocess.Popen(
        [sys.executable, "-c", SUPERVISOR, str(logs)],
        cwd=REPOSITORY,
        env={**os.environ, MARK: mark},
        stdout=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"up\n"
    return process


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_stopped_supervisor_ends_its_children_and_then_itself(
    tmp_path: Path, number: signal.Signals
) -> None:
    with start_supervisor(tmp_path, str(tmp_path)) as supervisor:
        assert len(marked(str(tmp_path))) == 3

        supervisor.send_signal(number)

        said, _ = supervisor.communicate(timeout=PATIENCE_SECONDS)
    assert (said, supervisor.returncode) == (b"stopped\n", 0)
    assert marked(str(tmp_path)) == []


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel ends orphans on Linux only")
def test_a_killed_supervisor_leaves_no_children(tmp_path: Path) -> None:
    with start_supervisor(tmp_path, str(tmp_path)) as supervisor:
        assert len(marked(str(tmp_path))) == 3

        supervisor.kill()

    wait_until(lambda: marked(str(tmp_path)) == [])


def test_a_child_that_does_not_listen_is_killed_with_its_own_children(tmp_path: Path) -> None:
    environ = {**os.environ, MARK: str(tmp_path)}
    stubborn = Child("stubborn", [sys.executable, "-c", STUBBORN], environ)

    with Supervisor([stubborn], logs=tmp_path, patience=0.2):
        wait_until(lambda: (tmp_path / "stubborn.log").read_text() == "up\n")
        assert len(marked(str(tmp_path))) == 2

    wait_until(lambda: marked(str(tmp_path)) == [])


def test_a_child_that_dies_starts_again_without_what_it_had_started(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    environ = {**os.environ, MARK: str(tmp_path)}
    child = Child("phoenix", [sys.executable, "-c", STUBBORN], environ)
    log = tmp_path / "phoenix.log"

    with Supervisor([child], logs=tmp_path, patience=0.2) as supervisor:
        wait_until(lambda: log.read_text() == "up\n")
        first = {process.pid for process in marked(str(tmp_path))}
        [leader] = [process for process in marked(str(tmp_path)) if process.ppid() == os.getpid()]
        leader.kill()
        while log.read_text() != "up\nup\n":
            supervisor.look_after()

        second = {process.pid for process in marked(str(tmp_path))}
        assert len(second) == 2
        assert first.isdisjoint(second)

    assert "phoenix ended (SIGKILL) and starts again in 1 s." in capsys.readouterr().out


def test_the_next_start_ends_what_an_earlier_run_left(tmp_path: Path) -> None:
    environ = {**os.environ, MARK: str(tmp_path)}
    with (
        subprocess.Popen(SLEEPER, env=environ) as leftover,
        subprocess.Popen(SLEEPER, env={**environ, MARK: "another checkout"}) as foreign,
    ):
        wait_until(lambda: len(marked(str(tmp_path))) == 1)

        kill_marked(MARK, str(tmp_path))

        assert leftover.wait(PATIENCE_SECONDS) == -signal.SIGKILL
        assert foreign.poll() is None
        foreign.kill()


def test_a_web_process_that_dies_at_once_is_reported_with_its_last_words(tmp_path: Path) -> None:
    broken = Child("web", [sys.executable, "-c", "raise SystemExit('bad setting')"], os.environ)

    with listening_socket(8000) as listener:
        free_port = listener.getsockname()[1]
    with Supervisor([broken], logs=tmp_path) as supervisor:
        with pytest.raises(CannotServe, match="bad setting"):
            wait_until_healthy(supervisor, free_port, tmp_path / "web.log")


def test_a_taken_port_is_left_to_its_owner(capsys: pytest.CaptureFixture[str]) -> None:
    with listening_socket(8000) as first:
        taken = first.getsockname()[1]

        with listening_socket(taken) as second:
            port = second.getsockname()[1]

    assert port > taken
    assert f"Port {taken} is taken; using {port}." in capsys.readouterr().out


def test_only_this_machine_reaches_the_web_process() -> None:
    with listening_socket(8000) as listener:
        assert listener.getsockname()[0] == HOST == "127.0.0.1"
        assert listener.family is socket.AF_INET


def test_the_secret_key_is_made_once_and_readable_by_its_owner_alone(tmp_path: Path) -> None:
    key = secret_key(tmp_path)

    assert len(key) >= 50
    assert secret_key(tmp_path) == key
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]


def test_what_the_caller_has_set_wins_over_the_defaults(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("SECRET_KEY", "MEDIA_ROOT"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PUBLIC_URL", "https://partners.example")
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "somebody.elses.settings")

    with Servers(tmp_path, environ=REAL_SERVERS) as servers:
        environ = environment(tmp_path, servers, address="http://127.0.0.1:8000")

    assert environ["PUBLIC_URL"] == "https://partners.example"
    assert environ["MEDIA_ROOT"] == str(tmp_path / "media")
    assert environ["SECRET_KEY"] == secret_key(tmp_path)
    assert environ["DATABASE_URL"] == REAL_SERVERS["DATABASE_URL"]
    assert environ["DJANGO_SETTINGS_MODULE"] == "config.settings"


@pytest.mark.parametrize(
    ("from_source", "collects"), [("true", False), ("1", False), ("false", True)]
)
def test_static_files_are_collected_unless_they_are_served_from_where_they_lie(
    from_source: str, collects: bool
) -> None:
    commands = [command[2] for _, command in preparations({"STATIC_FROM_SOURCE": from_source})]

    assert commands == ["migrate", "demo", *(["collectstatic"] if collects else [])]


def test_a_second_run_says_so_and_leaves_the_first_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "serve.note").write_text("process 4711, http://127.0.0.1:8000")
    with Lock(tmp_path / "serve.lock") as first:
        assert first.try_exclusive()

        code = main(["--state", str(tmp_path), "run"])

    assert code == 1
    assert capsys.readouterr().out == (
        "Laurel is already running here: process 4711, http://127.0.0.1:8000. `make stop` ends it.\n"
    )


def test_stopping_what_does_not_run_is_no_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--state", str(tmp_path), "stop"]) == 0
    assert capsys.readouterr().out == "Laurel is not running here.\n"


def run_exec(state: Path, *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "config.serve", "--state", str(state), "exec", "--", *command],
        cwd=REPOSITORY,
        env={**os.environ, **REAL_SERVERS},
        capture_output=True,
        text=True,
        check=False,
    )


def test_exec_gives_a_command_laurels_environment_and_returns_its_exit_code(
    tmp_path: Path,
) -> None:
    code = "import os, sys; print(os.environ['DATABASE_URL']); sys.exit(7)"

    done = run_exec(tmp_path, sys.executable, "-c", code)

    assert (done.stdout, done.stderr, done.returncode) == (
        f"{REAL_SERVERS['DATABASE_URL']}\n",
        "",
        7,
    )


def test_exec_leaves_ctrl_c_to_the_command(tmp_path: Path) -> None:
    code = "import signal; print(signal.getsignal(signal.SIGINT) is signal.default_int_handler)"

    assert run_exec(tmp_path, sys.executable, "-c", code).stdout == "True\n"


def test_exec_of_an_unknown_command_is_said_plainly(tmp_path: Path) -> None:
    done = run_exec(tmp_path, "/no/such/command")

    assert (done.stdout, done.returncode) == ("/no/such/command: No such file or directory\n", 1)
