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

    For a restored vendor without computed rows from that day on. Standings, awards and listings
    become what they were; what was known on a past day is lost, for all facts are known by now.
    Returns the number of judgements.
    """
    begin(since=since)
    return live_until(now=now)


def begin(*, since: date) -> None:
    """Make everybody due on a day, and nobody at any other time."""
    DueMark.objects.all().delete()
    start = start_of_day(open_vendor(), since)
    everybody = Partner.objects.values_list("pk", flat=True)
    mark_now(everybody, now=start, cause=DueCause.DATE_REACHED)


def happened(*, now: datetime) -> None:
    """Make whom the facts written since the last judgement concern due at a past moment.

    So a history can be told in its order, and every day is judged by what was known then.
    """
    DueMark.objects.filter(cause=DueCause.FACTS_CHANGED).update(due_at=now)


def live_until(*, now: datetime) -> int:
    """Judge whoever is due up to a moment on each of their days; return how many judgements."""
    judged = 0
    while batch := evaluate_next(now=now, on_time=True):
        judged += batch
    return judged
