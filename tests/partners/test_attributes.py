"""What partners are or have: values that follow each other day by day."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from accreditation.models import DueMark
from partners.enums import AttributeKind, MembershipRole
from partners.models import AuditEntry, OrganizationAttribute, Partner
from partners.operations.attributes import (
    NewAttribute,
    end_attribute,
    set_attributes,
    withdraw_attribute,
)
from partners.queries.attributes import attributes_of
from partners.refusals import CannotRecord
from partners.rules import SYSTEM, NotAllowed
from tests import cast
from tests.audited import one_entry
from tests.cast import NOW, TODAY

pytestmark = pytest.mark.usefixtures("in_northwind")

JANUARY, FEBRUARY, MARCH = (date(2026, month, 1) for month in (1, 2, 3))


def size(of: Partner, value: str, since: date, **more: Any) -> NewAttribute:
    return NewAttribute(of, "size", more.pop("kind", AttributeKind.TEXT), value, since, **more)


def put(*rows: NewAttribute, **who: Any) -> list[OrganizationAttribute]:
    return set_attributes(rows, **{"source": "test", "by": SYSTEM, "now": NOW, **who})


def line(of: Partner) -> list[tuple[str, date, date | None]]:
    rows = OrganizationAttribute.objects.filter(partner=of, withdrawn_at=None)
    return list(rows.order_by("started_on").values_list("value", "started_on", "ended_on"))


def test_a_new_value_ends_the_one_in_force_the_day_it_begins(acme: Partner) -> None:
    put(size(acme, "small", JANUARY))

    with one_entry("attribute.set") as entries:
        put(size(acme, "large", MARCH))

    assert line(acme) == [("small", JANUARY, MARCH), ("large", MARCH, None)]
    assert len(entries[0].subject_ids) == 2
    assert entries[0].partner_ids == [acme.pk]


def test_a_value_learned_late_holds_until_the_next_one(acme: Partner) -> None:
    put(size(acme, "small", JANUARY), size(acme, "large", MARCH))

    put(size(acme, "medium", FEBRUARY))

    assert line(acme) == [
        ("small", JANUARY, FEBRUARY),
        ("medium", FEBRUARY, MARCH),
        ("large", MARCH, None),
    ]


def test_a_value_with_a_last_day_leaves_the_days_after_it_open(acme: Partner) -> None:
    put(size(acme, "small", JANUARY, valid_through=date(2026, 1, 31)))

    assert line(acme) == [("small", JANUARY, FEBRUARY)]
    assert list(attributes_of(acme, TODAY)) == []
    assert [one.value for one in attributes_of(acme, date(2026, 1, 31))] == ["small"]


def test_a_value_of_the_same_day_is_corrected_and_repeating_it_changes_nothing(
    acme: Partner,
) -> None:
    put(size(acme, "smal", JANUARY))

    (corrected,) = put(size(acme, "small", JANUARY))
    again = put(size(acme, "small", JANUARY))

    assert line(acme) == [("small", JANUARY, None)]
    assert (corrected.value, again) == ("small", [])
    assert AuditEntry.objects.count() == 2


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (AttributeKind.NUMBER, "1e3"),
        (AttributeKind.NUMBER, "NaN"),
        (AttributeKind.NUMBER, "1,5"),
        (AttributeKind.YES_NO, "yes"),
        (AttributeKind.DAY, "2026-02-30"),
        (AttributeKind.DAY, "20260302"),
        (AttributeKind.TEXT, " "),
    ],
)
def test_a_value_that_is_not_of_its_kind_is_refused(
    acme: Partner, kind: AttributeKind, value: str
) -> None:
    with pytest.raises(CannotRecord) as refusal:
        put(size(acme, value, JANUARY, kind=kind))

    assert refusal.value.field == "value"


@pytest.mark.parametrize(
    ("kind", "value"), [("number", "many"), ("yes_no", "1"), ("day", "soon"), ("text", "")]
)
def test_the_database_refuses_a_value_that_is_not_of_its_kind(
    acme: Partner, kind: str, value: str
) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        cast.attribute(acme, "size", value, kind=kind)


def test_the_database_refuses_two_values_on_one_day(acme: Partner) -> None:
    cast.attribute(acme, "size", "small")

    with pytest.raises(IntegrityError), transaction.atomic():
        cast.attribute(acme, "size", "large", since=MARCH)


@pytest.mark.parametrize(
    ("since", "through", "field"),
    [
        (date(1, 1, 1), None, "started_on"),
        (MARCH, date(2026, 2, 28), "valid_through"),
        (MARCH, date.max, "valid_through"),
    ],
)
def test_days_that_cannot_be_are_refused(
    acme: Partner, since: date, through: date | None, field: str
) -> None:
    with pytest.raises(CannotRecord) as refusal:
        put(size(acme, "small", since, valid_through=through))

    assert refusal.value.field == field


def test_ending_says_the_last_day_and_why(acme: Partner) -> None:
    attribute = cast.attribute(acme, "size", "large")

    with one_entry("attribute.ended"):
        end_attribute(
            attribute=attribute, last_day=TODAY, reason="Sold a branch.", by=SYSTEM, now=NOW
        )

    assert line(acme) == [("large", date(2024, 1, 1), date(2026, 3, 3))]
    assert OrganizationAttribute.objects.get().reason == "Sold a branch."


@pytest.mark.parametrize(
    ("last_day", "reason", "field"),
    [
        (date(2023, 12, 31), "Sold.", "last_day"),
        (TODAY, " ", "reason"),
        (date(2026, 4, 1), "Longer.", "last_day"),
    ],
)
def test_an_end_that_cannot_be_is_refused(
    acme: Partner, last_day: date, reason: str, field: str
) -> None:
    attribute = cast.attribute(acme, "size", "large", ended_on=date(2026, 4, 1))

    with pytest.raises(CannotRecord) as refusal:
        end_attribute(attribute=attribute, last_day=last_day, reason=reason, by=SYSTEM, now=NOW)

    assert refusal.value.field == field


def test_a_withdrawn_value_is_kept_and_makes_room(acme: Partner) -> None:
    attribute = cast.attribute(acme, "size", "large", since=JANUARY)

    with one_entry("attribute.withdrawn"):
        withdraw_attribute(attribute=attribute, reason="Mistaken.", by=SYSTEM, now=NOW)
    put(size(acme, "small", JANUARY))

    assert line(acme) == [("small", JANUARY, None)]
    assert OrganizationAttribute.objects.count() == 2
    with pytest.raises(CannotRecord):
        withdraw_attribute(attribute=attribute, reason="Again.", by=SYSTEM, now=NOW)


def test_only_those_who_edit_the_partner_say_what_it_is(acme: Partner) -> None:
    mara = cast.actor(cast.member("Mara", MembershipRole.CHANNEL_MANAGER))
    paul = cast.actor(cast.member("Paul", MembershipRole.PARTNER_ADMIN, acme))
    attribute = cast.attribute(acme, "size", "large")

    for who in (mara, paul):
        with pytest.raises(NotAllowed):
            put(size(acme, "small", MARCH), by=who)
        with pytest.raises(NotAllowed):
            withdraw_attribute(attribute=attribute, reason="Mine.", by=who, now=NOW)


def test_one_value_costs_as_many_queries_as_three() -> None:
    rows = [size(cast.partner(f"p{n}"), "small", JANUARY) for n in range(4)]

    with CaptureQueriesContext(connection) as one:
        put(*rows[:1])
    with CaptureQueriesContext(connection) as three:
        put(*rows[1:])

    assert len(one) == len(three)


def test_a_value_marks_its_partner_due(acme: Partner) -> None:
    cast.partner("cove")
    DueMark.objects.all().delete()

    put(size(acme, "small", JANUARY))

    assert set(DueMark.objects.values_list("partner", flat=True)) == {acme.pk}
