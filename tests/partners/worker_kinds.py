"""A kind of job for a real worker: its first run gets stuck in the middle of its change."""

from __future__ import annotations

import os
import threading
from datetime import datetime
from pathlib import Path

from partners.models import JobRun
from partners.operations.jobs import finish_job, hold_job, job_kinds, report_progress
from partners.tenancy.context import tenant
from tests import cast


def stuck_once(job: JobRun, now: datetime) -> None:
    report_progress(job=job, done=job.attempts, total=2)
    with tenant(job.vendor):
        hold_job(job=job)
        cast.partner("acme")
        stuck = Path(os.environ["STUCK_FILE"])
        if not stuck.exists():
            stuck.touch()
            threading.Event().wait()
        finish_job(job=job, outcome={"added": 1}, now=now)


job_kinds["tests:stuck-once"] = stuck_once
