"""Background jobs: one worker at a time, visible while they run, all or nothing."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from uuid import UUID

import psycopg2
import pytest
from django.db import OperationalError, connection, transaction
from django.utils.translation import override

from partners import tasks
from partners.enums import JobState, MembershipRole
from partners.models import JobRun, Partner, Vendor
from partners.operations.jobs import (
    GIVEN_UP,
    LEASE,
    MOST_ATTEMPTS,
    UNEXPECTED,
    LeaseLost,
    WrongState,
    create_job,
    fail_job,
    finish_job,
    hold_job,
    job_kinds,
    report_progress,
    resume_job,
    run_job,
    start_job,
)
from partners.queries.jobs import failure_of, jobs_due
from partners.refusals import CannotRecord
from partners.rules import SYSTEM
from partners.tenancy.context import tenant
from tests import bells, cast
from tests.audited import one_entry
from tests.cast import NOW

Work = Callable[[JobRun, datetime], None]
Owner = psycopg2.extensions.connection


@pytest.fixture
def kind() -> Iterator[Callable[[Work], str]]:
    """Registers what a job of a kind of its own does, and returns that kind."""
    known = dict(job_kinds)

    def register(work: Work) -> str:
        job_kinds["tests:work"] = work
        return "tests:work"

    yield register
    job_kinds.clear()
    job_kinds.update(known)


def new_job(vendor: Vendor, kind: str = "tests:work") -> JobRun:
    with tenant(vendor):
        return create_job(kind=kind, by=SYSTEM, now=NOW)


def start(vendor: Vendor, job: JobRun) -> JobRun | None:
    with tenant(vendor):
        return start_job(job_id=job.pk, now=NOW)


def started(vendor: Vendor) -> JobRun:
    job = start(vendor, new_job(vendor))
    assert job is not None
    return job


def stored(vendor: Vendor, job: JobRun) -> JobRun:
    with tenant(vendor):
        return JobRun.objects.get(pk=job.pk)


def lose_lease(vendor: Vendor) -> None:
    """Let the time pass after which a silent worker counts as dead."""
    with tenant(vendor), connection.cursor() as cursor:
        cursor.execute("UPDATE partners_jobrun SET lease_until = now() - interval '1 second'")


# --- Wanting and taking ----------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_a_job_is_recorded_and_rung_for_with_its_commit(northwind: Vendor) -> None:
    with tenant(northwind):
        acme = cast.partner("acme")
        mara = cast.actor(cast.member("Mara", MembershipRole.CHANNEL_MANAGER))
        with one_entry("job.created") as entries:
            job = create_job(kind="import:people", by=mara, now=NOW, partner=acme, total=7)

    assert (job.state, job.total, job.actor_id) == (JobState.WAITING, 7, mara.id)
    assert (entries[0].partner_ids, entries[0].changes) == ([acme.pk], {"kind": "import:people"})
    assert bells.heard() == [
        ("partners.run_job", {"vendor_id": str(northwind.pk), "job_id": str(job.pk)})
    ]


def test_only_one_worker_takes_a_job(northwind: Vendor) -> None:
    job = new_job(northwind)

    first, second = start(northwind, job), start(northwind, job)

    assert first is not None
    assert (first.state, first.attempts, second) == (JobState.RUNNING, 1, None)


def test_a_job_belongs_to_its_vendor(northwind: Vendor, umbra: Vendor) -> None:
    job = new_job(umbra)

    assert start(northwind, job) is None
    assert jobs_due(NOW) == [(umbra.pk, job.pk)]


def test_a_job_of_a_killed_worker_is_taken_again(northwind: Vendor) -> None:
    first = started(northwind)
    while_leased = start(northwind, first)
    lose_lease(northwind)

    second = start(northwind, first)

    assert while_leased is None
    assert second is not None
    assert second.attempts == 2


def test_a_job_that_kills_every_worker_is_given_up(northwind: Vendor) -> None:
    job = new_job(northwind)
    for _ in range(MOST_ATTEMPTS):
        assert start(northwind, job) is not None
        lose_lease(northwind)

    assert start(northwind, job) is None
    kept = stored(northwind, job)
    assert (kept.state, kept.finished_at) == (JobState.FAILED, NOW)
    assert failure_of(kept) == GIVEN_UP % {"attempts": 5}
    assert jobs_due(NOW + timedelta(days=999)) == []


@pytest.mark.django_db(transaction=True)
def test_the_sweep_rings_for_jobs_that_no_worker_has(northwind: Vendor, umbra: Vendor) -> None:
    waiting, running, forgotten = new_job(northwind), started(umbra), new_job(umbra)
    with tenant(umbra):
        JobRun.objects.filter(pk=forgotten.pk).update(state=JobState.RUNNING, lease_until=NOW)
    bells.heard()

    tasks.sweep_jobs()

    assert {arguments["job_id"] for _task, arguments in bells.heard()} == {
        str(waiting.pk),
        str(forgotten.pk),
    }
    assert running.state == JobState.RUNNING


# --- While it runs ---------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_progress_is_visible_to_others_while_the_job_runs(
    northwind: Vendor, kind: Callable[[Work], str], owner_connection: Owner
) -> None:
    seen: list[tuple[int, int]] = []

    def work(job: JobRun, now: datetime) -> None:
        for done in (1, 2):
            report_progress(job=job, done=done, total=2)
            with owner_connection.cursor() as cursor:
                cursor.execute("SELECT done, total FROM partners_jobrun")
                seen.append(cursor.fetchone())
        with tenant(job.vendor):
            finish_job(job=job, outcome={"added": 2}, now=now)

    job = new_job(northwind, kind(work))
    tasks.run_job(vendor_id=str(northwind.pk), job_id=str(job.pk))

    kept = stored(northwind, job)
    assert seen == [(1, 2), (2, 2)]
    assert (kept.state, kept.outcome, kept.lease_until) == (JobState.DONE, {"added": 2}, None)
    assert failure_of(kept) == ""


def test_progress_renews_the_lease(northwind: Vendor) -> None:
    job = started(northwind)
    before = job.lease_until

    report_progress(job=job, done=1)

    after = stored(northwind, job).lease_until
    assert before is not None
    assert after is not None
    assert before < after < before + LEASE


def test_progress_nobody_could_see_is_refused(northwind: Vendor) -> None:
    job = started(northwind)

    with tenant(northwind), pytest.raises(RuntimeError, match="durable"):
        report_progress(job=job, done=1)


@pytest.mark.parametrize(
    "step",
    [
        lambda job: hold_job(job=job),
        lambda job: finish_job(job=job, outcome={}, now=NOW),
        lambda job: fail_job(job=job, sentence=UNEXPECTED, now=NOW),
    ],
    ids=["hold", "finish", "fail"],
)
def test_a_worker_that_lost_its_job_writes_nothing_more(
    northwind: Vendor, step: Callable[[JobRun], None]
) -> None:
    stalled = started(northwind)
    lose_lease(northwind)
    start(northwind, stalled)

    with pytest.raises(LeaseLost), tenant(northwind):
        step(stalled)
    with pytest.raises(LeaseLost):
        report_progress(job=stalled, done=1)
    assert stored(northwind, stalled).state == JobState.RUNNING


@pytest.mark.django_db(transaction=True)
def test_a_change_being_applied_keeps_its_job_however_long_it_takes(northwind: Vendor) -> None:
    job = started(northwind)
    taken: list[JobRun | None] = []

    def other_worker() -> None:
        taken.append(start(northwind, job))
        connection.close()

    lose_lease(northwind)
    with tenant(northwind):
        job.refresh_from_db()
        hold_job(job=job)
        thread = threading.Thread(target=other_worker)
        thread.start()
        thread.join(20)
        finish_job(job=job, outcome={}, now=NOW)

    assert taken == [None]
    assert stored(northwind, job).state == JobState.DONE


# --- How it ends -----------------------------------------------------------------------------


def run(vendor: Vendor, kind: str) -> JobRun:
    job = new_job(vendor, kind)
    run_job(vendor_id=vendor.pk, job_id=job.pk, now=NOW)
    return stored(vendor, job)


def test_a_refusal_is_told_in_the_readers_language(
    northwind: Vendor, kind: Callable[[Work], str]
) -> None:
    def work(job: JobRun, now: datetime) -> None:
        with tenant(job.vendor):
            cast.partner("acme")
            raise CannotRecord("file", "%(name)s is from %(day)s.", name="a.csv", day=cast.TODAY)

    job = run(northwind, kind(work))

    assert (job.state, job.finished_at) == (JobState.FAILED, NOW)
    with override("de"):
        assert failure_of(job) == "a.csv is from 2026-03-02."
    with tenant(northwind):
        assert not Partner.objects.exists()


@pytest.mark.parametrize("finishes", [False, True])
def test_an_error_of_ours_undoes_the_change_and_is_logged(
    northwind: Vendor,
    kind: Callable[[Work], str],
    caplog: pytest.LogCaptureFixture,
    finishes: bool,
) -> None:
    def work(job: JobRun, now: datetime) -> None:
        with tenant(job.vendor):
            cast.partner("acme")
            if finishes:
                finish_job(job=job, outcome={"added": 1}, now=now)
            raise ZeroDivisionError

    job = run(northwind, kind(work))

    assert (job.state, failure_of(job)) == (JobState.FAILED, UNEXPECTED)
    assert "ZeroDivisionError" in caplog.text
    with tenant(northwind):
        assert not Partner.objects.exists()


@pytest.mark.parametrize("registered", [True, False])
def test_a_job_that_nothing_finishes_fails(
    northwind: Vendor, kind: Callable[[Work], str], registered: bool
) -> None:
    name = kind(lambda _job, _now: None) if registered else "tests:unknown"

    assert run(northwind, name).state == JobState.FAILED


@pytest.mark.parametrize("ends", ["reports", "raises"])
def test_a_stalled_worker_leaves_the_job_to_the_one_that_has_it(
    northwind: Vendor, kind: Callable[[Work], str], caplog: pytest.LogCaptureFixture, ends: str
) -> None:
    def work(job: JobRun, _now: datetime) -> None:
        lose_lease(northwind)
        start(northwind, job)
        if ends == "raises":
            raise ZeroDivisionError
        report_progress(job=job, done=1)

    job = run(northwind, kind(work))

    assert (job.state, job.attempts, job.done) == (JobState.RUNNING, 2, 0)
    assert "taken over" in caplog.text


def test_a_database_that_goes_away_is_no_verdict_on_the_job(
    northwind: Vendor, kind: Callable[[Work], str]
) -> None:
    def work(_job: JobRun, _now: datetime) -> None:
        raise OperationalError("server closed the connection unexpectedly")

    job = run(northwind, kind(work))

    assert job.state == JobState.RUNNING
    lose_lease(northwind)
    assert start(northwind, job) is not None


def test_a_job_that_has_ended_does_not_run_again(
    northwind: Vendor, kind: Callable[[Work], str]
) -> None:
    runs: list[UUID] = []

    def work(job: JobRun, now: datetime) -> None:
        runs.append(job.pk)
        with tenant(job.vendor):
            finish_job(job=job, outcome={}, now=now)

    job = run(northwind, kind(work))
    run_job(vendor_id=northwind.pk, job_id=job.pk, now=NOW)

    assert runs == [job.pk]


def test_a_checked_job_goes_on_once_somebody_decides(
    in_northwind: Vendor, kind: Callable[[Work], str]
) -> None:
    job = create_job(kind=kind(lambda _job, _now: None), by=SYSTEM, now=NOW)
    running = start_job(job_id=job.pk, now=NOW)
    assert running is not None
    finish_job(job=running, outcome={"valid": 3}, now=NOW, state=JobState.CHECKED)
    waiting_for_somebody = start_job(job_id=job.pk, now=NOW)

    with one_entry("job.resumed"):
        resumed = resume_job(job=job, by=SYSTEM, now=NOW)

    assert waiting_for_somebody is None
    assert (resumed.state, resumed.outcome, resumed.attempts) == (
        JobState.WAITING,
        {"valid": 3},
        0,
    )
    with pytest.raises(WrongState):
        resume_job(job=job, by=SYSTEM, now=NOW)
    again = start_job(job_id=job.pk, now=NOW)
    assert again is not None
    with pytest.raises(WrongState), transaction.atomic():
        finish_job(job=again, outcome={}, now=NOW, state=JobState.FAILED)
