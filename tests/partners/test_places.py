"""Where people work: on record from a day on, until the next place or the end."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from pytest_django import DjangoCaptureOnCommitCallbacks

from accreditation.models import DueMark
from partners.enums import MembershipRole
from partners.models import AuditEntry, Employment, EmploymentPlace, Partner
from partners.operations.people import change_place, end_employment, record_employment
from partners.operations.places import Place
from partners.queries.people import team_of
from partners.refusals import CannotRecord
from partners.rules import SYSTEM, NotAllowed
from tests import cast
from tests.cast import NOW, TODAY

pytestmark = pytest.mark.usefixtures("in_northwind")

JANUARY = date(2026, 1, 1)
BAVARIA = Place("DE", "Bavaria")


@pytest.fixture
def edda(acme: Partner) -> Employment:
    """Edda works at Acme since January, in Bavaria."""
    return record_employment(
        person=cast.person("Edda"),
        partner=acme,
        started_on=JANUARY,
        place=BAVARIA,
        by=SYSTEM,
        now=NOW,
    )


def places(of: Employment) -> list[tuple[str, str, date]]:
    rows = EmploymentPlace.objects.filter(employment=of).order_by("started_on")
    return list(rows.values_list("country", "region", "started_on"))


def moved(who: Employment, place: Place, on: date) -> None:
    change_place(employment=who, place=place, on=on, by=SYSTEM, now=NOW)


def test_new_employment_has_its_place_from_the_first_day_on(edda: Employment) -> None:
    assert places(edda) == [("DE", "Bavaria", JANUARY)]
    entry = AuditEntry.objects.get(verb="employment.recorded")
    assert entry.changes["place"] == {"country": "DE", "region": "Bavaria"}


def test_nothing_is_on_record_where_nothing_was_said(acme: Partner) -> None:
    finn = cast.person("Finn")
    made = record_employment(person=finn, partner=acme, started_on=JANUARY, by=SYSTEM, now=NOW)

    assert places(made) == []
    assert [one.place for one in team_of(acme, TODAY)] == [""]


def test_move_leaves_the_days_before_as_they_were(edda: Employment) -> None:
    moved(edda, Place("FR"), TODAY)

    assert places(edda) == [("DE", "Bavaria", JANUARY), ("FR", "", TODAY)]
    entry = AuditEntry.objects.get(verb="employment.place_changed")
    assert (entry.subject_ids, entry.partner_ids) == ([edda.pk], [edda.partner_id])
    assert entry.changes == {"on": "2026-03-02", "place": {"country": "FR", "region": ""}}


def test_move_replaces_what_was_planned_for_later(edda: Employment) -> None:
    moved(edda, Place("FR"), date(2026, 6, 1))
    moved(edda, Place("AT"), TODAY)

    assert places(edda) == [("DE", "Bavaria", JANUARY), ("AT", "", TODAY)]


def test_staying_where_one_is_takes_back_what_was_planned(edda: Employment) -> None:
    moved(edda, Place("FR"), date(2026, 6, 1))
    moved(edda, BAVARIA, TODAY)

    assert places(edda) == [("DE", "Bavaria", JANUARY)]


def test_wrong_place_is_corrected_from_the_first_day(edda: Employment) -> None:
    moved(edda, Place("AT"), JANUARY)

    assert places(edda) == [("AT", "", JANUARY)]


@pytest.mark.parametrize(
    ("place", "field", "message"),
    [
        (Place("XX"), "country", "“XX” is not the code of a country."),
        (Place("de"), "country", "“de” is not the code of a country."),
        (Place("", "Bavaria"), "country", "A place of work needs a country."),
        (Place("DE", "x" * 81), "region", "This text is longer than 80 characters."),
    ],
)
def test_place_that_is_none_is_refused_at_its_field(
    edda: Employment, place: Place, field: str, message: str
) -> None:
    with pytest.raises(CannotRecord) as refusal:
        moved(edda, place, TODAY)

    assert (refusal.value.field, refusal.value.message) == (field, message)
    assert places(edda) == [("DE", "Bavaria", JANUARY)]


@pytest.mark.parametrize("day", [date(2025, 12, 31), date(2026, 4, 1)])
def test_people_move_within_the_employment_only(edda: Employment, day: date) -> None:
    end_employment(employment=edda, last_day=date(2026, 3, 31), by=SYSTEM, now=NOW)

    with pytest.raises(CannotRecord) as refusal:
        moved(edda, Place("FR"), day)

    assert refusal.value.field == "on"


def test_partner_admin_moves_nobody_elsewhere(edda: Employment) -> None:
    paul = cast.actor(cast.member("Paul", MembershipRole.PARTNER_ADMIN, cast.partner("bolt")))

    with pytest.raises(NotAllowed):
        change_place(employment=edda, place=Place("FR"), on=TODAY, by=paul, now=NOW)


def test_team_says_where_each_works_on_the_day(acme: Partner, edda: Employment) -> None:
    moved(edda, Place("FR"), TODAY)

    shown = [[one.place for one in team_of(acme, day)] for day in (date(2026, 3, 1), TODAY)]

    assert shown == [["Bavaria, Germany"], ["France"]]


def test_place_marks_the_partner_due_and_wakes_the_worker(
    acme: Partner, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    finn = cast.employment(cast.person("Finn"), acme)
    DueMark.objects.all().delete()

    with django_capture_on_commit_callbacks() as rung:
        moved(finn, Place("FR"), TODAY)

    assert len(rung) == 1
    assert set(DueMark.objects.values_list("partner", flat=True)) == {acme.pk}


@pytest.mark.parametrize(
    ("country", "day"), [("de", TODAY), ("D", TODAY), ("", TODAY), ("FR", JANUARY)]
)
def test_database_keeps_codes_and_one_place_a_day(
    edda: Employment, country: str, day: date
) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        cast.place(edda, country, since=day)
