"""Figures that are delivered from outside."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accreditation.models import DueMark
from documents.models import MetricReading
from documents.operations import (
    NewReading,
    PeriodCorrection,
    correct_readings,
    record_readings,
    withdraw_reading,
)
from partners.enums import MembershipRole
from partners.models import Partner
from partners.refusals import CannotRecord
from partners.rules import SYSTEM, NotAllowed
from tests import cast
from tests.audited import one_entry
from tests.cast import NOW, TODAY

pytestmark = pytest.mark.usefixtures("in_northwind")

JANUARY, LAST = date(2026, 1, 1), date(2026, 1, 31)


def revenue(of: Partner, value: str = "1000.2500", **more: Any) -> NewReading:
    said = {"metric": "revenue", "started_on": JANUARY, "valid_through": LAST, **more}
    return NewReading(partner=of, value=Decimal(value), **said)


def record(*rows: NewReading, **who: Any) -> list[MetricReading]:
    return record_readings(rows, **{"source": "test", "by": SYSTEM, "now": NOW, **who}).new


def test_a_figure_is_kept_exactly_for_its_period(acme: Partner) -> None:
    DueMark.objects.all().delete()

    with one_entry("reading.recorded"):
        record(revenue(acme, currency="EUR", item="suite", delivered_by="billing"))

    stored = MetricReading.objects.get()
    assert (stored.value, stored.currency, stored.item, stored.delivered_by) == (
        Decimal("1000.2500"),
        "EUR",
        "suite",
        "billing",
    )
    assert (stored.started_on, stored.ended_on) == (JANUARY, date(2026, 2, 1))
    assert set(DueMark.objects.values_list("partner", flat=True)) == {acme.pk}


def test_a_figure_of_a_month_and_one_of_a_year_are_two(acme: Partner) -> None:
    made = record(revenue(acme), revenue(acme, valid_through=date(2026, 12, 31)))

    assert len(made) == 2
    assert record(revenue(acme, "999")) == []


def test_a_figure_is_corrected_and_withdrawn_with_a_reason(acme: Partner) -> None:
    (reading,) = record(revenue(acme))

    with one_entry("reading.corrected"):
        right = PeriodCorrection(reading, revenue(acme, "900"))
        correct_readings([right], source="test", by=SYSTEM, now=NOW)
    with one_entry("reading.withdrawn"):
        withdraw_reading(reading=reading, on=JANUARY, reason="Wrong one.", by=SYSTEM, now=NOW)

    reading.refresh_from_db()
    assert (reading.value, reading.withdrawn_on) == (900, JANUARY)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"metric": ""}, "metric"),
        ({"item": "i" * 81}, "item"),
        ({"delivered_by": "d" * 81}, "delivered_by"),
        ({"valid_through": date(2025, 12, 31)}, "valid_through"),
        ({"value": "0.00001"}, "value"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(
    acme: Partner, changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(CannotRecord) as refusal:
        record(revenue(acme, **changes))

    assert refusal.value.field == field


@pytest.mark.parametrize("role", [MembershipRole.REVIEWER, MembershipRole.PARTNER_ADMIN])
def test_partners_and_reviewers_deliver_no_figures(acme: Partner, role: MembershipRole) -> None:
    at = acme if role == MembershipRole.PARTNER_ADMIN else None
    by = cast.actor(cast.member("Paul", role, at))
    (reading,) = record(revenue(acme))

    with pytest.raises(NotAllowed):
        record(revenue(acme, item="other"), by=by)
    with pytest.raises(NotAllowed):
        withdraw_reading(reading=reading, on=TODAY, reason="Too low.", by=by, now=NOW)


def test_one_figure_costs_as_many_queries_as_three(acme: Partner) -> None:
    rows = [revenue(acme, item=f"i-{n}") for n in range(4)]

    with CaptureQueriesContext(connection) as one:
        record(*rows[:1])
    with CaptureQueriesContext(connection) as three:
        record(*rows[1:])

    assert len(one) == len(three)
