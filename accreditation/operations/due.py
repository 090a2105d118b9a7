"""The due queue: partners to judge, each one's days in the order in which they came."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import OperationalError, transaction
from django.db.models import OuterRef, Subquery

from accreditation.enums import DueCause
from accreditation.models import DueMark
from accreditation.operations.evaluation import evaluate
from accreditation.operations.marks import mark_due, mark_now, mark_relatives, start_of_day
from accreditation.operations.texts import take_over_begun
from accreditation.queries.programs import InForce, programs_in_force, versions_ahead
from partners.models import Partner, Vendor
from partners.queries.vendors import open_vendor
from partners.rules import SYSTEM, Actor, Permission, require

BATCH = 100
FACTS = (DueCause.FACTS_CHANGED, DueCause.ASKED)
"""Causes that concern partners above and below as well, if a program looks at those."""
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
    day, partner_ids = _claim(vendor, now)
    if day is None:
        return 0
    start, end = start_of_day(vendor, day), start_of_day(vendor, day + timedelta(days=1))
    # Taken before the facts are read: a fact that arrives now leaves a mark of its own.
    marks = DueMark.objects.filter(partner__in=partner_ids, due_at__lte=now, due_at__lt=end)
    changed = set(marks.filter(cause__in=FACTS).values_list("partner_id", flat=True))
    marks.delete()
    programs = programs_in_force(day)
    if take_over_begun(programs):
        programs = programs_in_force(day)
    coming = versions_ahead(day)
    mark_relatives(changed, [*programs, *coming], on=day)
    recorded_at = min(now, start) if on_time else now
    days = _evaluate(partner_ids, programs, coming, on=day, now=recorded_at)
    # Whoever came after a version was published is judged by it as well on its first day.
    if (first := next((one.version.effective_on for one in coming), None)) is not None:
        days = {pk: min(days.get(pk, first), first) for pk in partner_ids}
    mark_due(vendor, days)
    return len(partner_ids)


def _evaluate(
    partner_ids: Sequence[UUID],
    programs: Sequence[InForce],
    coming: Sequence[InForce],
    *,
    on: date,
    now: datetime,
) -> dict[UUID, date]:
    """Judge together, or one by one if that fails, so that one partner never holds up the others.

    A partner that cannot be judged is logged and comes back into the queue a little later.
    """
    try:
        with transaction.atomic():
            return evaluate(
                partner_ids=partner_ids,
                programs=programs,
                coming=coming,
                on=on,
                by=SYSTEM,
                now=now,
            )
    except OperationalError:
        raise  # a deadlock or a timeout: the next sweep tries the whole batch again
    except Exception:
        if len(partner_ids) == 1:
            logger.exception("Partner %s could not be judged on %s.", partner_ids[0], on)
            mark_now(partner_ids, now=now + RETRY_AFTER, cause=DueCause.RETRY)
            return {}
    next_days: dict[UUID, date] = {}
    for partner_id in partner_ids:
        next_days |= _evaluate([partner_id], programs, coming, on=on, now=now)
    return next_days


@transaction.atomic
def ask_again(*, partner: Partner, by: Actor, now: datetime) -> None:
    """Put one partner into the queue because somebody asked."""
    require(by, Permission.ACCREDITATION_RECHECK, partner)
    mark_now([partner.pk], now=now, cause=DueCause.ASKED)


def _claim(vendor: Vendor, now: datetime) -> tuple[date | None, list[UUID]]:
    """Return the earliest due day and a batch of its partners, locked for this transaction.

    One day at a time: what changes for a partner on a day may make others due on that day, before
    they are judged on later ones. Partners that another worker is judging are passed over: their
    marks stay for the next call.
    """
    marks = DueMark.objects.filter(due_at__lte=now)
    first = marks.filter(partner=OuterRef("pk")).order_by("due_at").values("due_at")[:1]
    due = (
        Partner.objects.filter(pk__in=marks.values("partner"))
        .annotate(first=Subquery(first))
        .select_for_update(skip_locked=True, no_key=True, of=("self",))
        .order_by("first", "pk")[:BATCH]
    )
    claimed = [(vendor.day_of(moment), pk) for pk, moment in due.values_list("pk", "first")]
    day = min((day for day, _ in claimed), default=None)
    return day, [pk for first_day, pk in claimed if first_day == day]
