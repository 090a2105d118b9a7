"""What is done alike with certificates, course completions and pauses: what people hold."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from enablement.models import Certificate, CourseCompletion
from partners.operations import audit
from partners.queries.people import employers_of, people_beyond_reach
from partners.rules import Actor, NotAllowed, Permission


def require_people(by: Actor, people: set[UUID], today: date) -> None:
    """Raise unless the actor speaks for all of the people on that day.

    :raises NotAllowed: with ``certificate.record``.
    """
    if by.managed_only and people_beyond_reach(by, people, today):
        raise NotAllowed(Permission.CERTIFICATE_RECORD)


def audit_held(
    verb: str,
    rows: Sequence[Certificate] | Sequence[CourseCompletion],
    *,
    source: str,
    by: Actor,
    now: datetime,
) -> None:
    """Write one audit entry about rows, if there are any, for all who employ the people."""
    if rows:
        audit.record(
            by=by,
            now=now,
            verb=verb,
            subjects=rows,
            partners=employers_of({one.person_id for one in rows}),
            changes={"source": source},
        )
