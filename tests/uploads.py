"""Files of any kind, uploaded to Northwind, checked and imported as the worker does it."""

from __future__ import annotations

from partners.models import JobRun, Vendor
from partners.operations.imports import confirm_import, upload_import
from partners.operations.jobs import run_job
from partners.queries.imports import import_report
from partners.rules import SYSTEM, Actor
from partners.tenancy.context import tenant
from tests.cast import NOW


def checked(kind: str, content: bytes, *, by: Actor = SYSTEM) -> JobRun:
    """Return the job of an uploaded file after the worker has checked it."""
    vendor = Vendor.objects.get(slug="northwind")
    with tenant(vendor):
        job = upload_import(kind=kind, name=f"{kind}.csv", content=content, by=by, now=NOW)
    return worked(job)


def worked(job: JobRun) -> JobRun:
    run_job(vendor_id=job.vendor_id, job_id=job.pk, now=NOW)
    with tenant(job.vendor_id):
        return JobRun.objects.get(pk=job.pk)


def confirmed(job: JobRun, *, only_valid_rows: bool = False, by: Actor = SYSTEM) -> JobRun:
    with tenant(job.vendor_id):
        confirm_import(job=job, only_valid_rows=only_valid_rows, by=by, now=NOW)
    return worked(job)


def imported(kind: str, content: bytes, *, only_valid_rows: bool = False) -> JobRun:
    return confirmed(checked(kind, content), only_valid_rows=only_valid_rows)


def counts(job: JobRun) -> tuple[int, int, int, int]:
    """Return how many rows are new, changed, unchanged, refused."""
    found = job.outcome
    return found["new"], found["changed"], found["unchanged"], found["refused"]


def problems(job: JobRun) -> list[tuple[int, str, str]]:
    """Return what is wrong: the line, the field, the sentence."""
    with tenant(job.vendor_id):
        report = import_report(job.pk, SYSTEM)
    return [(problem.row, problem.field, problem.message) for problem in report.problems]
