"""Worked examples about how levels move over time, on real rows: facts, evaluation, standing."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from accreditation.criteria.document import parse
from accreditation.criteria.periods import Period
from accreditation.models import Accreditation, Award, Evaluation, Listing, StandingChange
from accreditation.operations.replay import replay
from accreditation.queries.evaluations import verdict_of
from accreditation.queries.past import Reading, overtaken, past_verdict
from accreditation.queries.standings import standing_in
from enablement.models import Certificate, Certification
from partners.models import JobRole, Partner
from portal.look.standings import lede
from tests import cast
from tests.accreditation.criteria.worlds import leaf
from tests.accreditation.documents import engineers
from tests.accreditation.worked_examples.lifecycles import (
    LONG_AGO,
    at_least,
    figure,
    held,
    noon,
    program,
)
from tests.stories import judge_all, publish

# --- W23: kept for the year -----------------------------------------------------------------


def scored(region: str) -> dict[str, Any]:
    """Return a criterion: enough points in a region, which counts only with certified people."""
    score = at_least(f"{region}-score", {"base": 0, "ridge": 250, "crest": 500, "summit": 750})
    return {"all": [score, at_least(f"{region}-people", 1)]}


CONSULTING = program(
    "consulting",
    "base",
    "ridge",
    "crest",
    "summit",
    criteria={"any": [scored("emea"), scored("apac")]},
    reviews={"up": ["03-01", "06-01", "09-01", "12-01"], "down": ["03-01"]},
)


def test_w23_tier_of_1_march_is_kept_for_the_year_and_quarters_can_only_raise_it(
    acme: Partner,
) -> None:
    figure(acme, "emea-people", 2, LONG_AGO)
    figure(acme, "emea-score", 100, LONG_AGO)
    figure(acme, "apac-people", 0, LONG_AGO)
    figure(acme, "apac-score", 760, LONG_AGO)
    publish(CONSULTING)
    judge_all()
    levels = {"before": held(acme, "consulting")}

    def score(points: int, since: date) -> None:
        figure(acme, "emea-score", points, since)
        judge_all(noon(since))

    def seen_on(day: date) -> None:
        judge_all(noon(day))
        levels[day.strftime("%-d %B %Y")] = held(acme, "consulting")

    score(480, date(2027, 2, 1))
    levels["1 February 2027"] = held(acme, "consulting")
    seen_on(date(2027, 3, 1))
    score(510, date(2027, 5, 20))
    seen_on(date(2027, 6, 1))
    score(300, date(2027, 8, 15))
    seen_on(date(2027, 9, 1))
    seen_on(date(2028, 2, 29))
    seen_on(date(2028, 3, 1))

    assert levels == {
        "before": "base",
        "1 February 2027": "base",
        "1 March 2027": "ridge",
        "1 June 2027": "crest",
        "1 September 2027": "crest",
        "29 February 2028": "crest",
        "1 March 2028": "ridge",
    }


def test_w23_worker_that_was_down_on_the_review_day_leaves_the_same_trace(acme: Partner) -> None:
    for name, value in (("emea-people", 1), ("emea-score", 510), ("apac-people", 0)):
        figure(acme, name, value, LONG_AGO)
    publish(CONSULTING)
    judge_all()
    figure(acme, "emea-score", 300, date(2026, 9, 1))
    judge_all(noon(date(2026, 9, 1)))

    judge_all(noon(date(2027, 3, 20)))

    moves = StandingChange.objects.filter(because="level_changed").values_list("on", flat=True)
    assert list(moves) == [date(2027, 3, 1)]


def test_up_at_any_time_and_down_only_at_the_quarterly_review(acme: Partner) -> None:
    publish(
        program(
            "odoo",
            "ready",
            "silver",
            "gold",
            criteria=at_least("users", {"ready": 0, "silver": 100, "gold": 300}),
            reviews={"down": ["01-01", "04-01", "07-01", "10-01"]},
        )
    )
    levels = []
    for users, day in ((150, date(2026, 3, 2)), (310, date(2026, 4, 20)), (90, date(2026, 5, 5))):
        figure(acme, "users", users, day)
        judge_all(noon(day))
        levels.append(held(acme, "odoo"))
    judge_all(noon(date(2026, 6, 30)))
    levels.append(held(acme, "odoo"))
    judge_all(noon(date(2026, 7, 1)))
    levels.append(held(acme, "odoo"))

    assert levels == ["silver", "gold", "gold", "gold", "ready"]


def test_what_is_kept_until_the_review_lapses_there_and_not_before(acme: Partner) -> None:
    publish(program("yearly", "gold", criteria=at_least("score", 10), reviews={"down": ["05-01"]}))
    figure(acme, "score", 10, LONG_AGO)
    judge_all()
    figure(acme, "score", 5, cast.TODAY)
    judge_all(noon(cast.TODAY))
    kept, standing = held(acme, "yearly"), standing_in(acme, "yearly", cast.TODAY)

    judge_all(noon(date(2026, 5, 1)))

    assert (kept, held(acme, "yearly")) == ("gold", None)
    assert standing is not None
    assert (standing.at_risk, standing.taken_on) == (True, date(2026, 5, 1))


def test_partner_that_leaves_keeps_nothing_until_the_review(acme: Partner) -> None:
    publish(program("yearly", "gold", criteria=at_least("score", 10), reviews={"down": ["06-01"]}))
    figure(acme, "score", 10, LONG_AGO)
    judge_all()

    Partner.objects.filter(pk=acme.pk).update(state="ended", ended_on=cast.TODAY)
    judge_all(noon(cast.TODAY))

    assert held(acme, "yearly") is None


# --- W22 (d): up and down at renewal ---------------------------------------------------------


def level(key: str, **bar: int) -> dict[str, Any]:
    criteria = leaf("attribute", f"{key}-count", attribute="specializations", **bar)
    return {"key": key, "name": {"en": key.title()}, "criteria": criteria}


def membership(platinum_fee: int) -> dict[str, Any]:
    """Return gold, which may hold four specializations at most, and platinum from five on."""
    platinum = level("platinum", at_least=5)
    platinum["criteria"] = {"all": [platinum["criteria"], at_least("fee", platinum_fee)]}
    return program(
        "membership",
        level("gold", at_most=4),
        platinum,
        term_months=12,
        nested_levels=False,
        reviews={"up": "at_renewal", "down": "at_renewal"},
    )


@pytest.mark.parametrize(
    ("platinum_fee", "renewed"), [(100, "platinum"), (1000, None)], ids=["moves up", "has to"]
)
def test_w22_gold_that_reaches_five_stays_gold_until_renewal(
    acme: Partner, platinum_fee: int, renewed: str | None
) -> None:
    figure(acme, "specializations", 4, LONG_AGO)
    figure(acme, "fee", 100, LONG_AGO)
    publish(membership(platinum_fee))
    judge_all()
    levels = [held(acme, "membership")]

    figure(acme, "specializations", 5, date(2026, 7, 1))
    for day in (date(2026, 7, 1), date(2027, 3, 1), date(2027, 3, 2)):
        judge_all(noon(day))
        levels.append(held(acme, "membership"))

    assert levels == ["gold", "gold", "gold", renewed]


def test_renewal_on_another_level_makes_one_award_from_the_old_end_on(acme: Partner) -> None:
    figure(acme, "specializations", 4, LONG_AGO)
    figure(acme, "fee", 100, LONG_AGO)
    publish(membership(100))
    judge_all()
    figure(acme, "specializations", 5, date(2026, 7, 1))

    judge_all(noon(date(2027, 3, 2)))

    awards = Award.objects.order_by("granted_on", "id").select_related("level")
    assert [(one.level.key, one.granted_on, one.ends_on, one.end_reason) for one in awards] == [
        ("gold", date(2026, 3, 2), date(2027, 3, 2), "renewed"),
        ("platinum", date(2027, 3, 2), date(2028, 3, 2), ""),
    ]


# --- W19: renewal window after the anniversary -----------------------------------------------


def competency_of_a_year(**settings: Any) -> dict[str, Any]:
    return program("gold", "gold", criteria=at_least("fee", 1), term_months=12, **settings)


def paid(at: Partner, since: date, until: date | None = None) -> None:
    cast.attribute(at, "fee", "1", since=since, ended_on=until, kind="number")


def lived_through(since: date, through: date) -> None:
    """Let history happen from the first day on, judged on each day that changes something."""
    replay(since=since, now=noon(through))


def moves_of(key: str) -> list[tuple[str, date]]:
    moves = StandingChange.objects.filter(accreditation__program__key=key)
    return [(one.because, one.on) for one in moves.order_by("on", "recorded_at", "id")]


@pytest.mark.parametrize(
    ("paid_again", "moves", "ends_on"),
    [
        (
            date(2018, 11, 14),
            [("no_level_met", date(2018, 10, 16)), ("met_again_in_grace", date(2018, 11, 14))],
            date(2019, 10, 16),
        ),
        (
            date(2018, 11, 15),
            [
                ("no_level_met", date(2018, 10, 16)),
                ("grace_ended", date(2018, 11, 15)),
                ("level_met", date(2018, 11, 15)),
            ],
            date(2019, 11, 15),
        ),
    ],
    ids=["renewed on the last day", "a day late: lost"],
)
def test_w19_renewal_opens_after_the_anniversary_for_thirty_days(
    acme: Partner, paid_again: date, moves: list[tuple[str, date]], ends_on: date
) -> None:
    publish(competency_of_a_year(renewal_late_days=30), effective_on=date(2017, 1, 1))
    paid(acme, date(2017, 10, 16), date(2018, 10, 16))
    paid(acme, paid_again)

    lived_through(date(2017, 10, 16), date(2018, 12, 1))

    assert moves_of("gold") == [("level_met", date(2017, 10, 16)), *moves]
    assert Award.objects.get(ended_on=None).ends_on == ends_on


def test_w19_window_of_an_award_that_ends_on_15_october() -> None:
    rules = parse(competency_of_a_year(renewal_late_days=30))

    window = rules.settings.renewal_window(date(2018, 10, 16))

    assert window == Period(date(2018, 10, 16), date(2018, 11, 15))


@pytest.mark.parametrize(
    ("on", "due"),
    [
        (date(2018, 8, 16), False),
        (date(2018, 8, 17), True),
        (date(2018, 11, 14), True),
    ],
    ids=["a day early", "first day", "last day"],
)
def test_renewal_is_due_within_its_window(acme: Partner, on: date, due: bool) -> None:
    publish(
        competency_of_a_year(renewal_window_days=60, renewal_late_days=30),
        effective_on=date(2017, 1, 1),
    )
    paid(acme, date(2017, 10, 16), date(2018, 10, 16))
    lived_through(date(2017, 10, 16), on)

    standing = standing_in(acme, "gold", on)

    assert standing is not None
    assert ("Renewal is due through 14 November 2018." in lede(standing)) is due


def test_w19_anniversary_of_29_february(acme: Partner) -> None:
    publish(competency_of_a_year(), effective_on=date(2024, 1, 1))
    paid(acme, LONG_AGO)

    lived_through(date(2024, 2, 29), date(2024, 3, 1))

    assert Award.objects.get().ends_on == date(2025, 2, 28)


@pytest.mark.parametrize(
    ("granted", "ends_on"),
    [(date(2019, 7, 1), date(2021, 7, 1)), (date(2019, 7, 2), date(2020, 7, 2))],
    ids=["last day 2020-06-30 is moved", "last day 2020-07-01 is not"],
)
def test_w19_blanket_extension(acme: Partner, granted: date, ends_on: date) -> None:
    extension = {"from": "2020-01-01", "through": "2020-06-30", "months": 12}
    publish(competency_of_a_year(), effective_on=date(2019, 1, 1))
    publish(competency_of_a_year(extensions=[extension]), effective_on=date(2020, 3, 15))
    paid(acme, granted, date(2022, 1, 1))

    lived_through(granted, date(2020, 7, 1))

    assert Award.objects.get().ends_on == ends_on


# --- W17: revoked in retrospect ---------------------------------------------------------------

MAY_10 = date(2026, 5, 10)


@pytest.fixture
def expert(acme: Partner) -> Partner:
    """Three people are needed and exactly three are certified; ninety days of grace."""
    what = cast.certification("cloud-engineer")
    role = cast.job_role("technical-engineer")
    for name in ("Edda", "Finn", "Gus"):
        person = cast.person(name)
        cast.employment(person, acme, role)
        cast.certificate(person, what, since=date(2026, 1, 1))
    publish(engineers(at_least=3, grace_days=90))
    judge_all()
    judge_all(noon(date(2026, 4, 30)))
    Certificate.objects.filter(person__name="Gus").update(
        revoked_on=date(2026, 1, 15), revocation_reason="Exam fraud"
    )
    judge_all(noon(MAY_10))
    return acme


def people_on(of: Partner, day: date, reading: Reading) -> tuple[str, str]:
    past = past_verdict(of, "authorized-service", day, reading)
    assert past is not None
    finding = past.verdict.levels[0].finding
    return str(finding.have), str(finding.need)


def test_w17_grace_runs_from_the_day_it_was_found(expert: Partner) -> None:
    accreditation = Accreditation.objects.get(partner=expert)

    assert (accreditation.standing, accreditation.grace_ends_on) == ("in_grace", date(2026, 8, 9))


@pytest.mark.parametrize(
    ("day", "published"), [(MAY_10, True), (date(2026, 8, 8), True), (date(2026, 8, 9), False)]
)
def test_w17_published_through_the_last_good_day(
    expert: Partner, day: date, published: bool
) -> None:
    judge_all(noon(day))

    assert Listing.objects.filter(partner=expert).exists() is published


def test_w17_new_pass_on_the_last_good_day_leaves_no_gap(expert: Partner) -> None:
    last_good = date(2026, 8, 8)
    person = cast.person("Hal")
    cast.employment(person, expert, JobRole.objects.get())
    cast.certificate(person, Certification.objects.get(), since=last_good)

    judge_all(noon(last_good))
    assert Accreditation.objects.get(partner=expert).standing == "accredited"
    assert Award.objects.count() == 1


def test_w17_both_readings_of_the_past(expert: Partner) -> None:
    assert people_on(expert, date(2026, 4, 30), Reading.KNOWN) == ("3", "3")
    assert people_on(expert, date(2026, 2, 1), Reading.CORRECTED) == ("2", "3")


def test_w17_recorded_evaluation_stays_and_is_to_be_looked_at_again(expert: Partner) -> None:
    met, fallen = Evaluation.objects.order_by("recorded_at", "id")

    found = overtaken(expert, "authorized-service", MAY_10)
    assert [one.evaluation.pk for one in found] == [met.pk]
    assert verdict_of(met).level == "authorized"
    assert fallen.judged_on == MAY_10
