"""A published version is taken back before its first day, and from then on it never was to be."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction

from accreditation.enums import DueCause, VersionState
from accreditation.models import DueMark, Level, Program, ProgramVersion
from accreditation.operations.marks import start_of_day
from accreditation.operations.programs import (
    draft_version,
    publish_version,
    withdraw_version,
)
from accreditation.queries.programs import programs_in_force
from partners.enums import MembershipRole
from partners.models import AuditEntry, Partner, Vendor
from partners.queries.vendors import open_vendor
from partners.refusals import CannotRecord
from partners.rules import SYSTEM, NotAllowed
from tests import cast
from tests.accreditation.documents import built_on, engineers
from tests.cast import NOW, TODAY

DAY = TODAY + timedelta(days=30)
REASON = "The numbers were those of last year."


def published(document: Mapping[str, Any], on: date = DAY) -> ProgramVersion:
    version = draft_version(document=document, by=SYSTEM, now=NOW)
    return publish_version(version=version, effective_on=on, by=SYSTEM, now=NOW)


def withdrawn(version: ProgramVersion, now: datetime = NOW, reason: str = REASON) -> ProgramVersion:
    return withdraw_version(version=version, reason=reason, by=SYSTEM, now=now)


def renamed(name: str, *levels: str) -> dict[str, Any]:
    document = engineers(at_least=3)
    document["program"]["name"] = {"en": name}
    document["levels"] = [{"key": key, "name": {"en": key}} for key in levels]
    return document


@pytest.fixture
def first(in_northwind: Vendor) -> ProgramVersion:
    """The version in force today."""
    cast.certification("cloud-engineer")
    cast.job_role("technical-engineer")
    return published(engineers(at_least=2), TODAY)


def in_force(on: date) -> dict[str, int]:
    return {one.program.key: one.version.number for one in programs_in_force(on)}


def test_the_version_before_goes_on_judging(first: ProgramVersion) -> None:
    second = published(engineers(at_least=3))
    assert in_force(DAY) == {"authorized-service": 2}

    withdrawn(second)

    assert in_force(DAY) == {"authorized-service": 1}
    second.refresh_from_db()
    assert (second.state, second.number, second.effective_on, second.reason) == (
        VersionState.WITHDRAWN, 2, DAY, REASON,
    )  # fmt: skip


def test_another_draft_takes_the_day_and_the_next_number(first: ProgramVersion) -> None:
    withdrawn(published(engineers(at_least=3)))

    third = published(engineers(at_least=4))

    assert (third.number, third.effective_on) == (3, DAY)
    assert in_force(DAY) == {"authorized-service": 3}


def days_due(partner: Partner) -> list[date]:
    moments = DueMark.objects.filter(partner=partner).order_by("due_at").values_list("due_at")
    zone = ZoneInfo(Vendor.objects.get(slug="northwind").time_zone)
    return [moment.astimezone(zone).date() for (moment,) in moments]


def test_names_levels_and_marks_are_those_of_what_stays(first: ProgramVersion) -> None:
    before = list(Level.objects.order_by("rank").values_list("key", "rank"))
    partner = cast.partner("acme", "Acme")
    DueMark.objects.all().delete()
    second = published(renamed("Service Elite", "authorized", "elite"))
    assert days_due(partner) == [TODAY, DAY]
    DueMark.objects.filter(due_at__lte=NOW).delete()

    withdrawn(second)

    assert Program.objects.get().name == {"en": "Authorized Service"}
    assert list(Level.objects.order_by("rank").values_list("key", "rank")) == before
    # Nobody is judged on that day any more, and what was foreseen of it is looked at again.
    assert days_due(partner) == [TODAY]


def test_names_that_only_it_gave_to_a_level_in_force_go_with_it(first: ProgramVersion) -> None:
    second = renamed("Service Elite", "authorized", "elite")
    second["levels"][0]["name"] = {"en": "Approved"}
    withdrawing = published(second)
    published(renamed("Service Plus", "plus"), DAY + timedelta(days=1))

    withdrawn(withdrawing)

    assert names() == ({"en": "Authorized Service"}, {"authorized": {"en": "Authorized"}})


def names() -> tuple[dict[str, str], dict[str, dict[str, str]]]:
    return Program.objects.get().name, dict(Level.objects.values_list("key", "name"))


def test_names_of_a_version_that_nothing_was_in_force_before_give_way_to_those_that_stay(
    in_northwind: Vendor,
) -> None:
    cast.certification("cloud-engineer")
    cast.job_role("technical-engineer")
    withdrawing = published(renamed("Service Elite", "authorized", "elite"))
    published(renamed("Service Plus", "plus"), DAY + timedelta(days=1))

    withdrawn(withdrawing)

    assert names() == ({"en": "Service Plus"}, {"plus": {"en": "plus"}})


def test_marks_stay_for_another_program_that_begins_that_day(first: ProgramVersion) -> None:
    cast.partner("acme", "Acme")
    second = published(engineers(at_least=3))
    published(built_on("solution"))

    withdrawn(second)

    assert DueMark.objects.filter(cause=DueCause.VERSION_PUBLISHED, due_at__gt=NOW).exists()


def test_partners_stay_due_on_that_day_for_reasons_of_their_own(first: ProgramVersion) -> None:
    partner, second = cast.partner("acme", "Acme"), published(engineers(at_least=3))
    begins = start_of_day(open_vendor(), DAY)
    DueMark.objects.create(partner=partner, due_at=begins, cause=DueCause.DATE_REACHED)

    withdrawn(second)

    left = DueMark.objects.filter(due_at=begins)
    assert [one.cause for one in left] == [DueCause.DATE_REACHED]


def test_a_first_version_leaves_a_program_that_nobody_is_judged_in(in_northwind: Vendor) -> None:
    cast.certification("cloud-engineer")
    cast.job_role("technical-engineer")

    withdrawn(published(engineers(at_least=2)))

    assert in_force(DAY) == {}
    assert not Level.objects.exists()
    assert published(engineers(at_least=2)).number == 2


def test_who_did_it_and_when_is_audited_without_the_words(first: ProgramVersion) -> None:
    second = published(engineers(at_least=3))

    withdrawn(second)

    entry = AuditEntry.objects.get(verb="version.withdrawn")
    assert (entry.subject_ids, entry.at) == ([second.pk], NOW)
    assert entry.changes["effective_on"] == DAY.isoformat()
    assert REASON not in str(entry.changes)


@pytest.mark.parametrize("reason", ["", "  "])
def test_it_says_why(first: ProgramVersion, reason: str) -> None:
    with pytest.raises(CannotRecord, match="reason: Say why"):
        withdrawn(published(engineers(at_least=3)), reason=reason)


def test_a_version_that_came_into_force_meanwhile_stays(first: ProgramVersion) -> None:
    second = published(engineers(at_least=3))

    with pytest.raises(CannotRecord, match=r"in force since .* can no longer be withdrawn"):
        withdrawn(second, now=NOW + timedelta(days=30))

    assert in_force(DAY) == {"authorized-service": 2}


def test_the_day_begins_where_the_vendor_is(first: ProgramVersion, in_northwind: Vendor) -> None:
    """Half an hour before midnight UTC it is in force in Berlin and not in New York."""
    second = published(engineers(at_least=3), TODAY + timedelta(days=1))
    late = datetime.combine(TODAY, NOW.timetz().replace(hour=23, minute=30))

    Vendor.objects.update(time_zone="Europe/Berlin")
    with pytest.raises(CannotRecord, match="can no longer be withdrawn"):
        withdrawn(second, now=late)
    Vendor.objects.update(time_zone="America/New_York")
    withdrawn(second, now=late)

    assert second.state == VersionState.WITHDRAWN


def test_a_draft_is_not_withdrawn(first: ProgramVersion) -> None:
    draft = draft_version(document=engineers(at_least=3), by=SYSTEM, now=NOW)

    with pytest.raises(CannotRecord, match="Only a published version"):
        withdrawn(draft)


def test_what_is_withdrawn_stays_so(first: ProgramVersion) -> None:
    second = withdrawn(published(engineers(at_least=3)))

    with pytest.raises(CannotRecord, match="withdrawn already"):
        withdrawn(second)
    with pytest.raises(ValueError, match="Only a draft"):
        publish_version(version=second, effective_on=DAY, by=SYSTEM, now=NOW)


def test_a_circle_that_only_this_version_opens_is_named(first: ProgramVersion) -> None:
    """Service asks for solution until a day; from that day on solution asks for service."""
    published(built_on("solution"), TODAY)
    published(built_on("service"), TODAY)
    asking = draft_version(document=built_on("solution", "service"), by=SYSTEM, now=NOW)
    # A newer draft stands before the one that asks.
    draft_version(document=built_on("solution"), by=SYSTEM, now=NOW)
    published(built_on("service", "solution"), DAY - timedelta(days=1))
    opening = published(built_on("service"))
    publish_version(version=asking, effective_on=DAY, by=SYSTEM, now=NOW)

    with pytest.raises(CannotRecord, match="service → solution → service"):
        withdrawn(opening)


def test_it_takes_the_permission_to_publish(first: ProgramVersion) -> None:
    second = published(engineers(at_least=3))
    mara = cast.actor(cast.member("Mara", MembershipRole.CHANNEL_MANAGER))

    with pytest.raises(NotAllowed):
        withdraw_version(version=second, reason=REASON, by=mara, now=NOW)


@pytest.mark.parametrize(
    ("state", "refusal"),
    [
        ({"state": "draft"}, "does not become draft"),
        ({"state": "published", "withdrawn_at": None, "reason": ""}, "does not become published"),
        ({"reason": "Another"}, "is frozen"),
        ({"reason": ""}, "is frozen"),
        ({"document": {}}, "is frozen"),
    ],
    ids=str,
)
def test_the_database_keeps_what_was_withdrawn(
    first: ProgramVersion, state: dict[str, Any], refusal: str
) -> None:
    second = withdrawn(published(engineers(at_least=3)))

    with pytest.raises(IntegrityError, match=refusal), transaction.atomic():
        ProgramVersion.objects.filter(pk=second.pk).update(**state)


def test_the_database_keeps_what_is_in_force(first: ProgramVersion) -> None:
    with pytest.raises(IntegrityError, match="in force is not withdrawn"), transaction.atomic():
        ProgramVersion.objects.filter(pk=first.pk).update(
            state=VersionState.WITHDRAWN, withdrawn_at=NOW, reason=REASON
        )
