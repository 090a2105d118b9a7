"""Imports: upload, check, confirm, apply. Nothing is written before somebody has seen the check.

The check runs in the worker batch by batch and writes nothing; the job then waits as *checked*.
Confirmed, the file is read again from the top and written in one transaction: a worker killed at
any moment leaves nothing behind. Both ways ask and decide by the same code, in the same order.
"""

from __future__ import annotations

import hashlib
import unicodedata
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_noop as _

from partners.enums import ActorKind, JobState
from partners.imports.importer import ImportContext, Importer, importers
from partners.imports.problems import Problem
from partners.imports.sweep import Report, batches_of, check
from partners.imports.table import Row, Table, open_table
from partners.models import ImportFile, JobRun, User
from partners.operations import audit
from partners.operations.jobs import (
    WrongState,
    create_job,
    finish_job,
    hold_job,
    job_kinds,
    report_progress,
    resume_job,
)
from partners.queries.access import member_actor
from partners.queries.imports import earlier_import
from partners.queries.vendors import vendor_day
from partners.refusals import CannotRecord
from partners.rules import SYSTEM, Actor, NotAllowed, Permission, require
from partners.tenancy.context import tenant

_PREFIX = "import:"
_MOST_NAME = 150
_NOT_WAITING = _("This import is not waiting for confirmation.")


def offer(importer: Importer) -> None:
    """Make a kind of import known, with the job that does it."""
    importers[importer.kind] = importer
    job_kinds[_PREFIX + importer.kind] = run_import


@transaction.atomic
def upload_import(*, kind: str, name: str, content: bytes, by: Actor, now: datetime) -> JobRun:
    """Keep the file and return the job that checks it.

    :param kind: one of ``importers``.
    :raises CannotRecord: at ``file``, if it is no table with the columns of this kind.
    :raises NotAllowed: without ``import.run`` and the permission of the kind; for machines.
    """
    importer = importers[kind]
    _require_import(by, importer)
    table = open_table(content, importer.columns)
    job = create_job(kind=_PREFIX + kind, by=by, now=now, total=table.lines)
    ImportFile.objects.create(
        job=job,
        name=_shown_name(name),
        content=content,
        digest=hashlib.sha256(content).hexdigest(),
    )
    return job


@transaction.atomic
def confirm_import(
    *, job: JobRun, only_valid_rows: bool = False, by: Actor, now: datetime
) -> JobRun:
    """Let a checked import be applied and return its job: all rows, or only the valid ones.

    :raises CannotRecord: if rows have problems and all are wanted, if there is nothing to write,
        or if the import is not waiting for this (any more).
    :raises NotAllowed: for everybody but who uploaded the file.
    """
    if (by.kind, by.id) != (job.actor_kind, job.actor_id):
        raise NotAllowed(Permission.IMPORT_RUN)
    _require_import(by, _importer(job))
    if job.state != JobState.CHECKED:
        raise CannotRecord("", _NOT_WAITING)
    outcome = job.outcome
    if not outcome["new"] + outcome["changed"]:
        raise CannotRecord("", _("Nothing in this file is new or changed."))
    if outcome["refused"] and not only_valid_rows:
        raise CannotRecord(
            "only_valid_rows",
            _("%(refused)s rows have problems. Mend the file, or import only the valid rows."),
            refused=outcome["refused"],
        )
    ImportFile.objects.filter(job=job).update(only_valid_rows=only_valid_rows)
    try:
        return resume_job(job=job, by=by, now=now)
    except WrongState as error:
        raise CannotRecord("", _NOT_WAITING) from error


@transaction.atomic
def discard_import(*, job: JobRun, by: Actor, now: datetime) -> None:
    """Remove a checked import with its file: it has written nothing.

    :raises CannotRecord: if it is not waiting for confirmation (any more).
    :raises NotAllowed: for everybody but who uploaded the file.
    """
    if (by.kind, by.id) != (job.actor_kind, job.actor_id):
        raise NotAllowed(Permission.IMPORT_RUN)
    waiting = JobRun.objects.select_for_update().filter(pk=job.pk, state=JobState.CHECKED).first()
    if waiting is None:
        raise CannotRecord("", _NOT_WAITING)
    audit.record(
        by=by, now=now, verb="job.discarded", subjects=[waiting], changes={"kind": waiting.kind}
    )
    waiting.delete()


def run_import(job: JobRun, now: datetime) -> None:
    """Check the file of the job, or apply it if the check is done and confirmed."""
    with tenant(job.vendor):
        file = ImportFile.objects.select_related("job").get(job=job)
        context = ImportContext(_actor(job), now, vendor_day(now))
    importer = _importer(job)
    try:
        _require_import(context.by, importer)
    except NotAllowed as refusal:
        raise CannotRecord("", _("Whoever uploaded this file may no longer import.")) from refusal
    table = open_table(bytes(file.content), importer.columns)
    if job.outcome:
        _apply(job, file, table, context)
    else:
        _check(job, file, table, context)


def _check(job: JobRun, file: ImportFile, table: Table, context: ImportContext) -> None:
    report = Report()
    with tenant(job.vendor):
        reading = _importer(job).begin(context)
        same = earlier_import(file)
    for batch in batches_of(table):
        with tenant(job.vendor):
            check(reading, batch, report)
        report_progress(job=job, done=_last_line(batch), total=table.lines)
    report_progress(job=job, done=table.lines, total=table.lines)
    outcome = {**report.stored(), "same_file_on": None if same is None else same.isoformat()}
    with tenant(job.vendor):
        finish_job(job=job, outcome=outcome, state=JobState.CHECKED, now=context.now)


def _apply(job: JobRun, file: ImportFile, table: Table, context: ImportContext) -> None:
    report = Report()
    report_progress(job=job, done=table.lines, total=table.lines)
    try:
        with tenant(job.vendor):
            hold_job(job=job)
            reading = _importer(job).begin(context)
            for batch in batches_of(table):
                if planned := check(reading, batch, report):
                    reading.write(planned)
            if report.refused and not file.only_valid_rows:
                raise CannotRecord(
                    "file",
                    _(
                        "%(refused)s rows no longer fit what is on record. Nothing was imported: "
                        "upload the file again."
                    ),
                    refused=report.refused,
                )
            finish_job(job=job, outcome=report.stored(), now=context.now)
    except IntegrityError as error:
        raise CannotRecord(
            "file",
            _(
                "Somebody changed the same records meanwhile. Nothing was imported: upload the "
                "file again."
            ),
        ) from error


def _last_line(batch: list[Row | list[Problem]]) -> int:
    last = batch[-1]
    return last[0].row if isinstance(last, list) else last.number


def _importer(job: JobRun) -> Importer:
    return importers[job.kind.removeprefix(_PREFIX)]


def _require_import(by: Actor, importer: Importer) -> None:
    # A machine calls the API, row by row or in bulk; files are for people, who read the check.
    if by.kind == ActorKind.API_KEY:
        raise NotAllowed(Permission.IMPORT_RUN)
    require(by, Permission.IMPORT_RUN)
    require(by, importer.permission)


def _actor(job: JobRun) -> Actor:
    """Return who uploaded, with what they may do now."""
    if job.actor_id is None:
        return SYSTEM
    return member_actor(User.objects.get(pk=job.actor_id))


def _shown_name(name: str) -> str:
    """Return the file's name fit to be shown: no control or direction characters."""
    normal = unicodedata.normalize("NFC", name)
    kept = "".join(mark for mark in normal if unicodedata.category(mark)[0] != "C")
    return kept[-_MOST_NAME:] or "file.csv"
