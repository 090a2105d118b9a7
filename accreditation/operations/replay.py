"""Lets the past happen: a vendor's facts judged day by day, as if the worker had run all along."""

from __future__ import annotations

from datetime import date, datetime

from accreditation.enums import DueCause
from accreditation.models import DueMark
from accreditation.operations.due import evaluate_next
from accreditation.operations.marks import mark_now, start_of_day
from partners.models import Partner
from partners.queries.vendors import open_vendor


def replay(*, since: date, now: datetime) -> int:
    """Judge every partner on ``since`` and then on each day that changed something, up to now.

    For a vendor without computed rows from that day on: the demo writes its facts first and then
    replays them; a restored vendor can be recomputed the same way. Returns the number of
    judgements.
    """
    DueMark.objects.all().delete()
    start = start_of_day(open_vendor(), since)
    everybody = Partner.objects.values_list("pk", flat=True)
    mark_now(everybody, now=start, cause=DueCause.DATE_REACHED)
    judged = 0
    while batch := evaluate_next(now=now, on_time=True):
        judged += batch
    return judged
