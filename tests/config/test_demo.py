"""The demo tells its stories through facts alone; everything computed can be computed again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import psycopg2
import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from accreditation.kpi import LevelRate
from accreditation.models import (
    Accreditation,
    Award,
    DueMark,
    Evaluation,
    Listing,
    Program,
    StandingChange,
)
from accreditation.operations.due import evaluate_next
from accreditation.operations.replay import replay
from accreditation.queries.kpi import level_rate_on
from accreditation.records import KnownRecord
from accreditation.standing import Standing
from config.demo import northwind
from config.demo.writer import at
from partners.models import Notice, Partner, Vendor
from partners.tenancy.context import tenant
from tests.conftest import truncate_as_owner

SPECIALISTS = ("kestrel-voss", "wissensmanagement", "atelier-numerique", "redwood-data")
NOW = datetime(2026, 11, 21, 15, 0, tzinfo=UTC)
COMPUTED = (
    "accreditation_listing",
    "accreditation_standingchange",
    "accreditation_award",
    "accreditation_accreditation",
    "accreditation_evaluation",
    "accreditation_duemark",
    "partners_notice",
)


@pytest.fixture(scope="module")
def told(django_db_setup: None, django_db_blocker: Any) -> Iterator[Vendor]:
    """Northwind's year, written and judged once for all tests of this file."""
    with django_db_blocker.unblock():
        truncate_as_owner()
        with transaction.atomic():
            vendor = northwind.tell(now=NOW)
        yield vendor
        truncate_as_owner()


@pytest.fixture(scope="module", autouse=True)
def known_then(told: Vendor, django_db_blocker: Any) -> list[tuple[date, date | None]]:
    """The days judged by long ago, each with the first day of a record that was known then.

    Read before any test computes all again: that loses what was known.
    """
    with django_db_blocker.unblock(), tenant(told):
        long_ago = Evaluation.objects.filter(judged_on__lt=NOW.date() - timedelta(days=100))
        return [
            (one.judged_on, KnownRecord.of(stored).since)
            for one in long_ago
            for stored in one.records.values()
        ]


def test_level_rate_rises_from_65_to_85_percent(told: Vendor) -> None:
    with tenant(told):
        first = level_rate_on(NOW.date() - northwind.YEAR)
        last = level_rate_on(NOW.date())

    assert first == LevelRate(holding=26, active=40)
    assert last == LevelRate(holding=34, active=40)


def test_every_standing_occurs(told: Vendor) -> None:
    with tenant(told):
        found = set(Accreditation.objects.values_list("standing", flat=True))
        specialist = Program.objects.get(key="healthcare-specialist")
        started = Accreditation.objects.filter(program=specialist).count()

        assert found == {standing.value for standing in Standing}
        assert started < Partner.objects.count()


def test_the_four_designations_are_listed_word_for_word(told: Vendor) -> None:
    with tenant(told):
        listed = {
            designation["designation"]["en"]
            for listing in Listing.objects.all()
            for designation in listing.designations
        }

    assert listed >= {
        "Authorized Service Partner",
        "Gold Delivery Partner",
        "Healthcare Specialist Partner",
        "Advanced Security Accreditation",
    }


def test_one_partner_is_about_to_lapse_because_one_certificate_ends(told: Vendor) -> None:
    with tenant(told):
        judged = Evaluation.objects.filter(
            changes_on=NOW.date() + timedelta(days=9), program__key="advanced-security"
        )

        assert judged.values("partner").distinct().count() == 1
        level = judged.latest("recorded_at", "id").verdict["levels"][0]
        assert level["result"] == "met"
        assert level["cause"]["code"] == "certificate_expires"


def test_what_was_known_on_a_past_day_knows_nothing_of_later_days(
    known_then: list[tuple[date, date | None]],
) -> None:
    assert known_then
    assert [pair for pair in known_then if pair[1] is not None and pair[1] > pair[0]] == []


def test_nothing_is_due_any_more(told: Vendor) -> None:
    with tenant(told):
        assert not DueMark.objects.filter(due_at__lte=NOW).exists()
        assert evaluate_next(now=NOW) == 0


def test_demo_refuses_a_database_with_a_vendor(told: Vendor) -> None:
    with pytest.raises(CommandError, match="empty database"):
        call_command("demo")

    call_command("demo", "--if-empty")


def _computed() -> dict[str, list[tuple[Any, ...]]]:
    """Return what is computed, without ids, numbers drawn at random and what was known then."""
    return {
        "standings": sorted(
            Accreditation.objects.values_list(
                "partner__slug", "program__key", "standing", "level__key", "standing_since"
            ),
            key=str,
        ),
        "awards": sorted(
            Award.objects.values_list(
                "accreditation__partner__slug",
                "accreditation__program__key",
                "level__key",
                "granted_on",
                "ends_on",
                "ended_on",
                "end_reason",
            ),
            key=str,
        ),
        "changes": sorted(
            StandingChange.objects.values_list(
                "accreditation__partner__slug",
                "accreditation__program__key",
                "on",
                "from_standing",
                "to_standing",
                "because",
            )
        ),
        "listings": sorted(Listing.objects.values_list("slug", "levels", "weight"), key=str),
        "notices": sorted(
            Notice.objects.values_list("rule", "due_on", "partner__slug", "recipient__user__email"),
            key=str,
        ),
    }


def test_computed_rows_are_the_same_when_computed_again(
    told: Vendor, owner_connection: psycopg2.extensions.connection
) -> None:
    with tenant(told):
        before = _computed()
        start = told.day_of(NOW) - northwind.YEAR - timedelta(days=30)

    with owner_connection.cursor() as cursor:
        for table in COMPUTED:
            cursor.execute(f"DELETE FROM {table}")
    with tenant(told):
        # What a person decided is no computed row: it is asked for again.
        asked = at(start + timedelta(days=30 + northwind.ENROLLED_AFTER))
        for slug in SPECIALISTS:
            northwind.enroll_specialist(Partner.objects.get(slug=slug), now=asked)
        replay(since=start, now=NOW)
        after = _computed()

    assert before == after
