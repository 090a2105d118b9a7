"""Real servers for the tests: started before Django reads its settings.

The schema is migrated once, as the owner, into a template database named after the hash of all
migrations; every run and every worker gets a clone of it and logs in as the serving role.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from config.servers import Servers

ROOT = Path(__file__).resolve().parent.parent
STATE = ROOT / "var" / "test"


def _schema_hash() -> str:
    digest = hashlib.sha256((ROOT / "requirements.lock").read_bytes())
    sources = [
        *ROOT.glob("*/migrations/*.py"),
        *ROOT.glob("partners/tenancy/*.py"),
        ROOT / "accreditation" / "due_triggers.py",
    ]
    for source in sorted(sources):
        digest.update(source.read_bytes())
    return digest.hexdigest()[:12]


def _template(servers: Servers) -> str:
    """Return the name of the migrated template database, after making it if need be."""
    name = f"template_{_schema_hash()}"
    making = f"{name}_{os.getpid()}"
    if not _exists(servers, name):
        servers.create_database(making)
        environment = {**os.environ, **servers.database_urls(making), "DATABASE_ROLE": "owner"}
        subprocess.run(
            [sys.executable, "manage.py", "migrate", "-v0", "--skip-checks"],
            cwd=ROOT,
            env=environment,
            check=True,
        )
        _rename(servers, making, name)
    return name


def _psql(servers: Servers, sql: str) -> list[tuple[object, ...]]:
    import psycopg2

    connection = psycopg2.connect(servers.superuser_url)
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            cursor.execute(sql)
            return list(cursor.fetchall()) if cursor.description else []
    finally:
        connection.close()


def _exists(servers: Servers, name: str) -> bool:
    return bool(_psql(servers, f"SELECT 1 FROM pg_database WHERE datname = '{name}'"))


def _rename(servers: Servers, making: str, name: str) -> None:
    # Two runs may have made it at once: the second one throws its own away.
    if _exists(servers, name):
        servers.drop_database(making)
    else:
        _psql(servers, f'ALTER DATABASE "{making}" RENAME TO "{name}"')


class _TestServers:
    """The servers of one test process; the controlling process of xdist holds them for all."""

    def __init__(self) -> None:
        self.worker = os.environ.get("PYTEST_XDIST_WORKER", "")
        self.servers = Servers(STATE, durable=False, environ={})
        self.servers.ensure_running()
        defaults = {
            "SECRET_KEY": "tests-only-" + "x" * 40,
            "DEBUG": "false",
            "HTTPS": "false",
            "STATIC_FROM_SOURCE": "true",
            "EMAIL_URL": f"file:///{STATE / 'mail'}",
            "MEDIA_ROOT": str(STATE / "media"),
            "ALLOWED_HOSTS": "testserver,localhost,127.0.0.1",
            "PUBLIC_URL": "http://testserver",
        }
        os.environ.update(defaults)
        os.environ.update(self.servers.environment)
        template = _template(self.servers)
        self.database = f"test_{os.getpid()}_{self.worker or 'main'}"
        self.servers.create_database(self.database, template=template)
        os.environ.update(self.servers.database_urls(self.database))
        # Several runs at once share the server; each process has a numbered space of its own.
        number = 1 + os.getpid() % 1023
        os.environ["REDIS_URL"] = os.environ["REDIS_URL"].replace("db=0", f"db={number}")

    def close(self) -> None:
        self.servers.drop_database(self.database)
        self.servers.stop()


_running = _TestServers()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove this process's database and leave the servers."""
    from django.db import connections

    connections.close_all()
    _running.close()


def owner_url() -> str:
    """Return the address of this process's database as its owner."""
    return os.environ["DATABASE_OWNER_URL"]
