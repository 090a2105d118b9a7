"""The history of a node: sustained, on any day of a window, on snapshot days."""

from datetime import date

import pytest

from accreditation.criteria.facts import PartnerFacts
from accreditation.criteria.judge import judge
from accreditation.criteria.periods import DAY
from accreditation.criteria.verdicts import Cause, CauseCode, Finding, ReasonCode, Result
from tests.accreditation.criteria.figures import known, metric, reading
from tests.accreditation.criteria.test_wrapping import agreement, node, partner
from tests.accreditation.criteria.worlds import (
    TODAY,
    certificate,
    counted,
    employee,
    facts,
    finding_on,
    leaf,
    people,
    reasons,
    rules,
)

MET, NOT_MET, UNKNOWN = Result.MET, Result.NOT_MET, Result.CANNOT_BE_JUDGED


def scores(**by_day: int) -> PartnerFacts:
    """Return a score that is delivered on these days, written as d2026_03_31."""
    return known(
        *(
            reading(value, date.fromisoformat(day[1:].replace("_", "-")), day, metric="score")
            for day, value in by_day.items()
        )
    )


def reached(value: int = 70, key: str = "score"):
    return metric("latest", key=key, metric="score", at_least=value)


ANY_DAY = node("any_day", {"window": {"calendar_months": 5}}, then=reached())
ONE_DAY = scores(d2020_01_01=10, d2024_03_01=70, d2024_03_02=69)


def test_any_day_shows_today_s_score_beside():
    finding = finding_on(date(2024, 8, 15), ANY_DAY, ONE_DAY)

    assert (finding.have, finding.children[0].have) == (0, 69)
    assert finding.changes_on == date(2024, 9, 1)
    assert finding.cause == Cause(CauseCode.TIME_PASSES, "d2024_03_01")


def test_any_day_names_what_made_it_met_where_that_counts_no_more():
    finding = finding_on(date(2024, 8, 15), ANY_DAY, ONE_DAY)

    assert counted(finding) == ["d2024_03_01"]
    assert counted(finding.children[0]) == ["d2024_03_02"]
    assert counted(finding_on(date(2024, 3, 1), ANY_DAY, ONE_DAY)) == []
    assert counted(finding_on(date(2024, 9, 1), ANY_DAY, ONE_DAY)) == []


def test_any_day_of_months_that_are_over_names_what_counted_then():
    """From one close of the month to the next it is the same, whatever counts meanwhile."""
    closed = node("any_day", {"window": {"closed_months": 1}}, then=reached())
    known_ = scores(d2024_01_10=70, d2024_02_20=80)
    program = rules(closed)

    in_february = judge(program, known_, date(2024, 2, 20))
    in_march = judge(program, known_, date(2024, 3, 1))

    assert [counted(one.levels[0].finding) for one in (in_february, in_march)] == [
        ["d2024_01_10"],
        [],
    ]
    assert in_february.review_on == date(2024, 3, 1)


def test_any_day_begins_on_the_day_itself():
    finding = finding_on(date(2024, 2, 15), ANY_DAY, ONE_DAY)

    assert (finding.result, finding.changes_on) == (NOT_MET, date(2024, 3, 1))
    assert finding.cause == Cause(CauseCode.RECORD_STARTS, "d2024_03_01")


def test_any_day_that_cannot_be_judged_may_have_been_met():
    finding = finding_on(TODAY, ANY_DAY, scores(d2026_02_20=5))

    assert (finding.result, finding.changes_on) == (UNKNOWN, date(2026, 8, 1))


def test_fixed_window_opens_on_what_was_met_before():
    window = {"fixed": {"from": "2026-07-01", "through": "2026-12-31"}}
    node_ = node("any_day", {"window": window}, then=reached())

    finding = finding_on(TODAY, node_, scores(d2026_01_01=70))

    assert (finding.result, finding.changes_on) == (NOT_MET, date(2026, 7, 1))
    assert finding.cause == Cause(CauseCode.TIME_PASSES, "")


SUSTAINED = node("sustained", {"months": 6}, then=reached())


@pytest.mark.parametrize(
    ("day", "result"), [("2026-06-30", NOT_MET), ("2026-07-01", MET), ("2026-09-30", MET)]
)
def test_aws_tier_is_met_without_a_break_for_longer_than_six_months(day, result):
    facts_ = scores(d2025_01_01=10, d2026_01_01=70)

    assert finding_on(date.fromisoformat(day), SUSTAINED, facts_).result is result


def test_sustained_names_what_made_it_so_before():
    facts_ = scores(d2025_01_01=10, d2026_01_01=70, d2026_05_05=75)
    program = rules(SUSTAINED)

    then, later = (judge(program, facts_, day) for day in (date(2026, 7, 1), date(2026, 11, 5)))

    assert counted(then.levels[0].finding) == ["d2026_01_01"]
    assert counted(then.levels[0].finding.children[0]) == ["d2026_05_05"]
    assert (then.changes_on, then.review_on) == (None, date(2026, 11, 5))
    assert counted(later.levels[0].finding) == []


def test_break_of_a_day_starts_the_months_anew():
    facts_ = scores(d2025_01_01=70, d2026_01_01=10, d2026_01_02=70, d2026_08_01=1)

    finding = finding_on(TODAY, SUSTAINED, facts_)

    assert (finding.result, finding.changes_on) == (NOT_MET, date(2026, 7, 2))
    assert finding.cause == Cause(CauseCode.TIME_PASSES, "d2026_01_02")
    then = finding_on(date(2026, 7, 2), SUSTAINED, facts_)
    assert (then.result, then.changes_on) == (MET, date(2026, 8, 1))
    assert then.cause == Cause(CauseCode.RECORD_SUPERSEDED, "d2026_01_02")


SOPHOS = node(
    "snapshot",
    {"on": ["03-31"]},
    then={**people("certified", at_least=1), "kind": "certificates_held"},
)


def test_sophos_numbers_of_the_audit_day_hold_for_the_year():
    world = facts(employee("Edda"), certificate("Edda", last=date(2026, 4, 1)))

    finding = finding_on(date(2026, 10, 1), SOPHOS, world)

    assert (finding.result, finding.changes_on) == (MET, date(2027, 3, 31))
    assert finding.cause == Cause(CauseCode.TIME_PASSES, "Edda-engineer", "Edda")
    lapsed = finding_on(date(2027, 3, 31), SOPHOS, world)
    assert (lapsed.result, reasons(lapsed.children[0])) == (
        NOT_MET,
        {"Edda-engineer": ReasonCode.EXPIRED},
    )


def test_certificate_after_the_snapshot_helps_only_at_the_next():
    world = facts(employee("Edda"), certificate("Edda", since=date(2026, 4, 1)))

    finding = finding_on(date(2026, 4, 1), SOPHOS, world)

    assert (finding.result, finding.changes_on) == (NOT_MET, date(2027, 3, 31))


def test_snapshot_is_reviewed_when_it_shows_something_else():
    world = facts(
        employee("Edda"),
        certificate("Edda", record="a", last=date(2026, 4, 1)),
        certificate("Edda", record="b"),
    )
    program = rules(SOPHOS)

    verdict = judge(program, world, date(2026, 4, 1))

    assert (verdict.changes_on, verdict.review_on) == (None, date(2027, 3, 31))
    assert judge(program, world, date(2027, 3, 31)).review_on is None


def test_snapshot_that_shows_the_same_again_is_not_reviewed():
    """An absence between two snapshots is never seen."""
    world = facts(
        employee("Edda", record="first", last=date(2026, 6, 1)),
        employee("Edda", record="second", since=date(2026, 7, 1)),
        certificate("Edda"),
        employee("Paul"),
        certificate("Paul"),
    )

    verdict = judge(rules(SOPHOS), world, date(2026, 4, 1))

    assert (verdict.level, verdict.changes_on, verdict.review_on) == ("gold", None, None)
    assert judge(rules(SOPHOS), world, date(2027, 3, 31)) == verdict


QUARTERS = ["03-01", "06-01", "09-01", "12-01"]


def region(name: str, need: int, key: str):
    where = {"attributes": {"region": [name]}}
    return {
        "all": [
            metric(
                "latest",
                f"{key}-{name}-score",
                metric="score",
                where=where,
                at_least=need,
                if_none="zero",
            ),
            metric(
                "latest",
                f"{key}-{name}-people",
                metric="people",
                where=where,
                at_least=1,
                if_none="zero",
            ),
        ]
    }


def kept_for_the_year(key: str, need: int):
    """Return a level: reached at a quarterly check, in any region, and kept until 1 March."""
    best = {"any": [region(name, need, key) for name in ("emea", "apac")]}
    check = node("snapshot", {"on": QUARTERS}, then=best) | {"key": f"{key}-check"}
    year = node("any_day", {"window": {"year_from": "03-01"}}, then=check) | {"key": key}
    return {"key": key, "name": {"en": key}, "criteria": year}


SALESFORCE = rules(
    None, *(kept_for_the_year(*one) for one in (("ridge", 250), ("crest", 500), ("summit", 750)))
)


def regional(value: int, day: str, name: str, what: str = "score"):
    return reading(value, date.fromisoformat(day), metric=what, attributes={"region": name})


REGIONS = known(
    regional(480, "2026-01-01", "emea"),
    regional(3, "2026-01-01", "emea", "people"),
    regional(760, "2026-01-01", "apac"),
    regional(510, "2026-05-20", "emea"),
    regional(300, "2026-08-20", "emea"),
)


@pytest.mark.parametrize(
    ("day", "level"),
    [
        ("2026-03-01", "ridge"),
        ("2026-05-31", "ridge"),
        ("2026-06-01", "crest"),
        ("2026-09-01", "crest"),
        ("2027-02-28", "crest"),
        ("2027-03-01", "ridge"),
    ],
)
def test_what_a_check_found_is_kept_for_the_year(day, level):
    assert judge(SALESFORCE, REGIONS, date.fromisoformat(day)).level == level


def test_forecast_knows_the_day_on_which_the_year_ends():
    verdict = judge(SALESFORCE, REGIONS, date(2026, 9, 2))

    assert [(step.day, step.level) for step in verdict.outlook] == [(date(2027, 3, 1), "ridge")]


@pytest.mark.parametrize(
    "form",
    [
        node("sustained", {"months": 1}, then=agreement("a", at_least={"gold": 1})),
        node("snapshot", {"on": ["01-01"]}, then=agreement("a", at_least={"gold": 1})),
        node("any_day", {"window": {"rolling_days": 9}}, then=agreement("a", at_least={"gold": 1})),
    ],
)
def test_history_of_what_is_not_asked_of_a_level_is_not_asked(form):
    program = rules({"all": [form, leaf("listed", "l", listings=["a"])]}, "silver", "gold")

    verdict = judge(program, partner("a"), TODAY)

    assert [len(level.finding.children) for level in verdict.levels] == [1, 2]
    assert verdict.level == "gold"


def test_finding_of_a_history_survives_storage():
    finding = finding_on(TODAY, SOPHOS, partner("a"))

    assert Finding.from_json(finding.to_json()) == finding
    assert finding_on(TODAY + DAY, SOPHOS, partner("a")) == finding
