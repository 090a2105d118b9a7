"""The due queue: partners to judge, each one's days in the order in which they came."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import OperationalError, transaction
from django.db.models import OuterRef, Subquery

from accreditation.enums import DueCause
from accreditation.models import DueMark
from accreditation.operations.evaluation import evaluate
from partners.models import Partner, Vendor
from partners.queries.vendors import open_vendor
from partners.rules import SYSTEM, Actor, Permission, require

BATCH = 100
RETRY_AFTER = timedelta(minutes=5)

logger = logging.getLogger(__name__)


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
        start, end = start_of_day(vendor, day), start_of_day(vendor, day + timedelta(days=1))
        # Taken before the facts are read: a fact that arrives now leaves a mark of its own.
        DueMark.objects.filter(partner__in=partner_ids, due_at__lte=now, due_at__lt=end).delete()
        recorded_at = min(now, start) if on_time else now
        mark_due(vendor, _evaluate(partner_ids, on=day, now=recorded_at))
    return sum(len(partner_ids) for partner_ids in days.values())


def _evaluate(partner_ids: Sequence[UUID], *, on: date, now: datetime) -> dict[UUID, date]:
    """Judge together, or one by one if that fails, so that one partner never holds up the others.

    A partner that cannot be judged is logged and comes back into the queue a little later.
    """
    try:
        with transaction.atomic():
            return evaluate(partner_ids=partner_ids, on=on, by=SYSTEM, now=now)
    except OperationalError:
        raise  # a deadlock or a timeout: the next sweep tries the whole batch again
    except Exception:
        if len(partner_ids) == 1:
            logger.exception("Partner %s could not be judged on %s.", partner_ids[0], on)
            mark_now(partner_ids, now=now + RETRY_AFTER, cause=DueCause.RETRY)
            return {}
    next_days: dict[UUID, date] = {}
    for partner_id in partner_ids:
        next_days |= _evaluate([partner_id], on=on, now=now)
    return next_days


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
    marks = DueMark.objects.filter(due_at__lte=now)
    first = marks.filter(partner=OuterRef("pk")).order_by("due_at").values("due_at")[:1]
    due = (
        Partner.objects.filter(pk__in=marks.values("partner"))
        .annotate(first=Subquery(first))
        .select_for_update(skip_locked=True, no_key=True, of=("self",))
        .order_by("first", "pk")[:BATCH]
    )
    days: defaultdict[date, list[UUID]] = defaultdict(list)
    for pk, moment in due.values_list("pk", "first"):
        days[vendor.day_of(moment)].append(pk)
    return days
