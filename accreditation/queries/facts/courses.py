"""Which courses people finished, and for how long that counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from accreditation.criteria.periods import Period, earliest
from accreditation.criteria.records import CourseCompletion
from enablement.certificate_life import supported_until
from enablement.models import CourseCompletion as CompletionRow
from enablement.rules import cutoffs_of
from partners.tenancy.statements import written_once


def courses_of(people: set[UUID]) -> defaultdict[str, list[CourseCompletion]]:
    """Return the courses that people finished and that count on some day, by person."""
    found: defaultdict[str, list[CourseCompletion]] = defaultdict(list)
    for pk, person_id, course, cutoffs, start, end, mode, hours in _rows(people):
        ends = earliest(end, supported_until(start, cutoffs_of(cutoffs)))
        if ends is None or ends > start:
            person = str(person_id)
            period = Period(start, ends)
            completion = CourseCompletion(str(pk), person, course, period, mode, hours)
            found[person].append(completion)
    return found


@written_once
def _rows(people: Collection[UUID]) -> QuerySet[Any, Any]:
    return CompletionRow.objects.filter(person__in=people, withdrawn_at=None).values_list(
        "id",
        "person_id",
        "course__key",
        "course__cutoffs",
        "completed_on",
        "expires_on",
        "mode",
        "hours",
    )
