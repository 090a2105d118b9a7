"""Background jobs: what waits for a worker, and what people are told."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import connection

from partners.models import JobRun
from partners.refusals import say


def jobs_due(moment: datetime) -> list[tuple[UUID, UUID]]:
    """Return (vendor, job) of every job that no worker has, across vendors."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT vendor_id, job_id FROM jobs_due(%s)", [moment])
        return list(cursor.fetchall())


def failure_of(job: JobRun) -> str:
    """Return why the job failed, in the language of the moment; empty if it did not."""
    failure = job.outcome.get("failure")
    return say(failure["sentence"], failure["parameters"]) if failure else ""
