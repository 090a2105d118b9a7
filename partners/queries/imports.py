"""Asks what an import found and did."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from partners.enums import JobState
from partners.imports.problems import Problem
from partners.models import ImportFile, JobRun
from partners.queries.vendors import open_vendor
from partners.rules import Actor


@dataclass(frozen=True, slots=True)
class ImportReport:
    """An import as its page shows it; the counts are None until the check is done.

    ``refused`` counts rows, ``problem_count`` problems, of which the first 1,000 are listed.
    ``same_file_on`` is the day the very same file was imported before.
    """

    job: JobRun
    kind: str
    file_name: str
    only_valid_rows: bool
    new: int | None
    changed: int | None
    unchanged: int | None
    refused: int | None
    problem_count: int
    problems: tuple[Problem, ...]
    same_file_on: date | None


def import_report(job_id: UUID, actor: Actor) -> ImportReport:
    """Return the import that the actor uploaded.

    :raises ImportFile.DoesNotExist: for another's import, or none.
    """
    files = ImportFile.objects.defer("content").select_related("job")
    file = files.get(job=job_id, job__actor_id=actor.id, job__actor_kind=actor.kind)
    outcome: dict[str, Any] = file.job.outcome
    same = outcome.get("same_file_on")
    return ImportReport(
        job=file.job,
        kind=file.job.kind.partition(":")[2],
        file_name=file.name,
        only_valid_rows=file.only_valid_rows,
        new=outcome.get("new"),
        changed=outcome.get("changed"),
        unchanged=outcome.get("unchanged"),
        refused=outcome.get("refused"),
        problem_count=outcome.get("problem_count", 0),
        problems=tuple(Problem(**problem) for problem in outcome.get("problems", ())),
        same_file_on=None if same is None else date.fromisoformat(same),
    )


def imports_of(actor: Actor, *, most: int = 50) -> list[ImportFile]:
    """Return the imports that the actor uploaded, the newest first, with their jobs."""
    files = ImportFile.objects.defer("content").select_related("job")
    mine = files.filter(job__actor_id=actor.id, job__actor_kind=actor.kind)
    return list(mine.order_by("-job__created_at")[:most])


def earlier_import(file: ImportFile) -> date | None:
    """Return the day on which the very same content was imported before, None if it was not."""
    same = ImportFile.objects.filter(
        digest=file.digest, job__kind=file.job.kind, job__state=JobState.DONE
    )
    moments = same.exclude(pk=file.pk).order_by("-job__finished_at")
    moment = moments.values_list("job__finished_at", flat=True).first()
    return None if moment is None else open_vendor().day_of(moment)
