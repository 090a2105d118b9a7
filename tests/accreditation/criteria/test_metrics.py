"""Figures delivered from outside: sums, newest, medians."""

from datetime import date
from decimal import Decimal

import pytest

from accreditation.criteria.periods import DAY, Period
from accreditation.criteria.records import MetricReading
from accreditation.criteria.verdicts import Cause, CauseCode, ReasonCode, Result
from tests.accreditation.criteria.figures import YEAR, known, metric, reading
from tests.accreditation.criteria.test_document import problems
from tests.accreditation.criteria.worlds import (
    LONG_AGO,
    TODAY,
    counted,
    document,
    finding_on,
    leaf,
    reasons,
)


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


@pytest.mark.parametrize(
    ("take", "have"), [("sum", 16), ("mean", 8), ("median", 8), ("largest", 11), ("smallest", 5)]
)
def test_readings_of_an_item_may_be_summed_before_anything_is_made_of_them(take, have):
    facts = known(
        reading(3, LONG_AGO, "a1", item="a"),
        reading(2, TODAY, "a2", item="a"),
        reading(4, TODAY, "b", item=""),
        reading(7, TODAY, "c", item=""),
    )

    finding = finding_on(TODAY, metric(take, per="item"), facts)

    assert (finding.have, reasons(finding)) == (have, {})


def test_share_of_one_item_falls_as_its_older_figures_leave_the_window():
    share = leaf(
        "ratio",
        numerator={"kind": "metric", "metric": "revenue", "take": "largest", "per": "item",
                   "window": YEAR},
        denominator={"kind": "metric", "metric": "revenue", "take": "sum", "window": YEAR},
        at_most=0.4,
    )  # fmt: skip
    facts = known(
        reading(20, date(2025, 3, 3), "old", item="a"),
        *(reading(40, TODAY, key, item=key) for key in "abc"),
    )

    finding = finding_on(TODAY, share, facts)

    assert (finding.result, finding.changes_on) == (Result.NOT_MET, TODAY + DAY)
    assert [part.have for part in finding.children] == [60, 140]
    assert finding.cause == Cause(CauseCode.RECORD_TOO_OLD, "old")


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


FIGURES = [
    (metric(rates={"EUR": 1}), "criteria.currency: is missing"),
    (metric(currency="USD", rates={"EUR": 0}), "criteria.rates.EUR: must be a number above zero"),
    (metric("latest", per="item"), "criteria.take: must be one of: sum, mean, median, largest"),
    (metric("most"), "criteria.take: must be one of: sum, latest"),
    (metric(at_least="many"), "criteria.at_least: must be a number"),
    (metric(at_least={"gold": 0.5, "iron": 1}), "criteria.at_least.iron: is not a level"),
]


@pytest.mark.parametrize(("node", "problem"), FIGURES, ids=[text for _, text in FIGURES])
def test_figure_with_a_mistake_is_refused_at_its_place(node, problem):
    assert problems(document(node))[0].startswith(problem)
