"""Notices about standings in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from accreditation.models import Level
from accreditation.wording.codes import notice_text
from partners.models import Notice
from partners.periods import last_day
from partners.texts import localized


@dataclass(frozen=True, slots=True)
class WordedNotice:
    """One notice as its reader sees it."""

    text: str
    created_at: datetime
    is_new: bool
    partner_slug: str
    program_key: str


def worded(notices: Iterable[Notice]) -> list[WordedNotice]:
    """Return notices in the language of the moment, with one statement for all designations."""
    chosen = list(notices)
    designations = {
        (program, level): localized(texts)
        for program, level, texts in Level.objects.filter(
            program__key__in={one.parameters.get("program") for one in chosen}
        ).values_list("program__key", "key", "designation")
    }
    return [_worded(one, designations) for one in chosen]


def _worded(notice: Notice, designations: dict[tuple[str, str], str]) -> WordedNotice:
    program, level = notice.parameters["program"], notice.parameters["level"]
    ends_on = notice.parameters.get("grace_ends_on")
    return WordedNotice(
        text=notice_text(
            notice.rule,
            partner=notice.partner.name if notice.partner else "",
            designation=designations.get((program, level), program),
            last_day=last_day(date.fromisoformat(ends_on)) if ends_on else None,
        ),
        created_at=notice.created_at,
        is_new=notice.read_at is None,
        partner_slug=notice.partner.slug if notice.partner else "",
        program_key=program,
    )
