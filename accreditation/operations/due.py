"""The due queue: partners to judge, each one's days in the order in which they came."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Min

from accreditation.enums import DueCause
from accreditation.models import DueMark
from accreditation.operations.evaluation import evaluate
from partners.models import Partner, Vendor
from partners.queries.vendors import open_vendor
from partners.rules import SYSTEM, Actor, Permission, require

BATCH = 100


@transaction.atomic
def evaluate_next(*, now: datetime, on_time: bool = False) -> int:
    """Judge a batch of due partners, each on its earliest due day, and return how many.

    Days that were missed are judged one after the other by calling again until 0 is returned, so
    that a late run leaves the same trace as a punctual one; only ``recorded_at`` tells them apart.
    ``on_time`` records each as if it had run at the start of its day: for replaying a history.
    """
    vendor = open_vendor()
    days = _claim(vendor, now)
    for day, partner_ids in sorted(days.items()):
        start = start_of_day(vendor, day)
        # Taken before the facts are read: a fact that arrives now leaves a mark of its own.
        DueMark.objects.filter(
            partner__in=partner_ids, due_at__lte=now, due_at__lt=start_of_day(vendor, _next(day))
        ).delete()
        verdicts_hold_until = evaluate(
            partner_ids=partner_ids, on=day, by=SYSTEM, now=min(now, start) if on_time else now
        )
        mark_due(vendor, verdicts_hold_until)
    return sum(len(partner_ids) for partner_ids in days.values())


@transaction.atomic
def ask_again(*, partner: Partner, by: Actor, now: datetime) -> None:
    """Put one partner into the queue because somebody asked."""
    require(by, Permission.ACCREDITATION_RECHECK, partner)
    mark_now([partner.pk], now=now, cause=DueCause.ASKED)


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


def start_of_day(vendor: Vendor, day: date) -> datetime:
    """Return the first moment of a day in the vendor's zone."""
    return datetime.combine(day, time.min, tzinfo=ZoneInfo(vendor.time_zone))


def _claim(vendor: Vendor, now: datetime) -> dict[date, list[UUID]]:
    """Return a batch of due partners by their earliest due day, each locked for this transaction.

    Partners that another worker is judging are passed over: their marks stay for the next call.
    """
    earliest: dict[UUID, datetime] = dict(
        DueMark.objects.filter(due_at__lte=now)
        .values_list("partner_id")
        .annotate(first=Min("due_at"))
        .order_by("first")[:BATCH]
    )
    locked = (
        Partner.objects.filter(pk__in=earliest)
        .select_for_update(skip_locked=True, no_key=True)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    days: defaultdict[date, list[UUID]] = defaultdict(list)
    for pk in locked:
        days[vendor.day_of(earliest[pk])].append(pk)
    return days


def _next(day: date) -> date:
    return day + timedelta(days=1)
