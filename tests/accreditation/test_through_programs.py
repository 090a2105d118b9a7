"""Forecasts and simulations go through programs that build on programs, and through head offices."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from accreditation.models import Evaluation
from accreditation.queries.departures import levels_lost, loss_without, single_points_of
from accreditation.queries.evaluations import verdict_of
from accreditation.queries.forecast import ToldForecast, forecast_of
from accreditation.queries.programs import program_in_force
from partners.models import Employment, Partner, Vendor
from partners.operations.people import end_employment
from partners.periods import last_day
from partners.rules import SYSTEM
from portal.look.outlook import forecast_card
from tests import cast
from tests.accreditation.test_foresight import asking, service
from tests.stories import judge_all, publish

EDDA_ENDS, FINN_ENDS = date(2026, 5, 10), date(2026, 8, 1)
DEPARTURE = cast.TODAY + timedelta(days=20)

Level = tuple[str, str]
"""A partner's slug and a program's key."""


@pytest.fixture
def acme(in_northwind: Vendor) -> Partner:
    """Acme belongs to an office. Its two engineers are needed; both certificates end this year."""
    office = cast.partner("office")
    acme = cast.partner("acme", parent=office)
    role, what = cast.job_role("technical-engineer"), cast.certification("cloud-engineer")
    for name, end in (("Edda", EDDA_ENDS), ("Finn", FINN_ENDS)):
        person = cast.person(name)
        cast.employment(person, acme, role)
        cast.certificate(person, what, until=end)
    return acme


def chain_of_programs(**settings: object) -> None:
    """Publish the service, a tier on it, a group on the tier, and the group of all countries."""
    publish(service(2, **settings))
    publish(asking("tier", "authorized-service"))
    publish(asking("group", "tier"))
    publish(asking("countries", "tier", held_by="children"))
    judge_all()


def foreseen(of: Partner, program: str, on: date = cast.TODAY) -> ToldForecast:
    found = program_in_force(program, on)
    assert found is not None
    return forecast_of(of, found, on)


def levels() -> dict[Level, str | None]:
    """Return the level that each latest evaluation found."""
    return {
        (one.partner.slug, one.program.key): verdict_of(one).level
        for one in Evaluation.objects.select_related("partner", "program").order_by(
            "recorded_at", "pk"
        )
    }


def noon_of(day: date) -> datetime:
    return datetime.combine(day, time(12), tzinfo=ZoneInfo("America/New_York"))


@pytest.mark.parametrize("program", ["tier", "group"])
def test_forecast_goes_on_into_the_programs_below(acme: Partner, program: str) -> None:
    chain_of_programs(grace_days=14)

    told = foreseen(acme, program)

    [step] = told.steps
    assert told.forecast.lapses_on == step.step.day == EDDA_ENDS + timedelta(days=15)
    below = list(step.all_behind())
    assert below[-1].program.program.key == "authorized-service"
    assert below[-1].step.day == EDDA_ENDS
    assert below[-1].cause.record.person == "Edda"


def test_renewal_below_is_the_one_that_helps_above(acme: Partner) -> None:
    chain_of_programs()

    renewal = foreseen(acme, "group").renewal

    assert renewal is not None
    assert (renewal.record.person, renewal.renewal.lapses_on) == ("Edda", FINN_ENDS)


def test_card_says_what_happens_below(acme: Partner) -> None:
    chain_of_programs()

    [step] = forecast_card(foreseen(acme, "tier")).steps

    assert "is no longer held" in step.detail
    assert "(Authorized Service, 10 May 2026: Cloud Engineer (Edda) expires" in step.detail


def test_tier_hangs_on_the_people_of_what_it_asks_for(acme: Partner) -> None:
    chain_of_programs()
    tier = program_in_force("tier", cast.TODAY)
    assert tier is not None

    found = single_points_of(acme, tier, cast.TODAY)

    assert {"Edda", "Finn"} < {one.subjects[0].name for one in found.losses}


@pytest.mark.parametrize(
    "settings",
    [{}, {"grace_days": 14}, {"reviews": {"down": ["06-01"]}}],
    ids=["at once", "grace", "review"],
)
def test_simulated_departure_is_what_ending_the_employment_does(
    acme: Partner, settings: dict[str, object]
) -> None:
    chain_of_programs(**settings)
    edda = Employment.objects.get(person__name="Edda")
    before = levels()

    lost = levels_lost(edda, last_day(DEPARTURE), cast.TODAY)
    end_employment(employment=edda, last_day=last_day(DEPARTURE), by=SYSTEM, now=cast.NOW)
    judge_all(noon_of(DEPARTURE))

    assert {(one.partner.slug, one.program.program.key) for one in lost} == {
        pair for pair, level in levels().items() if level != before[pair]
    }
    assert ("acme", "authorized-service") in {
        (one.partner.slug, one.program.program.key) for one in lost
    }


def test_departure_reaches_the_head_office_by_its_levels_and_its_people(acme: Partner) -> None:
    chain_of_programs()
    people = service(2, facts_of="subtree")
    people["program"] |= {"key": "people", "name": {"en": "People"}}
    publish(people)
    judge_all()
    edda = Employment.objects.get(person__name="Edda")

    lost = levels_lost(edda, last_day(cast.TODAY), cast.TODAY)

    assert {(one.partner.slug, one.program.program.key) for one in lost} == {
        ("acme", "authorized-service"),
        ("acme", "tier"),
        ("acme", "group"),
        ("acme", "people"),
        ("office", "countries"),
        ("office", "people"),
    }


@pytest.mark.parametrize("program", ["tier", "group"])
def test_loss_without_somebody_is_carried_through(acme: Partner, program: str) -> None:
    chain_of_programs()
    asked = program_in_force(program, cast.TODAY)
    assert asked is not None
    edda = Employment.objects.get(person__name="Edda")

    loss = loss_without(acme, asked, [str(edda.person_id)], DEPARTURE, cast.TODAY)

    assert (loss.loss.before, loss.loss.level) == ("authorized", None)


def test_person_of_a_branch_may_fall_away_for_the_head_office(acme: Partner) -> None:
    publish(service(2, facts_of="subtree"))
    judge_all()
    asked = program_in_force("authorized-service", cast.TODAY)
    assert asked is not None
    assert acme.parent is not None

    points = single_points_of(acme.parent, asked, cast.TODAY)

    assert {one.subjects[0].name for one in points.losses} == {"Edda", "Finn"}
