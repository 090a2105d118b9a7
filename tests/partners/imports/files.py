"""Files of people, uploaded, checked and imported as the worker does it."""

from __future__ import annotations

from datetime import date

from partners.models import Employment, JobRun, Vendor
from partners.operations.imports import confirm_import, upload_import
from partners.operations.jobs import run_job
from partners.queries.imports import import_report
from partners.rules import SYSTEM, Actor
from partners.tenancy.context import tenant
from tests.cast import NOW

HEADER = "email,name,partner,started_on,valid_through,job_roles,employment_kind"
JANUARY = date(2026, 1, 1)


def lines(*rows: str, header: str = HEADER) -> bytes:
    return "\n".join([header, *rows, ""]).encode()


def checked(content: bytes, *, kind: str = "people", by: Actor = SYSTEM) -> JobRun:
    """Return the job of an uploaded file after the worker has checked it."""
    vendor = Vendor.objects.get(slug="northwind")
    with tenant(vendor):
        job = upload_import(kind=kind, name="people.csv", content=content, by=by, now=NOW)
    return worked(job)


def worked(job: JobRun) -> JobRun:
    run_job(vendor_id=job.vendor_id, job_id=job.pk, now=NOW)
    with tenant(job.vendor_id):
        return JobRun.objects.get(pk=job.pk)


def confirmed(job: JobRun, *, only_valid_rows: bool = False, by: Actor = SYSTEM) -> JobRun:
    with tenant(job.vendor_id):
        confirm_import(job=job, only_valid_rows=only_valid_rows, by=by, now=NOW)
    return worked(job)


def imported(content: bytes, **how: object) -> JobRun:
    return confirmed(checked(content), **how)  # type: ignore[arg-type]


def counts(job: JobRun) -> tuple[int, int, int, int]:
    found = job.outcome
    return found["new"], found["changed"], found["unchanged"], found["refused"]


def problems(job: JobRun) -> list[tuple[int, str, str]]:
    with tenant(job.vendor_id):
        report = import_report(job.pk, SYSTEM)
    return [(problem.row, problem.field, problem.message) for problem in report.problems]


def employments(vendor: Vendor) -> set[tuple[str, str, date, date | None]]:
    with tenant(vendor):
        rows = Employment.objects.values_list(
            "person__email", "partner__slug", "started_on", "ended_on"
        )
        return set(rows)
