"""A real worker, a real broker, a real mail server, and `kill -9`."""

from __future__ import annotations

import subprocess
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
from tests.workers import kill, start_worker, until

pytestmark = [pytest.mark.worker, pytest.mark.django_db(transaction=True)]

Start = Callable[..., subprocess.Popen[bytes]]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts a worker; kills what is left of it after the test."""
    workers: list[subprocess.Popen[bytes]] = []

    def begin(**environment: str) -> subprocess.Popen[bytes]:
        options = ("--concurrency=1", "--include=tests.partners.worker_kinds")
        stuck = str(tmp_path / "stuck")
        workers.append(start_worker(*options, STUCK_FILE=stuck, **environment))
        return workers[-1]

    yield begin
    for worker in workers:
        kill(worker)


def test_a_killed_workers_job_is_done_once_by_the_next(
    northwind: Vendor, start: Start, tmp_path: Path
) -> None:
    with tenant(northwind):
        job = create_job(kind="tests:stuck-once", by=SYSTEM, now=NOW)

    def seen() -> JobRun:
        with tenant(northwind):
            return JobRun.objects.get(pk=job.pk)

    first = start()
    until((tmp_path / "stuck").exists)
    while_stuck = seen()
    kill(first)
    with tenant(northwind), connection.cursor() as cursor:
        cursor.execute("UPDATE partners_jobrun SET lease_until = now() - interval '1 second'")
    start()
    tasks.sweep_jobs()
    until(lambda: seen().state == JobState.DONE)

    assert (while_stuck.state, while_stuck.done, while_stuck.total) == (JobState.RUNNING, 1, 2)
    assert (seen().attempts, seen().outcome) == (2, {"added": 1})
    with tenant(northwind):
        assert Partner.objects.count() == 1


def test_a_worker_sends_what_a_bell_announces(northwind: Vendor, start: Start) -> None:
    with MailServer() as server:
        start(EMAIL_URL=f"smtp://127.0.0.1:{server.port}")
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
