"""A forecast goes through the renewals ahead, and ends where one of them would not be met."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest

from accreditation.criteria.forecast import MOST_STEPS
from accreditation.criteria.verdicts import CauseCode
from accreditation.models import Accreditation, Evaluation
from accreditation.operations.evaluation import evaluate
from accreditation.queries.attention import Urgency, concerns_of
from accreditation.queries.forecast import ToldForecast, forecast_of
from accreditation.queries.programs import program_in_force, programs_in_force, versions_ahead
from partners.enums import MembershipRole
from partners.models import Partner, Vendor
from partners.rules import SYSTEM
from tests import cast
from tests.accreditation.criteria.worlds import leaf
from tests.accreditation.documents import engineers
from tests.accreditation.test_foresight import asking
from tests.accreditation.worked_examples.lifecycles import noon
from tests.stories import judge_all, publish

DAY = timedelta(days=1)
NEXT_TERM_ENDS = date(2026, 7, 2)
ENDS = {"Edda": date(2027, 8, 1), "Finn": date(2026, 6, 10)}


def phased(
    asked: dict[str, int], key: str = "authorized-service", **settings: Any
) -> dict[str, Any]:
    """Return a program of projects with a number to reach, keep and renew its one level."""
    document = engineers(at_least=1, **settings)
    document["program"] |= {"key": key, "name": {"en": key.title()}}
    document["criteria"] = {
        "phases": {
            phase: leaf("attribute", phase, attribute="projects", at_least=number)
            for phase, number in asked.items()
        }
    }
    return document


def people(renewing: int, **settings: Any) -> dict[str, Any]:
    """Return a program that one engineer reaches and keeps, and so many renew."""
    document = engineers(at_least=1, term_months=2, **settings)
    asked = document["criteria"]
    document["criteria"] = {
        "phases": {
            "initial": asked | {"key": "reach"},
            "keep": asked | {"key": "keep"},
            "renew": asked | {"key": "renew", "at_least": renewing},
        }
    }
    return document


@pytest.fixture
def acme(in_northwind: Vendor) -> Partner:
    """Two engineers; Finn's certificate ends after the renewal in May and before that in July."""
    acme = cast.partner("acme")
    role, what = cast.job_role("technical-engineer"), cast.certification("cloud-engineer")
    for name, end in ENDS.items():
        person = cast.person(name)
        cast.employment(person, acme, role)
        cast.certificate(person, what, until=end)
    return acme


def foreseen(
    of: Partner, on: date = cast.TODAY, program: str = "authorized-service"
) -> ToldForecast:
    found = program_in_force(program, on)
    assert found is not None
    return forecast_of(of, found, on)


@pytest.mark.parametrize("on", [cast.TODAY, cast.TODAY + DAY])
def test_a_level_lapses_with_the_first_renewal_that_is_not_met(acme: Partner, on: date) -> None:
    publish(people(renewing=2))
    judge_all(noon(on))

    found = foreseen(acme, on)

    # The one in May is met; in July Finn is missing.
    assert (found.forecast.lapses_on, found.lost_on) == (NEXT_TERM_ENDS, NEXT_TERM_ENDS)
    step = found.steps[0]
    assert (step.step.day, step.cause.cause.code) == (NEXT_TERM_ENDS, CauseCode.RENEWAL_FAILS)
    assert step.chain[-1].link.after.key == "renew"
    assert (step.chain[-1].link.after.have, step.chain[-1].link.after.need) == (1, 2)


def test_the_renewal_of_the_record_that_is_missing_then_is_named(acme: Partner) -> None:
    publish(people(renewing=2))
    judge_all()

    found = foreseen(acme)

    assert found.renewal is not None
    # By then both certificates have to be valid: Edda's ends first, in the next year.
    assert (found.renewal.record.person, found.renewal.renewal.lapses_on) == (
        "Finn",
        date(2027, 9, 2),
    )


def test_what_is_renewed_late_is_held_until_then(acme: Partner) -> None:
    publish(people(renewing=2, renewal_late_days=20))
    judge_all()

    found = foreseen(acme)

    assert (found.forecast.lapses_on, found.lost_on) == (
        NEXT_TERM_ENDS,
        NEXT_TERM_ENDS + timedelta(days=20),
    )
    assert lived_through(acme, NEXT_TERM_ENDS + timedelta(days=19)) == "in_grace"
    assert lived_through(acme, NEXT_TERM_ENDS + timedelta(days=20)) == "lapsed"


def lived_through(of: Partner, day: date, program: str = "authorized-service") -> str:
    """Return where a partner stands once everything that is due was judged up to a day."""
    judge_all(noon(day))
    return Accreditation.objects.get(partner=of, program__key=program).standing


def test_renewals_that_are_met_end_nothing(acme: Partner) -> None:
    publish(people(renewing=1))
    judge_all()

    found = foreseen(acme)

    assert found.forecast.lapses_on == ENDS["Edda"]
    assert [one.cause.cause.code for one in found.steps] == [CauseCode.CERTIFICATE_EXPIRES]


def test_the_renewal_is_foreseen_by_the_rules_of_its_day(acme: Partner) -> None:
    publish(people(renewing=1))
    publish(people(renewing=3), effective_on=date(2026, 6, 1))
    judge_all()

    found = foreseen(acme)

    step = found.steps[0]
    assert (step.step.day, step.cause.cause.code) == (NEXT_TERM_ENDS, CauseCode.RENEWAL_FAILS)
    assert step.program.version.number == 2
    # Nothing is lost on the first day of the new rules: they keep it by what is there.
    assert [one.level for one in found.replaced] == ["authorized"]


def test_a_level_that_is_lost_is_asked_to_be_reached_from_the_day_after(acme: Partner) -> None:
    """One engineer reaches it, two renew it: it is lost in July and granted anew a day later."""
    publish(people(renewing=2))
    judge_all()
    found = foreseen(acme)
    judge_all(noon(NEXT_TERM_ENDS + DAY))

    assert [(one.day, one.level) for one in found.held[:3]] == [
        (cast.TODAY, "authorized"),
        (NEXT_TERM_ENDS, None),
        (NEXT_TERM_ENDS + DAY, "authorized"),
    ]
    assert Accreditation.objects.get(partner=acme).standing_since == NEXT_TERM_ENDS + DAY


def test_a_renewal_that_would_fail_is_seen_by_whoever_builds_on_it(acme: Partner) -> None:
    office = cast.partner("office")
    Partner.objects.filter(pk=acme.pk).update(parent=office)
    publish(people(renewing=2, renewal_late_days=20))
    publish(asking("tier", "authorized-service"))
    publish(asking("group", "authorized-service", held_by="children"))
    judge_all()
    lost_on = NEXT_TERM_ENDS + timedelta(days=20)

    for one, key in ((acme, "tier"), (office, "group")):
        found = foreseen(one, program=key)
        assert (found.forecast.lapses_on, found.lost_on) == (lost_on, lost_on)
        assert found.steps[0].cause.cause.code is CauseCode.LEVEL_LOST
    behind = foreseen(acme, program="tier").steps[0].behind
    assert behind is not None
    assert behind.cause.cause.code is CauseCode.RENEWAL_FAILS
    assert lived_through(office, lost_on - DAY, "group") == "accredited"
    assert lived_through(office, lost_on, "group") == "lapsed"


def test_a_renewal_that_would_fail_is_at_risk(acme: Partner) -> None:
    mara = cast.actor(cast.member("Mara", MembershipRole.OWNER))
    publish(people(renewing=2))
    judge_all(noon(date(2026, 5, 10)))

    [found] = concerns_of(mara, date(2026, 5, 10))

    assert (found.urgency, found.day, found.cause) == (
        Urgency.AT_RISK,
        NEXT_TERM_ENDS - DAY,
        None,
    )


# Programs drawn by chance, each with its own numbers and settings; every partner is in all of them.
PROGRAMS, PARTNERS, LAST = 5, 4, cast.TODAY + timedelta(days=75)


def drawn(chance: Random, number: int) -> dict[str, Any]:
    """Return a program drawn by chance: of one level or two, with terms, grace and reviews."""
    settings: dict[str, Any] = {"grace_days": chance.choice([0, 0, 4, 20])}
    if chance.random() < 0.8:
        settings |= {
            "term_months": chance.choice([1, 2, 3]),
            "renewal_late_days": chance.choice([0, 0, 5, 40]),
        }
        if chance.random() < 0.3:
            settings["reviews"] = {"down": "at_renewal"}
        if chance.random() < 0.3:
            settings["extensions"] = [{"from": "2026-03-20", "through": "2026-04-10", "months": 1}]
    if "reviews" not in settings and chance.random() < 0.4:
        settings["reviews"] = {"down": ["04-20", "06-01"], "up": ["04-01", "05-15"]}
    # What keeps an award is not more than what reaches it: else it would come and go daily.
    keep = chance.randint(1, 3)
    asked = {"initial": chance.randint(keep, 3), "keep": keep, "renew": chance.randint(1, 3)}
    document = phased(
        asked,
        key=f"program-{number}",
        **settings,
    )
    if chance.random() < 0.5:
        more = leaf("attribute", "more", attribute="projects", at_least=chance.randint(2, 4))
        document["levels"].append({"key": "gold", "name": {"en": "Gold"}, "criteria": more})
    return document


@pytest.fixture(params=range(2))
def chance(request: pytest.FixtureRequest) -> Random:
    return Random(request.param)


@pytest.fixture
def partners(in_northwind: Vendor, chance: Random) -> list[Partner]:
    """Partners whose projects come and go, and programs that ask for them, both by chance."""
    cast.certification("cloud-engineer")
    cast.job_role("technical-engineer")
    found = [cast.partner(f"partner-{number}") for number in range(PARTNERS)]
    for one in found:
        days = sorted(chance.sample(range(1, 100), 2))
        starts = [date(2024, 1, 1), *(cast.TODAY + timedelta(days=each) for each in days)]
        for since, end in zip(starts, [*starts[1:], None], strict=True):
            count = str(chance.randint(0, 4))
            cast.attribute(one, "projects", count, since=since, ended_on=end, kind="number")
    for number in range(PROGRAMS):
        publish(drawn(chance, number))
    return found


Steps = list[tuple[date, str | None]]
"""The days on which a level changes, the first day first, and the level from then on."""

Lives = dict[tuple[str, str], Steps]
"""Steps by a partner's slug and a program's key."""


def told(partners: list[Partner]) -> tuple[Lives, Lives]:
    """Return the levels met and the levels held that the forecasts of today say."""
    met: Lives = {}
    held: Lives = {}
    for one in partners:
        for program in programs_in_force(cast.TODAY):
            pair, found = (one.slug, program.program.key), forecast_of(one, program, cast.TODAY)
            # A forecast is cut after so many steps; these programs do not move as often by then.
            assert len(found.steps) < MOST_STEPS or found.steps[-1].step.day > LAST
            ahead = [(each.step.day, each.step.level) for each in found.steps]
            met[pair] = [(cast.TODAY, found.forecast.level), *ahead]
            held[pair] = [(each.day, each.level) for each in found.held]
    return until_the_last(met), until_the_last(held)


def until_the_last(lives: Lives) -> Lives:
    return {pair: [one for one in steps if one[0] <= LAST] for pair, steps in lives.items()}


def evaluated_every_day(partners: list[Partner]) -> tuple[Lives, Lives]:
    """Return the levels met and the levels held that evaluations of every single day find."""
    met: Lives = defaultdict(list)
    held: Lives = defaultdict(list)
    day = cast.TODAY
    while day <= LAST:
        evaluate(
            partner_ids=[one.pk for one in partners],
            programs=programs_in_force(day),
            coming=versions_ahead(day),
            on=day,
            by=SYSTEM,
            now=noon(day),
        )
        for (slug, key), level in levels_met().items():
            note(met[slug, key], day, level)
        for (slug, key), level in levels_held().items():
            note(held[slug, key], day, level)
        day += DAY
    return met, held


def note(steps: Steps, day: date, level: str | None) -> None:
    if not steps or steps[-1][1] != level:
        steps.append((day, level))


def levels_met() -> dict[tuple[str, str], str | None]:
    newest = Evaluation.objects.order_by("partner", "program", "-recorded_at", "-id")
    rows = newest.distinct("partner", "program").values_list(
        "partner__slug", "program__key", "verdict__level"
    )
    return {(slug, key): level for slug, key, level in rows}


def levels_held() -> dict[tuple[str, str], str | None]:
    rows = Accreditation.objects.values_list("partner__slug", "program__key", "level__key")
    return {(slug, key): level for slug, key, level in rows}


def test_what_is_foreseen_of_a_day_is_what_evaluating_every_day_finds(
    partners: list[Partner],
) -> None:
    judge_all()
    met, held = told(partners)
    met_then, held_then = evaluated_every_day(partners)

    for pair in met:
        assert (pair, met[pair], held[pair]) == (pair, met_then[pair], held_then[pair])


def test_the_due_queue_leaves_out_no_day_that_matters(partners: list[Partner]) -> None:
    judge_all()
    _, held = told(partners)

    for day in (date(2026, 4, 3), date(2026, 5, 3), LAST):
        judge_all(noon(day))
        expected = {
            pair: [level for begins, level in steps if begins <= day][-1]
            for pair, steps in held.items()
        }
        assert levels_held() == expected
