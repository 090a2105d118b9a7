"""Background work that a person waits for: taken by lease, visible while it runs, done once.

What a kind of job does is a function ``work(job, now)``, registered by the app that knows it::

    job_kinds["import:people"] = import_people

``work`` is called *outside* of every transaction and of every vendor's space, because rows written
in an open transaction are invisible to the people who wait. It goes in three kinds of steps:

- reading and checking, in chunks, each in its own ``with tenant(job.vendor)``;
- ``report_progress`` between the chunks: a short transaction of its own that also renews the lease
  (it refuses to run inside another transaction, where nobody would see it);
- the one change that counts, all or nothing::

      with tenant(job.vendor):
          hold_job(job=job)
          ...                                        # however long it takes
          finish_job(job=job, outcome={...}, now=now)

  ``hold_job`` locks the job's row until the commit. No other worker takes a locked job, even when
  its lease has run out meanwhile, and ``finish_job`` commits together with the change: a worker
  killed at any moment leaves either nothing or everything. While the change is being applied the
  page shows the last progress reported, so report ``done == total`` of the check first.

A killed worker's lease runs out after ``LEASE``; the sweep then runs the job again from the start.
Leases are kept by the database's clock, the only one that all workers share.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import DatabaseError, InterfaceError, OperationalError, transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Now
from django.utils.translation import gettext_noop as _

from partners.doorbell import ring
from partners.enums import JobState
from partners.models import JobRun, Partner
from partners.operations import audit
from partners.refusals import CannotRecord, Parameter
from partners.rules import Actor
from partners.tenancy.context import current_vendor_id, tenant

logger = logging.getLogger(__name__)

RUN_JOB = "partners.run_job"
LEASE = timedelta(seconds=60)
MOST_ATTEMPTS = 5

UNEXPECTED = _("The job stopped because of an error of ours. Nothing was changed by it.")
GIVEN_UP = _("The job was interrupted %(attempts)s times and is given up. Nothing was changed.")

JobKind = Callable[[JobRun, datetime], None]
job_kinds: dict[str, JobKind] = {}


class LeaseLost(RuntimeError):
    """Another worker has taken the job, or it has ended: this run must not write any more."""


class WrongState(ValueError):
    """The job is not in the state that the step needs."""


@transaction.atomic
def create_job(
    *, kind: str, by: Actor, now: datetime, partner: Partner | None = None, total: int = 0
) -> JobRun:
    """Record that a job is wanted and return it; a worker is woken after the commit.

    Writes the operation's audit entry, ``job.created``. ``total`` is the number of steps, 0 while
    it is not known.
    """
    job: JobRun = JobRun.objects.create(
        kind=kind,
        partner=partner,
        total=total,
        actor_kind=by.kind,
        actor_id=by.id,
        created_at=now,
    )
    _record(job, verb="job.created", by=by, now=now)
    _wake(job)
    return job


@transaction.atomic
def resume_job(*, job: JobRun, by: Actor, now: datetime) -> JobRun:
    """Let a checked job go on and return it; its ``outcome`` is still that of the check.

    :raises WrongState: unless the job is checked; of two who resume at once, one is refused.
    """
    checked = JobRun.objects.filter(pk=job.pk, state=JobState.CHECKED)
    if not checked.update(
        state=JobState.WAITING, finished_at=None, lease_until=None, attempts=0, done=0
    ):
        raise WrongState(f"Job {job.pk} is not checked.")
    job.refresh_from_db()
    _record(job, verb="job.resumed", by=by, now=now)
    _wake(job)
    return job


@transaction.atomic
def start_job(*, job_id: UUID, now: datetime) -> JobRun | None:
    """Take the lease of a job of the open vendor and return it.

    None if it has ended, another worker has it, or it is given up here after ``MOST_ATTEMPTS``.
    """
    free = JobRun.objects.filter(
        Q(lease_until=None) | Q(lease_until__lt=Now()),
        pk=job_id,
        state__in=[JobState.WAITING, JobState.RUNNING],
    )
    job: JobRun | None = free.select_for_update(skip_locked=True, no_key=True).first()
    if job is None:
        return None
    if job.attempts >= MOST_ATTEMPTS:
        _end(job, JobState.FAILED, _failure(GIVEN_UP, {"attempts": job.attempts}), now)
        return None
    JobRun.objects.filter(pk=job.pk).update(
        state=JobState.RUNNING, attempts=F("attempts") + 1, lease_until=Now() + LEASE
    )
    job.refresh_from_db()
    return job


def report_progress(*, job: JobRun, done: int, total: int | None = None) -> None:
    """Show how far the job is, and renew its lease, in a transaction of its own.

    :raises LeaseLost: if this run no longer has the job.
    :raises RuntimeError: inside another transaction.
    """
    job.done = done
    job.total = job.total if total is None else total
    with transaction.atomic(durable=True), tenant(job.vendor):
        mine = _leased(job).update(done=job.done, total=job.total, lease_until=Now() + LEASE)
        if not mine:
            raise LeaseLost(f"Job {job.pk} was taken over.")
        job.refresh_from_db(fields=["lease_until"])


def hold_job(*, job: JobRun) -> None:
    """Keep every other worker off the job until the open transaction ends.

    :raises LeaseLost: if this run no longer has the job.
    """
    if _leased(job).select_for_update(no_key=True).first() is None:
        raise LeaseLost(f"Job {job.pk} was taken over.")


@transaction.atomic
def finish_job(
    *,
    job: JobRun,
    outcome: Mapping[str, Any],
    now: datetime,
    state: JobState = JobState.DONE,
) -> None:
    """End this run: ``done``, or ``checked`` for a job that waits for somebody's decision.

    :param outcome: counts and problems, as JSON values.
    :raises LeaseLost: if this run no longer has the job.
    """
    if state not in {JobState.DONE, JobState.CHECKED}:
        raise WrongState(f"A job does not finish as {state}.")
    hold_job(job=job)
    _end(job, state, outcome, now)


@transaction.atomic
def fail_job(
    *, job: JobRun, sentence: str, parameters: Mapping[str, Parameter] | None = None, now: datetime
) -> None:
    """End this run as failed, with an untranslated sentence for people.

    :raises LeaseLost: if this run no longer has the job.
    """
    hold_job(job=job)
    _end(job, JobState.FAILED, _failure(sentence, parameters or {}), now)


def run_job(*, vendor_id: UUID, job_id: UUID, now: datetime) -> None:
    """Take a job and do what its kind says; safe to call any number of times, at the same time.

    What ``work`` refuses with ``CannotRecord`` is told to the people who wait in those words; any
    other error is logged and told in general words. A database that goes away is no verdict on the
    job: it stays, and runs again when its lease has run out.
    """
    with transaction.atomic(durable=True), tenant(vendor_id):
        job = start_job(job_id=job_id, now=now)
    if job is None:
        return
    try:
        _work(job, now)
    except LeaseLost:
        logger.warning("Job %s (%s) was taken over by another worker.", job.pk, job.kind)
    except (InterfaceError, OperationalError):
        logger.exception("Job %s (%s) was interrupted by the database.", job.pk, job.kind)
    except CannotRecord as refusal:
        _fail_apart(job, refusal.sentence, refusal.parameters, now)
    except Exception:
        logger.exception("Job %s (%s) failed.", job.pk, job.kind)
        _fail_apart(job, UNEXPECTED, {}, now)


def _work(job: JobRun, now: datetime) -> None:
    job_kinds[job.kind](job, now)
    if job.state == JobState.RUNNING:
        raise WrongState(f"The work of {job.kind} returned without finishing its job.")


def _fail_apart(
    job: JobRun, sentence: str, parameters: Mapping[str, Parameter], now: datetime
) -> None:
    try:
        with transaction.atomic(durable=True), tenant(job.vendor):
            fail_job(job=job, sentence=sentence, parameters=parameters, now=now)
    except (LeaseLost, DatabaseError):
        logger.exception("The failure of job %s (%s) could not be recorded.", job.pk, job.kind)


def _leased(job: JobRun) -> QuerySet[JobRun]:
    # Every renewal gives another moment, so the moment is the proof that the lease is ours.
    return JobRun.objects.filter(pk=job.pk, state=JobState.RUNNING, lease_until=job.lease_until)


def _end(job: JobRun, state: JobState, outcome: Mapping[str, Any], now: datetime) -> None:
    # The object keeps its lease, the proof by which a failure is recorded should the commit fail.
    job.state, job.outcome, job.finished_at = state, dict(outcome), now
    JobRun.objects.filter(pk=job.pk).update(
        state=job.state, outcome=job.outcome, finished_at=job.finished_at, lease_until=None
    )


def _failure(sentence: str, parameters: Mapping[str, Parameter]) -> dict[str, Any]:
    told = {
        name: value if isinstance(value, str | int) else value.isoformat()
        for name, value in parameters.items()
    }
    return {"failure": {"sentence": sentence, "parameters": told}}


def _record(job: JobRun, *, verb: str, by: Actor, now: datetime) -> None:
    partners = [job.partner_id] if job.partner_id else []
    audit.record(
        by=by, now=now, verb=verb, subjects=[job], partners=partners, changes={"kind": job.kind}
    )


def _wake(job: JobRun) -> None:
    ring(RUN_JOB, vendor_id=str(current_vendor_id()), job_id=str(job.pk))
