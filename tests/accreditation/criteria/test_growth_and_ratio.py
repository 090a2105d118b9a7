"""Figures against others: a ratio, and growth since a year before."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from accreditation.criteria.judge import judge
from accreditation.criteria.periods import DAY
from accreditation.criteria.records import DocumentAccepted
from accreditation.criteria.verdicts import Cause, CauseCode, ReasonCode, Result
from tests.accreditation.criteria.figures import YEAR, known, metric, reading
from tests.accreditation.criteria.test_document import problems
from tests.accreditation.criteria.worlds import (
    LONG_AGO,
    TODAY,
    certificate,
    counted,
    document,
    employee,
    finding_on,
    leaf,
    reasons,
    rules,
    through,
)
from tests.accreditation.criteria.worlds import facts as facts_of

ACTIVE = {
    "kind": "records_counted",
    "records": "deployments",
    "distinct": "customer",
    "window": {"rolling_months": 36},
    "where": {"stages": ["active"]},
}


@pytest.mark.parametrize("moves", ["numerator", "denominator"])
def test_ratio_changes_with_either_of_its_measures(moves):
    other = "denominator" if moves == "numerator" else "numerator"
    measures = {
        moves: {"kind": "metric", "metric": "moving", "take": "latest"},
        other: {"kind": "metric", "metric": "still", "take": "latest"},
    }
    facts = known(
        reading(1, metric="still", record="s"),
        reading(1, metric="moving", record="m1"),
        reading(2, TODAY + DAY, metric="moving", record="m2"),
    )

    bar = {"less_than": 2} if moves == "numerator" else {"at_least": 1}

    finding = finding_on(TODAY, leaf("ratio", **bar, **measures), facts)

    assert (finding.result, finding.changes_on) == (Result.MET, TODAY + DAY)
    assert finding.cause is not None
    assert finding.cause.record in {"m1", "m2"}
    assert [counted(part) for part in finding.children] == (
        [["m1"], ["s"]] if moves == "numerator" else [["s"], ["m1"]]
    )


def test_ratio_shows_what_is_divided_and_by_what():
    measures = {
        name: {"kind": "metric", "metric": name, "take": "latest"}
        for name in ("numerator", "denominator")
    }
    facts = known(reading(15, metric="numerator", record="n"))
    later = known(*facts.readings, reading(20, TODAY + DAY, metric="denominator", record="d"))

    unknown = finding_on(TODAY, leaf("ratio", at_least=0.5, **measures), facts)
    finding = finding_on(TODAY, leaf("ratio", at_least=0.5, **measures), later)
    then = finding_on(TODAY + DAY, leaf("ratio", at_least=0.5, **measures), later)

    assert (then.have, then.counted, then.not_counted) == (Decimal("0.75"), (), ())
    assert [(one.kind, one.have, one.need) for one in then.children] == [
        ("numerator", 15, 0),
        ("denominator", 20, 0),
    ]
    [above, below] = finding.children
    assert (above.result, above.changes_on) == (Result.MET, None)
    assert (below.result, below.changes_on) == (Result.CANNOT_BE_JUDGED, TODAY + DAY)
    assert below.cause == Cause(CauseCode.RECORD_STARTS, "d")
    assert [one.result for one in unknown.children] == [Result.MET, Result.CANNOT_BE_JUDGED]


@pytest.mark.parametrize(
    ("kept", "of", "result"),
    [(7, 10, Result.MET), (6_999, 10_000, Result.NOT_MET), (699_999, 10**6, Result.NOT_MET)],
)
def test_ratio_is_compared_exactly(kept, of, result):
    facts = known(reading(kept, metric="kept", record="k"), reading(of, metric="all", record="a"))
    measures = {
        "numerator": {"kind": "metric", "metric": "kept", "take": "latest"},
        "denominator": {"kind": "metric", "metric": "all", "take": "latest"},
    }

    assert finding_on(TODAY, leaf("ratio", at_least=0.7, **measures), facts).result is result


def test_ratio_falls_by_what_more_it_is_divided_by():
    """One certificate ends on the day on which two begin: those two make the share smaller."""
    share = leaf(
        "ratio",
        numerator={"kind": "certificates_held", "certifications": ["expert"]},
        denominator={"kind": "certificates_held", "certifications": ["associate"]},
        at_least=1,
    )
    known_ = facts_of(
        employee("Edda"),
        certificate("Edda", "expert"),
        certificate("Edda", "associate", record="ends", last=TODAY),
        certificate("Edda", "associate", record="begins", since=TODAY + DAY),
        certificate("Edda", "associate", record="begins too", since=TODAY + DAY),
    )

    finding = finding_on(TODAY, share, known_)

    assert (finding.result, finding.changes_on) == (Result.MET, TODAY + DAY)
    assert finding.cause == Cause(CauseCode.CERTIFICATE_STARTS, "begins", "Edda")


@pytest.mark.parametrize("bar", [{"at_least": 0.7}, {"at_most": 0.7}], ids=str)
@pytest.mark.parametrize("kept", [0, 1])
def test_what_is_divided_by_nothing_cannot_be_judged(kept, bar):
    facts = known(reading(kept, metric="kept", record="k"), reading(0, metric="all", record="a"))
    measures = {
        "numerator": {"kind": "metric", "metric": "kept", "take": "latest"},
        "denominator": {"kind": "metric", "metric": "all", "take": "latest"},
    }

    finding = finding_on(TODAY, leaf("ratio", **bar, **measures), facts)

    assert finding.result is Result.CANNOT_BE_JUDGED


def of_latest(**names: str):
    return {
        part: {"kind": "metric", "metric": metric, "take": "latest"}
        for part, metric in names.items()
    }


@pytest.mark.parametrize("unknown", ["numerator", "denominator"])
def test_what_is_unknown_on_either_side_leaves_the_ratio_unknown(unknown):
    facts = known(reading(10, metric="here"))
    measures = of_latest(**{"numerator": "here", "denominator": "here", unknown: "missing"})

    assert finding_on(TODAY, leaf("ratio", at_least=1, **measures), facts).result is (
        Result.CANNOT_BE_JUDGED
    )


@pytest.mark.parametrize("pending", ["numerator", "denominator"])
def test_what_is_pending_on_either_side_leaves_the_ratio_unknown(pending):
    plans = tuple(
        DocumentAccepted(id=key, kind="plan", period=through(LONG_AGO), pending=key == "waits")
        for key in ("accepted", "waits")
    )
    facts = replace(known(reading(1, metric="here")), documents=plans)
    measures = of_latest(numerator="here", denominator="here")
    measures[pending] = {"kind": "document_accepted", "documents": ["plan"]}

    finding = finding_on(TODAY, leaf("ratio", at_least=1, **measures), facts)

    assert (finding.result, finding.have) == (Result.CANNOT_BE_JUDGED, 0)


@pytest.mark.parametrize("moves", ["numerator", "denominator"])
def test_ratio_is_looked_at_again_when_other_records_make_it_up(moves):
    facts = known(
        reading(10, metric="still"),
        reading(10, metric="moving"),
        reading(10, TODAY + DAY, metric="moving"),
    )
    measures = of_latest(**{"numerator": "still", "denominator": "still", moves: "moving"})

    verdict = judge(rules(leaf("ratio", at_least=1, **measures)), facts, TODAY)

    assert (verdict.changes_on, verdict.review_on) == (None, TODAY + DAY)


RATIOS = [
    ({"numerator": ACTIVE}, "criteria.denominator: is missing"),
    ({"numerator": {"kind": "judgement"}}, "criteria.numerator.kind: counts nothing that could"),
    ({"numerator": {"kind": "decided_by_person"}}, "criteria.numerator.kind: counts nothing"),
    ({"numerator": {"kind": "metric", "at_least": 1}}, "criteria.numerator.metric: is missing"),
    ({"numerator": ACTIVE | {"at_least": 1}}, "criteria.numerator.at_least: is not known here"),
]


@pytest.mark.parametrize(("node", "problem"), RATIOS, ids=[text for _, text in RATIOS])
def test_measure_with_a_mistake_is_refused_at_its_place(node, problem):
    found = problems(document(leaf("ratio", at_least=1, **node)))

    assert any(one.startswith(problem) for one in found)


def growth(**more):
    more = more if "at_least" in more else {**more, "more_than": 0}
    node = {
        "metric": "points",
        "take": "latest",
        "as": "difference",
        "window": {"closed_months": 1},
    }
    return leaf("growth", **{**node, **more})


def month(value, day: str, record="", **more):
    return reading(value, date.fromisoformat(day), record, metric="points", **more)


POINTS = known(month(118, "2025-08-31", "then"), month(120, "2026-08-31", "now"))


def test_growth_is_against_the_same_month_a_year_before():
    september = finding_on(date(2026, 9, 15), growth(), POINTS)

    assert (september.result, september.have, september.need) == (Result.MET, 2, 0)
    assert counted(september) == ["now", "then"]


def test_month_that_is_not_closed_or_known_cannot_be_judged():
    august = finding_on(date(2026, 8, 31), growth(), POINTS)
    october = finding_on(date(2026, 10, 1), growth(), POINTS)

    assert (august.result, august.changes_on) == (Result.CANNOT_BE_JUDGED, date(2026, 9, 1))
    assert august.cause == Cause(CauseCode.RECORD_STARTS, "now")
    assert october.result is Result.CANNOT_BE_JUDGED
    assert set(reasons(october).values()) == {ReasonCode.OUTSIDE_WINDOW}


@pytest.mark.parametrize(("then", "have"), [("100", "0.2"), ("0", None)])
def test_growth_may_be_a_share_of_what_was_there(then, have):
    facts = known(month(then, "2025-08-31"), month(120, "2026-08-31"))

    finding = finding_on(date(2026, 9, 1), growth(**{"as": "share"}), facts)

    assert (finding.result is Result.MET) is (have is not None)
    assert finding.have == Decimal(have or 0)


def test_growth_adds_what_was_sold_in_the_months():
    facts = known(
        *(month(10, f"2025-0{number}-15") for number in (4, 5, 6)),
        *(month(11, f"2026-0{number}-15") for number in (4, 5, 6)),
        month(99, "2026-06-20", "foreign", currency="EUR"),
    )
    node = growth(take="sum", window={"closed_quarters": 1}, at_least=3, against_months=12)
    in_dollars = {**node, "currency": "USD"}

    assert finding_on(date(2026, 7, 1), node, facts).have == 102
    assert set(reasons(finding_on(date(2026, 7, 1), in_dollars, facts)).values()) == {
        ReasonCode.WRONG_CURRENCY
    }


@pytest.mark.parametrize(
    ("day", "against", "result", "have"),
    [
        ("2026-02-27", 12, Result.NOT_MET, -40),
        ("2026-02-28", 12, Result.MET, 30),
        ("2027-02-27", 12, Result.MET, 30),
        ("2026-02-28", 24, Result.NOT_MET, -10),
        ("2027-02-28", 12, Result.CANNOT_BE_JUDGED, 0),
    ],
)
def test_growth_of_a_year_is_against_the_years_before(day, against, result, have):
    """Acme's fiscal years begin on the last day of February: that of 2024 on the 29th."""
    acme = known(
        month(140, "2023-06-01", "third year"),
        month(100, "2024-02-29", "second year begins"),
        month(130, "2026-02-27", "first year ends"),
    )
    node = growth(take="sum", window={"closed_year_from": "02-29"}, against_months=against)

    finding = finding_on(date.fromisoformat(day), node, acme)

    assert (finding.result, finding.have) == (result, have)


def test_year_grows_only_against_whole_years():
    node = growth(window={"closed_year_from": "04-01"}, against_months=6)

    assert problems(document(node)) == ["criteria.against_months: must be one of: 12, 24, 36, …"]


@pytest.mark.parametrize(
    ("window", "problem"),
    [
        ({"year_from": "01-01"}, "criteria.window: must be one of: closed_months, closed_q"),
        ({"rolling_days": 1}, "criteria.window: must be one of: closed_months, closed_q"),
        (None, "criteria.window: is missing"),
    ],
)
def test_growth_is_about_whole_months(window, problem):
    assert problems(document(growth(window=window)))[0].startswith(problem)


def share(key: str, need: float):
    window = {"window": YEAR}
    cloud = {"kind": "metric", "metric": "cloud", "take": "sum", **window}
    return leaf(
        "ratio", key, numerator=cloud, denominator={**cloud, "metric": "gross"}, at_least=need
    )


def sales_level(level: str, gross: int, part: float, metric_: str, alone: int):
    both = {
        "all": [
            metric(key=f"{level}-gross", metric="gross", at_least=gross, window=YEAR),
            share(f"{level}-share", part),
        ]
    }
    other = metric(key=f"{level}-alone", metric=metric_, at_least=alone, window=YEAR)
    return {"key": level, "name": {"en": level}, "criteria": {"any": [both, other]}}


def test_w21_levels_that_are_not_nested():
    program = rules(
        None,
        sales_level("silver", 100_000, 0.15, "gross", 10**12),
        sales_level("gold", 500_000, 0.25, "gross", 3_000_000),
        sales_level("platinum", 1_000_000, 0.35, "cloud", 2_000_000),
        nested_levels=False,
    )
    facts = known(
        reading(3_200_000, TODAY, metric="gross"), reading(160_000, TODAY, metric="cloud")
    )

    verdict = judge(program, facts, TODAY)

    assert verdict.level == "gold"
    assert [level.met for level in verdict.levels] == [False, True, False]
