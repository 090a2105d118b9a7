"""The embedded servers: who gets in, who shares them, and that nothing keeps them from starting."""

from __future__ import annotations

import multiprocessing
import os
import pwd
import re
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import psutil
import psycopg2
import pytest
import redis

from config.embedded.server import SOCKET_PATH_BYTES
from config.servers import Servers, ServersError
from tests.config.asking import ask

if TYPE_CHECKING:
    from collections.abc import Callable

REPOSITORY = Path(__file__).resolve().parent.parent.parent
PATIENCE_SECONDS = 20


def programs_in(folder: Path) -> list[psutil.Process]:
    """Return the running servers and keepers of a state folder."""
    found = []
    for process in psutil.process_iter(["cmdline", "status"]):
        command = " ".join(process.info["cmdline"] or [])
        if str(folder) in command and process.info["status"] != psutil.STATUS_ZOMBIE:
            found.append(process)
    return found


def wait_until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < end, "the awaited state did not come"
        time.sleep(0.02)


def server_process(servers: Servers, program: str) -> psutil.Process:
    [process] = [
        found
        for found in programs_in(servers.state)
        if Path(found.info["cmdline"][0].split()[0]).name == program
    ]
    return process


def keeper_process(servers: Servers, server: str) -> psutil.Process:
    [process] = [
        found
        for found in programs_in(servers.state)
        if found.info["cmdline"][1:4] == ["-m", "config.embedded.keeper", server]
    ]
    return process


def test_no_server_listens_on_the_network(servers: Servers) -> None:
    processes = [server_process(servers, name) for name in ("postgres", "valkey-server")]

    assert [process.net_connections(kind="inet") for process in processes] == [[], []]


def test_the_sockets_are_closed_to_other_users(servers: Servers) -> None:
    folder = servers.state / "run"

    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can act as somebody else")
def test_another_user_gets_in_by_no_role_even_with_the_socket_in_reach(servers: Servers) -> None:
    folders = (servers.state.parent, servers.state, servers.state / "run")
    modes = {path: stat.S_IMODE(path.stat().st_mode) for path in folders}
    for path in folders:
        path.chmod(0o755)

    try:
        answers = [
            said_to("nobody", url)
            for url in (servers.superuser_url, *servers.database_urls("laurel").values())
        ]
    finally:
        for path, mode in modes.items():
            path.chmod(mode)

    assert [
        re.search(r'Peer authentication failed for user "(\w+)"', answer)[1] for answer in answers
    ] == ["postgres", "laurel_app", "laurel_owner"]


def said_to(user: str, url: str) -> str:
    """Return PostgreSQL's refusal of another OS user, or an empty string if it let them in."""
    # Forked, not executed: this Python may lie where that user cannot run it.
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)

    def connect() -> None:
        entry = pwd.getpwnam(user)
        os.setgroups([])
        os.setgid(entry.pw_gid)
        os.setuid(entry.pw_uid)
        try:
            psycopg2.connect(url).close()
        except psycopg2.OperationalError as error:
            theirs.send(str(error))
        else:
            theirs.send("")

    process = context.Process(target=connect)
    process.start()
    process.join(PATIENCE_SECONDS)
    return str(ours.recv())


def test_a_second_user_shares_the_servers_and_the_last_one_stops_them(servers: Servers) -> None:
    before = {process.pid for process in programs_in(servers.state)}

    with Servers(servers.state, durable=False, environ={}) as second:
        assert second.environment == servers.environment
        assert ask(second.environment["DATABASE_URL"], "SELECT 1") == [(1,)]

    assert ask(servers.environment["DATABASE_URL"], "SELECT 1") == [(1,)]
    assert {process.pid for process in programs_in(servers.state)} >= before - {os.getpid()}


def test_rows_and_messages_survive_a_restart_and_nothing_runs_in_between(
    short_folder: Path,
) -> None:
    state = short_folder / "restart"
    with Servers(state, environ={}) as first:
        ask(first.environment["DATABASE_OWNER_URL"], "CREATE TABLE kept AS SELECT 1 AS one")
        redis.Redis.from_url(first.environment["REDIS_URL"]).set("kept", "1")
    assert programs_in(state) == []

    with Servers(state, environ={}) as second:
        assert ask(second.environment["DATABASE_OWNER_URL"], "SELECT one FROM kept") == [(1,)]
        assert redis.Redis.from_url(second.environment["REDIS_URL"]).get("kept") == b"1"


@pytest.mark.parametrize("program", ["postgres", "valkey-server"])
def test_a_killed_server_comes_back_by_itself(servers: Servers, program: str) -> None:
    victim = server_process(servers, program)

    victim.kill()

    wait_until(lambda: not victim.is_running())
    if program == "postgres":
        wait_until(lambda: answers(servers.environment["DATABASE_URL"]))
    else:
        client = redis.Redis.from_url(servers.environment["REDIS_URL"])
        wait_until(lambda: pongs(client))


def answers(url: str) -> bool:
    try:
        return ask(url, "SELECT 1") == [(1,)]
    except psycopg2.OperationalError:
        return False


def pongs(client: redis.Redis) -> bool:
    try:
        return bool(client.ping())
    except redis.ConnectionError:
        return False


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel ends orphans on Linux only")
def test_killed_keepers_leave_no_server_and_the_use_can_be_renewed(servers: Servers) -> None:
    before = programs_in(servers.state)
    for name in ("postgres", "valkey"):
        keeper_process(servers, name).kill()
    _, alive = psutil.wait_procs(
        [process for process in before if process.pid != os.getpid()], timeout=PATIENCE_SECONDS
    )

    servers.ensure_running()

    assert [process for process in alive if process.status() != psutil.STATUS_ZOMBIE] == []
    assert ask(servers.environment["DATABASE_URL"], "SELECT 1") == [(1,)]


USE = """if True:
    import sys, time
    from pathlib import Path
    from config.servers import Servers
    with Servers(Path(sys.argv[1]), durable=False, environ={}):
        print("up", flush=True)
        time.sleep(600)
"""


def test_a_killed_user_leaves_nothing_and_what_it_left_on_disk_is_no_obstacle(
    short_folder: Path,
) -> None:
    state = short_folder / "killed"
    command = [sys.executable, "-c", USE, str(state)]
    with subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.PIPE) as user:
        assert user.stdout is not None
        assert user.stdout.readline() == b"up\n"
        everything = programs_in(state)
        user.kill()
    wait_until(lambda: programs_in(state) == [])
    assert len(everything) > 4

    # What a power failure leaves: numbers of processes that are others by now.
    (state / "postgres" / "data" / "postmaster.pid").write_text(f"{os.getpid()}\n{state}\n")
    (state / "postgres" / "unfinished").mkdir()

    with Servers(state, durable=False, environ={}) as next_start:
        assert ask(next_start.environment["DATABASE_URL"], "SELECT 1") == [(1,)]


def test_a_deep_folder_with_odd_letters_works_although_its_sockets_do_not_fit(
    short_folder: Path,
) -> None:
    state = short_folder.joinpath(*["Tief & \"schön\", 'so' 100%"] * 5, "var")
    assert len(os.fsencode(state)) > SOCKET_PATH_BYTES

    with Servers(state, durable=False, environ={}) as servers:
        assert ask(servers.environment["DATABASE_URL"], "SELECT current_user") == [("laurel_app",)]
        assert redis.Redis.from_url(servers.environment["REDIS_URL"]).ping()
        sockets = Path(unquote(urlsplit(servers.environment["REDIS_URL"]).path)).parent
        assert stat.S_IMODE(sockets.stat().st_mode) == 0o700


@pytest.mark.skipif(os.geteuid() != 0, reason="others run the servers as themselves")
def test_root_opens_its_private_folders_to_no_further_user(short_folder: Path) -> None:
    private = short_folder / "private"
    private.mkdir(mode=0o700)

    with Servers(private / "var", durable=False, environ={}) as servers:
        assert server_process(servers, "postgres").uids().effective != 0
        assert server_process(servers, "valkey-server").uids().effective != 0
        assert stat.S_IMODE(private.stat().st_mode) & stat.S_IRWXO == 0


def test_real_servers_named_by_the_environment_are_used_instead(tmp_path: Path) -> None:
    given = {
        "DATABASE_URL": "postgresql://laurel_app:secret@db.example/laurel",
        "DATABASE_OWNER_URL": "postgresql://laurel_owner:secret@db.example/laurel",
        "REDIS_URL": "rediss://cache.example/3",
    }

    with Servers(tmp_path / "var", environ=given) as servers:
        assert servers.environment == given
        with pytest.raises(ServersError, match="DATABASE_SUPERUSER_URL"):
            servers.create_database("more")

    assert not (tmp_path / "var").exists()


def test_a_real_database_goes_with_the_embedded_broker(short_folder: Path) -> None:
    state = short_folder / "broker-only"
    given = {"DATABASE_URL": "postgresql://laurel_app@db.example/laurel"}

    with Servers(state, environ=given) as servers:
        assert servers.environment["DATABASE_URL"] == given["DATABASE_URL"]
        assert redis.Redis.from_url(servers.environment["REDIS_URL"]).ping()
        assert not (state / "postgres").exists()


def test_stopping_twice_is_harmless(short_folder: Path) -> None:
    servers = Servers(short_folder / "twice", durable=False, environ={})
    servers.ensure_running()

    servers.stop()
    servers.stop()

    assert programs_in(servers.state) == []


def test_a_foreign_socket_folder_is_refused(short_folder: Path) -> None:
    state = short_folder / "trap"
    state.mkdir()
    (state / "run").symlink_to("/tmp")

    with pytest.raises(ServersError, match="belongs to another OS user"):
        Servers(state, durable=False, environ={}).ensure_running()


def test_sigterm_to_a_keeper_stops_its_server(short_folder: Path) -> None:
    with Servers(short_folder / "term", durable=False, environ={}) as servers:
        server = server_process(servers, "postgres")

        keeper_process(servers, "postgres").send_signal(signal.SIGTERM)

        psutil.wait_procs([server], timeout=PATIENCE_SECONDS)
        assert not server.is_running()
