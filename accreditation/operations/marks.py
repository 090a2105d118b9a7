"""Due marks: who has to be judged again, and when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from accreditation.enums import DueCause
from accreditation.models import DueMark
from accreditation.queries.facts.trees import relatives_of
from partners.models import Vendor


def mark_now(partner_ids: Iterable[UUID], *, now: datetime, cause: DueCause) -> None:
    """Put partners into the queue for a moment."""
    DueMark.objects.bulk_create(
        DueMark(partner_id=pk, due_at=now, cause=cause) for pk in partner_ids
    )


def mark_due(vendor: Vendor, days: Mapping[UUID, date]) -> None:
    """Put partners into the queue for the day on which time itself may change their verdicts."""
    wanted = {(pk, start_of_day(vendor, day)) for pk, day in days.items()}
    already = set(
        DueMark.objects.filter(partner__in=days, cause=DueCause.DATE_REACHED).values_list(
            "partner_id", "due_at"
        )
    )
    DueMark.objects.bulk_create(
        DueMark(partner_id=pk, due_at=moment, cause=DueCause.DATE_REACHED)
        for pk, moment in sorted(wanted - already)
    )


def mark_relatives(vendor: Vendor, partner_ids: Iterable[UUID], *, on: date) -> None:
    """Put everybody above and below partners into the queue for a day."""
    around = relatives_of(partner_ids)
    related = {pk for relatives in around.values() for pk in relatives.kin}
    mark_now(sorted(related), now=start_of_day(vendor, on), cause=DueCause.RELATED_CHANGED)


def start_of_day(vendor: Vendor, day: date) -> datetime:
    """Return the first moment of a day in the vendor's zone."""
    return datetime.combine(day, time.min, tzinfo=ZoneInfo(vendor.time_zone))
