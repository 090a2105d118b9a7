"""A real worker, a real broker, a real mail server, and `kill -9`."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connection

from partners import tasks
from partners.enums import JobState
from partners.models import JobRun, OutboxItem, Partner, Vendor
from partners.operations.jobs import create_job
from partners.operations.outbox import enqueue_email
from partners.rules import SYSTEM
from partners.tenancy.context import tenant
from tests.cast import NOW
from tests.mailserver import MailServer

pytestmark = [pytest.mark.worker, pytest.mark.django_db(transaction=True)]

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 60


@pytest.fixture
def start_worker(tmp_path: Path) -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    """Starts a worker in a session of its own; kills what is left of it after the test."""
    workers: list[subprocess.Popen[bytes]] = []

    def start(**environment: str) -> subprocess.Popen[bytes]:
        options = ["--concurrency=1", "--loglevel=WARNING", "--without-gossip", "--without-mingle"]
        workers.append(
            subprocess.Popen(
                [
                    sys.executable,
                    "-m",
                    "celery",
                    "-A",
                    "config.celery",
                    "worker",
                    *options,
                    "--include=tests.partners.worker_kinds",
                ],
                cwd=ROOT,
                env={**os.environ, "STUCK_FILE": str(tmp_path / "stuck"), **environment},
                start_new_session=True,
            )
        )
        return workers[-1]

    yield start
    for worker in workers:
        kill(worker)


def kill(worker: subprocess.Popen[bytes]) -> None:
    if worker.poll() is None:
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()


def until(happened: Callable[[], bool]) -> None:
    end = time.monotonic() + SECONDS
    while not happened():
        assert time.monotonic() < end, "It did not happen in time."
        time.sleep(0.05)


def test_a_killed_workers_job_is_done_once_by_the_next(
    northwind: Vendor, start_worker: Callable[..., subprocess.Popen[bytes]], tmp_path: Path
) -> None:
    with tenant(northwind):
        job = create_job(kind="tests:stuck-once", by=SYSTEM, now=NOW)

    def seen() -> JobRun:
        with tenant(northwind):
            return JobRun.objects.get(pk=job.pk)

    first = start_worker()
    until((tmp_path / "stuck").exists)
    while_stuck = seen()
    kill(first)
    with tenant(northwind), connection.cursor() as cursor:
        cursor.execute("UPDATE partners_jobrun SET lease_until = now() - interval '1 second'")
    start_worker()
    tasks.sweep_jobs()
    until(lambda: seen().state == JobState.DONE)

    assert (while_stuck.state, while_stuck.done, while_stuck.total) == (JobState.RUNNING, 1, 2)
    assert (seen().attempts, seen().outcome) == (2, {"added": 1})
    with tenant(northwind):
        assert Partner.objects.count() == 1


def test_a_worker_sends_what_a_bell_announces(
    northwind: Vendor, start_worker: Callable[..., subprocess.Popen[bytes]]
) -> None:
    with MailServer() as server:
        start_worker(EMAIL_URL=f"smtp://127.0.0.1:{server.port}")
        with tenant(northwind):
            enqueue_email(
                dedupe_key="invitation:1",
                template="invitation",
                recipient="paul@example.com",
                language="en",
                parameters={
                    "vendor": "Northwind",
                    "partner": "Acme",
                    "role": "partner_admin",
                    "inviter": "Mara",
                    "url": "https://laurel.example/",
                    "valid_through": "2026-03-09",
                },
                now=NOW,
            )

        def sent() -> bool:
            with tenant(northwind):
                return OutboxItem.objects.get().sent_at is not None

        until(sent)

    assert [delivery.recipients for delivery in server.deliveries] == [("paul@example.com",)]
