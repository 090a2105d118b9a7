"""Longer set-ups that several stories share."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from accreditation.models import DueMark
from accreditation.operations.due import evaluate_next
from accreditation.operations.programs import draft_version, publish_version
from partners.rules import SYSTEM
from tests import cast


def publish(
    document: dict[str, Any],
    *,
    effective_on: date = date(2026, 1, 1),
    now: datetime = cast.NOW,
) -> None:
    """Publish a document as the system, as the story begins or later in it."""
    version = draft_version(document=document, by=SYSTEM, now=now)
    publish_version(version=version, effective_on=effective_on, by=SYSTEM, now=now)


def judge_all(now: datetime = cast.NOW, *, on_time: bool = False) -> int:
    """Judge until nothing is due and return how many judgements that took."""
    # Triggers mark with the database's clock; the story has a clock of its own.
    DueMark.objects.filter(cause="facts_changed").update(due_at=now)
    judged = 0
    while batch := evaluate_next(now=now, on_time=on_time):
        judged += batch
    return judged
