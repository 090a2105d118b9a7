"""Writes figures that are delivered from outside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar

from django.db import transaction

from documents.models import MetricReading
from documents.operations.particulars import check_number
from documents.operations.period_facts import (
    PERIOD_COLUMNS,
    NewPeriodFact,
    PeriodCorrection,
    check_word,
    made,
)
from documents.operations.recording import (
    Correction,
    FactKind,
    correct_facts,
    record_facts,
    withdraw_fact,
)
from partners.operations.recorded import Recorded
from partners.rules import Actor, Permission

READINGS = FactKind(
    model=MetricReading,
    noun="reading",
    first_day="started_on",
    recorded_with=Permission.FIGURES_RECORD,
    withdrawn_with=Permission.FIGURES_RECORD,
    correctable=(*PERIOD_COLUMNS, "metric", "value", "item", "delivered_by"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewReading(NewPeriodFact):
    """The figure of a metric for a period; without a last day it is in force from the first on."""

    fact: ClassVar = READINGS

    metric: str
    value: Decimal
    item: str = ""
    delivered_by: str = ""

    @property
    def subject(self) -> str:
        """Return the metric, with the item it is about."""
        return f"{self.metric} {self.item}".strip()

    @property
    def own_id(self) -> str:
        """Return the id under which it is on record; figures of a month and of a year are two."""
        through = "" if self.valid_through is None else f" {self.valid_through}"
        return self.external_id.strip() or f"{self.subject} {self.started_on}{through}"

    def columns(self) -> dict[str, Any]:
        """Return the columns that a correction may change."""
        own = {
            "metric": self.metric.strip(),
            "value": self.value,
            "item": self.item,
            "delivered_by": self.delivered_by,
        }
        return {**NewPeriodFact.columns(self), **own}

    def check(self) -> None:
        """Raise for what cannot be so, or cannot be kept.

        :raises CannotRecord: at the field.
        """
        check_word("metric", self.metric, needed=True)
        check_word("item", self.item)
        check_word("delivered_by", self.delivered_by)
        NewPeriodFact.check(self)
        check_number("value", self.value)


@transaction.atomic
def record_readings(
    rows: Sequence[NewReading], *, source: str, by: Actor, now: datetime
) -> Recorded[MetricReading]:
    """Record figures and return the new ones, and those known before, which stay as they are.

    A figure is the same one by partner and id. A fixed number of statements per 1,000.

    :raises CannotRecord: for days, words or numbers that cannot be.
    :raises NotAllowed: without ``figures.record`` for each partner.
    """
    for row in rows:
        row.check()
    readings: list[Any] = [made(READINGS, row) for row in rows]
    return record_facts(READINGS, readings, source=source, by=by, now=now)


@transaction.atomic
def correct_readings(
    corrections: Sequence[PeriodCorrection], *, source: str, by: Actor, now: datetime
) -> list[MetricReading]:
    """Put figures right and return them.

    :raises CannotRecord: for days, words or numbers that cannot be.
    :raises NotAllowed: without ``figures.record`` for each partner.
    """
    for each in corrections:
        each.right.check()
    facts: list[Any] = [Correction(each.fact, each.right.columns()) for each in corrections]
    return correct_facts(READINGS, facts, source=source, by=by, now=now)


@transaction.atomic
def withdraw_reading(
    *, reading: MetricReading, on: date, reason: str, by: Actor, now: datetime
) -> MetricReading:
    """Withdraw a figure and return it; ``on`` is the first day on which it no longer counts.

    :raises CannotRecord: without a reason, for a day before its first or in the future, or if it
        was withdrawn before.
    :raises NotAllowed: without ``figures.record`` for this partner.
    """
    return withdraw_fact(READINGS, reading, on=on, reason=reason, by=by, now=now)
