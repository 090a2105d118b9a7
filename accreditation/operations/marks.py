"""Due marks: who has to be judged again, and when."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from accreditation.criteria.records import Kin
from accreditation.enums import DueCause
from accreditation.models import DueMark
from accreditation.queries.facts import looks_above, looks_below
from accreditation.queries.facts.trees import relatives_of
from accreditation.queries.programs import InForce
from partners.models import Vendor
from partners.queries.vendors import open_vendor


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


def mark_relatives(
    partner_ids: Collection[UUID], programs: Collection[InForce], *, on: date
) -> None:
    """Put everybody into the queue for a day whose verdicts may depend on what these partners hold.

    That is those above them where a program looks below, and the other way round.
    """
    upward, downward = any(map(looks_below, programs)), any(map(looks_above, programs))
    if not partner_ids or not (upward or downward):
        return
    related = {
        pk
        for relatives in relatives_of(partner_ids).values()
        for pk, kin in relatives.kin.items()
        if (upward if kin is Kin.ABOVE else downward)
    }
    start = start_of_day(open_vendor(), on)
    mark_now(sorted(related), now=start, cause=DueCause.RELATED_CHANGED)


def start_of_day(vendor: Vendor, day: date) -> datetime:
    """Return the first moment of a day in the vendor's zone."""
    return datetime.combine(day, time.min, tzinfo=ZoneInfo(vendor.time_zone))
