"""Asks who finished which courses."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from enablement.models import CourseCompletion

Key = tuple[UUID, UUID, date]
"""What makes a completion the same one: person, course, day."""


def completions_on_record(keys: Iterable[Key]) -> dict[Key, CourseCompletion]:
    """Return the completions on record among those named by key, withdrawn ones too."""
    wanted = set(keys)
    rows = CourseCompletion.objects.filter(
        person__in={person for person, _, _ in wanted},
        course__in={course for _, course, _ in wanted},
        completed_on__in={day for _, _, day in wanted},
    )
    found = {(row.person_id, row.course_id, row.completed_on): row for row in rows}
    return {key: found[key] for key in wanted if key in found}
