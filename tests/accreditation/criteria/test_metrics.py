"""Figures delivered from outside: sums, newest, medians, growth, ratios, every item."""

from datetime import date
from decimal import Decimal
from itertools import count

import pytest

from accreditation.criteria.facts import PartnerFacts
from accreditation.criteria.judge import judge
from accreditation.criteria.periods import DAY, Period
from accreditation.criteria.records import Deployment, MetricReading
from accreditation.criteria.verdicts import Cause, CauseCode, ReasonCode, Result
from tests.accreditation.criteria.test_document import problems
from tests.accreditation.criteria.worlds import (
    LONG_AGO,
    TODAY,
    counted,
    document,
    finding_on,
    leaf,
    reasons,
    rules,
    through,
)

_numbers = count()


def reading(value, day=LONG_AGO, record="", metric="revenue", **more) -> MetricReading:
    return MetricReading(
        record or f"r{next(_numbers):03}", metric, through(day, day), Decimal(value), **more
    )


def known(*readings: MetricReading) -> PartnerFacts:
    return PartnerFacts(readings=readings)


def metric(take: str = "sum", key: str = "figure", **more):
    more = (
        more
        if {"at_least", "more_than", "at_most", "less_than"} & set(more)
        else {
            **more,
            "at_least": 1,
        }
    )
    return leaf("metric", key, **{"metric": "revenue", "take": take, **more})


YEAR = {"rolling_months": 12}


@pytest.mark.parametrize(
    ("day", "result"), [(date(2025, 3, 2), Result.NOT_MET), (date(2025, 3, 3), Result.MET)]
)
def test_sum_looks_back_so_many_months(day, result):
    facts = known(reading("60", day, "first"), reading("40", TODAY, "last"))

    assert finding_on(TODAY, metric(at_least=100, window=YEAR), facts).result is result


def test_sum_changes_by_itself_when_a_reading_becomes_too_old():
    facts = known(reading("60", date(2025, 3, 3), "first"), reading("40", TODAY, "last"))

    finding = finding_on(TODAY, metric(at_least=100, window=YEAR), facts)

    assert (finding.have, counted(finding)) == (100, ["first", "last"])
    assert finding.changes_on == TODAY + DAY
    assert finding.cause == Cause(CauseCode.RECORD_TOO_OLD, "first")


def test_w20_spend_of_several_areas_is_added_exactly():
    spend = {"search": "9000", "video": "499.99", "shopping": "600"}
    facts = known(
        *(
            reading(value, TODAY, name, metric="spend", attributes={"area": name})
            for name, value in spend.items()
        )
    )

    finding = finding_on(
        TODAY, metric(metric="spend", at_least=10000, window={"rolling_days": 90}), facts
    )

    assert (finding.result, finding.have) == (Result.MET, Decimal("10099.99"))


@pytest.mark.parametrize(("value", "result"), [("0.6999", Result.NOT_MET), ("0.70", Result.MET)])
def test_w20_score_that_shows_as_70_percent_is_not_enough(value, result):
    assert finding_on(TODAY, metric("latest", at_least=0.7), known(reading(value))).result is result


def test_no_reading_at_all_cannot_be_judged():
    finding = finding_on(TODAY, metric(), known(reading("5", metric="another")))

    assert (finding.result, finding.have) == (Result.CANNOT_BE_JUDGED, 0)


def test_no_reading_may_mean_zero():
    assert finding_on(TODAY, metric(if_none="zero"), known()).result is Result.NOT_MET


@pytest.mark.parametrize(
    ("take", "have"),
    [
        ("sum", "16"),
        ("latest", "13"),
        ("mean", "4.333333333333333333333333333"),
        ("median", "4"),
        ("largest", "7"),
        ("smallest", "2"),
    ],
)
def test_all_but_the_sum_take_the_newest_reading_of_each_item(take, have):
    facts = known(
        reading(3, LONG_AGO, "old", item="a"),
        reading(2, TODAY, "a", item="a"),
        reading(4, TODAY, "b", item="b"),
        reading(7, TODAY, "c", item="c"),
    )

    finding = finding_on(TODAY, metric(take), facts)

    assert finding.have == Decimal(have)
    superseded = {} if take == "sum" else {"old": ReasonCode.SUPERSEDED_READING}
    assert reasons(finding) == superseded


def test_median_of_an_even_number_is_the_mean_of_the_two_in_the_middle():
    facts = known(*(reading(value, item=str(value)) for value in (1, 2, 5, 9)))

    assert finding_on(TODAY, metric("median"), facts).have == Decimal("3.5")


def test_newer_reading_takes_over_on_its_day():
    facts = known(reading(5, LONG_AGO, "old"), reading(0, TODAY + DAY, "new"))

    finding = finding_on(TODAY, metric("latest"), facts)

    assert (finding.result, finding.changes_on) == (Result.MET, TODAY + DAY)
    assert finding.cause == Cause(CauseCode.RECORD_SUPERSEDED, "old")


def test_of_two_readings_of_a_day_the_later_id_is_the_newest():
    finding = finding_on(
        TODAY, metric("latest"), known(reading(5, record="a"), reading(0, record="b"))
    )

    assert (finding.have, reasons(finding)) == (0, {"a": ReasonCode.SUPERSEDED_READING})


def test_reading_outside_fixed_days_is_never_taken():
    window = {"fixed": {"from": "2026-01-01", "through": "2026-12-31"}}
    facts = known(
        reading(5, date(2025, 12, 31), "before"),
        reading(6, date(2026, 1, 1), "in"),
        reading(7, date(2027, 1, 1), "after"),
    )

    finding = finding_on(date(2027, 6, 1), metric("latest", window=window), facts)

    assert (finding.have, counted(finding)) == (6, ["in"])


def test_reading_without_an_end_is_in_force_since_its_start():
    facts = known(MetricReading("r", "revenue", Period(TODAY), Decimal(5)))

    assert finding_on(TODAY, metric("latest"), facts).have == 5
    assert finding_on(TODAY - DAY, metric("latest"), facts).result is Result.CANNOT_BE_JUDGED


def test_amounts_are_taken_in_one_currency():
    facts = known(
        reading(100, record="usd", currency="USD"),
        reading(88, record="eur", currency="EUR"),
        reading(1, record="xau", currency="XAU"),
    )

    finding = finding_on(TODAY, metric(currency="USD", rates={"EUR": 0.88}), facts)

    assert (finding.have, reasons(finding)) == (200, {"xau": ReasonCode.WRONG_CURRENCY})


def test_w09_net_users_of_the_last_twelve_months():
    kinds = {"attributes": {"kind": ["new", "upsell", "downsell", "churn"]}}
    node = leaf(
        "metric",
        metric="users",
        take="sum",
        where=kinds,
        window=YEAR,
        at_least={"silver": 75, "gold": 300},
    )
    sales = [
        (40, "2025-09-30", "new"),
        (120, "2025-10-01", "new"),
        (200, "2026-01-01", "new"),
        (30, "2026-01-02", "upsell"),
        (-25, "2026-02-01", "downsell"),
        (-10, "2026-03-01", "churn"),
        (500, "2026-04-01", "renewal"),
    ]
    facts = known(
        *(
            reading(value, date.fromisoformat(day), metric="users", attributes={"kind": kind})
            for value, day, kind in sales
        )
    )
    program = rules(node, "silver", "gold")

    review = judge(program, facts, date(2026, 9, 30))
    december = judge(program, facts, date(2026, 12, 31))

    assert (review.level, review.of("gold").finding.have) == ("gold", 315)
    assert (december.level, december.of("gold").finding.have) == ("silver", 195)


ACTIVE = {
    "kind": "records_counted",
    "records": "deployments",
    "distinct": "customer",
    "window": {"rolling_months": 36},
    "where": {"stages": ["active"]},
}
RETENTION = leaf(
    "ratio",
    numerator=ACTIVE,
    denominator={name: value for name, value in ACTIVE.items() if name != "where"},
    at_least={"silver": 0.7, "gold": 0.8},
)


def customers(active: int, lost: int) -> PartnerFacts:
    return PartnerFacts(
        deployments=tuple(
            Deployment(
                id=f"d{number:02}",
                customer=f"c{number}",
                completed_on=date(2025, 1, 1),
                confirmed_on=date(2025, 1, 1),
                stage="active" if number < active else "lost",
            )
            for number in range(active + lost)
        )
    )


@pytest.mark.parametrize(
    ("active", "lost", "level", "have"),
    [
        (15, 5, "silver", "0.75"),
        (16, 4, "gold", "0.8"),
        (2, 1, None, "0.6666666666666666666666666667"),
    ],
)
def test_w09_retention_is_an_exact_ratio(active, lost, level, have):
    verdict = judge(rules(RETENTION, "silver", "gold"), customers(active, lost), TODAY)

    assert (verdict.level, verdict.of("silver").finding.have) == (level, Decimal(have))
    assert len(verdict.of("silver").finding.counted) == active


def test_w09_retention_of_no_customers_cannot_be_judged():
    verdict = judge(rules(RETENTION, "silver", "gold"), PartnerFacts(), TODAY)

    assert verdict.of("silver").result is Result.CANNOT_BE_JUDGED


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
    assert counted(finding) == (["m1", "s"] if moves == "numerator" else ["s", "m1"])


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


def test_w26_growth_against_the_same_month_a_year_before():
    september = finding_on(date(2026, 9, 15), growth(), POINTS)

    assert (september.result, september.have, september.need) == (Result.MET, 2, 0)
    assert counted(september) == ["now", "then"]


def test_w26_month_that_is_not_closed_or_known_cannot_be_judged():
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
    ("window", "problem"),
    [
        ({"rolling_days": 1}, "criteria.window: must have exactly one of: closed_months, closed_q"),
        (None, "criteria.window: is missing"),
    ],
)
def test_growth_is_about_whole_months(window, problem):
    assert problems(document(growth(window=window)))[0].startswith(problem)


def apps() -> PartnerFacts:
    def app(name: str, installs: int, **attributes: str):
        return reading(installs, metric="installs", record=name, item=name, attributes=attributes)

    return known(
        app("Z", 500, hosting="server", approved="yes"),
        app("V", 499, hosting="server", approved="no"),
        app("X", 100, hosting="cloud", bounty="no"),
        app("Y", 101, hosting="cloud", bounty="yes"),
    )


def every(hosting: str, must: str, **which):
    return leaf(
        "every_item",
        metric="installs",
        where={"attributes": {"hosting": [hosting]}},
        must={must: ["yes"]},
        **({"which": which} if which else {}),
    )


@pytest.mark.parametrize(
    ("node", "result", "counts", "fails"),
    [
        (every("server", "approved", at_least=500), Result.MET, ["Z"], []),
        (every("server", "approved"), Result.NOT_MET, ["Z"], ["V"]),
        (every("cloud", "bounty", more_than=100), Result.MET, ["Y"], []),
        (every("cloud", "bounty"), Result.NOT_MET, ["Y"], ["X"]),
        (every("cloud", "bounty", top=1), Result.MET, ["Y"], []),
        (every("cloud", "bounty", at_most=100), Result.NOT_MET, [], ["X"]),
        (every("desktop", "bounty"), Result.MET, [], []),
    ],
)
def test_w21_every_item_that_is_chosen_must_be_as_required(node, result, counts, fails):
    finding = finding_on(TODAY, node, apps())

    assert (finding.result, counted(finding)) == (result, counts)
    assert reasons(finding) == dict.fromkeys(fails, ReasonCode.NOT_AS_REQUIRED)
    assert (finding.have, finding.need) == (len(counts), len(counts) + len(fails))


def test_item_that_grows_is_asked_by_itself():
    facts = known(
        reading(99, record="a", metric="installs", item="A", attributes={"hosting": "cloud"}),
        reading(
            101,
            TODAY + DAY,
            record="b",
            metric="installs",
            item="A",
            attributes={"hosting": "cloud"},
        ),
    )

    today, tomorrow = (
        finding_on(day, every("cloud", "bounty", more_than=100), facts)
        for day in (TODAY, TODAY + DAY)
    )

    assert (today.result, today.changes_on) == (Result.MET, TODAY + DAY)
    assert today.cause == Cause(CauseCode.RECORD_SUPERSEDED, "a")
    assert reasons(tomorrow) == {
        "a": ReasonCode.SUPERSEDED_READING,
        "b": ReasonCode.NOT_AS_REQUIRED,
    }


def test_item_that_is_repaired_is_met_by_itself():
    facts = known(
        reading(1, record="a", metric="installs", item="A", attributes={"hosting": "cloud"}),
        reading(
            1,
            TODAY + DAY,
            record="b",
            metric="installs",
            item="A",
            attributes={"hosting": "cloud", "bounty": "yes"},
        ),
    )

    finding = finding_on(TODAY, every("cloud", "bounty"), facts)

    assert (finding.result, finding.changes_on) == (Result.NOT_MET, TODAY + DAY)
    assert finding.cause == Cause(CauseCode.RECORD_STARTS, "b")


ITEMS = [
    (leaf("every_item", metric="a"), "criteria.must: is missing"),
    (leaf("every_item", metric="a", must={}), "criteria.must: is missing"),
    (
        leaf("every_item", metric="a", must={"b": ["c"]}, which={"at_least": 1, "at_most": 2}),
        "criteria.which: must have exactly one of: at_least",
    ),
    (metric(rates={"EUR": 1}), "criteria.currency: is missing"),
    (metric(currency="USD", rates={"EUR": 0}), "criteria.rates.EUR: must be a number above zero"),
    (metric("most"), "criteria.take: must be one of: sum, latest"),
    (metric(at_least="many"), "criteria.at_least: must be a number"),
    (metric(at_least={"gold": 0.5, "iron": 1}), "criteria.at_least.iron: is not a level"),
]


@pytest.mark.parametrize(("node", "problem"), ITEMS, ids=[text for _, text in ITEMS])
def test_figure_with_a_mistake_is_refused_at_its_place(node, problem):
    assert problems(document(node))[0].startswith(problem)


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
