"""What records are worth is asked wherever a number may be: per level, looked up, within nodes."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from accreditation.criteria.facts import PartnerFacts
from accreditation.criteria.judge import judge
from accreditation.criteria.kinds.dossier import Phase
from accreditation.criteria.periods import DAY, Period
from accreditation.criteria.records import OrganizationAttribute, Transaction
from accreditation.criteria.verdicts import Cause, CauseCode, Result
from tests.accreditation.criteria.figures import item, score
from tests.accreditation.criteria.worlds import (
    LONG_AGO,
    TODAY,
    finding_of,
    finding_on,
    leaf,
    rules,
)

QUARTER = {"rolling_days": 90}
SALES = {"kind": "records_value", "records": "transactions", "take": "sum", "window": QUARTER}


def sales(need: Any, **more: Any) -> dict[str, Any]:
    """Return a criterion: sales of a quarter worth so much."""
    return leaf(**{**SALES, **more}, at_least=need)


def sale(value: int, region: str = "", made_on: date = TODAY) -> Transaction:
    key = f"{region}{value}"
    about = {"kind": "sale", "customer": "a", "region": region}
    return Transaction(id=key, made_on=made_on, value=Decimal(value), **about)


def sold(*found: Transaction, **more: Any) -> PartnerFacts:
    return PartnerFacts(transactions=found, **more)


def test_each_level_needs_its_own_sum() -> None:
    program = rules(sales({"silver": 100, "gold": 250.5}), "silver", "gold")

    assert judge(program, sold(sale(100), sale(150)), TODAY).level == "silver"
    assert judge(program, sold(sale(100), sale(151)), TODAY).level == "gold"


def test_sum_that_is_needed_depends_on_the_market_and_changes_with_it() -> None:
    markets = (("growth", Period(LONG_AGO, TODAY + DAY)), ("mature", Period(TODAY + DAY)))
    need = {"by": "market", "table": {"mature": 300, "growth": 200}}
    known = sold(
        sale(250),
        attributes=tuple(OrganizationAttribute(one, "market", one, held) for one, held in markets),
    )

    finding = finding_on(TODAY, sales(need), known)

    assert (finding.result, finding.changes_on) == (Result.MET, TODAY + DAY)
    assert finding.cause is not None
    assert finding.cause.code is CauseCode.ATTRIBUTE_CHANGES


def test_each_region_is_worth_its_own_sum() -> None:
    node = {
        "key": "regions",
        "text": {"en": "Two regions."},
        "grouped": {"by": "region", "at_least": 2},
        "then": sales(100),
    }
    spread = sold(sale(60, "north"), sale(40, "north"), sale(100, "south"))
    alone = sold(sale(190, "north"), sale(10, "south"))

    assert finding_on(TODAY, node, spread).result is Result.MET
    assert finding_on(TODAY, node, alone).result is Result.NOT_MET


def test_sum_that_was_reached_once_counts_on_any_day_of_the_year() -> None:
    node = {
        "key": "once",
        "text": {"en": "Once within a year."},
        "any_day": {"window": {"rolling_months": 12}},
        "then": sales(100),
    }
    spring = TODAY - timedelta(days=200)
    known = sold(sale(60, made_on=spring), sale(40, made_on=spring + timedelta(days=80)))

    assert finding_on(TODAY, sales(100), known).result is Result.CANNOT_BE_JUDGED
    assert finding_on(TODAY, node, known).result is Result.MET


def test_sum_that_was_reached_too_late_is_not_sustained() -> None:
    node = {
        "key": "steady",
        "text": {"en": "For two months."},
        "sustained": {"months": 2},
        "then": sales(100, if_none="zero"),
    }
    late = finding_on(TODAY, node, sold(sale(100, made_on=date(2026, 1, 3))))
    early = finding_on(TODAY, node, sold(sale(100, made_on=date(2026, 1, 2))))

    assert (late.result, early.result) == (Result.NOT_MET, Result.MET)
    assert late.changes_on == TODAY + DAY


def test_less_is_asked_to_keep_a_level_than_to_reach_it() -> None:
    program = rules(
        {
            "phases": {
                "initial": sales(100),
                "keep": sales(50, key="kept"),
                "renew": sales(75, key="renewed"),
            }
        }
    )
    known = sold(sale(60))

    met = {phase: judge(program, known, TODAY, phase=phase).met for phase in Phase}

    assert met == {Phase.INITIAL: False, Phase.KEEP: True, Phase.RENEW: False}


@pytest.mark.parametrize(("credit", "points"), [(0, 25), (-50, 20), (-900, 0)])
def test_value_earns_points_but_never_less_than_none(credit: int, points: int) -> None:
    node = score(item("worth", points=1, per=10, measure=SALES), at_least=20)

    finding = finding_on(TODAY, node, sold(sale(250), sale(credit)))

    assert finding.have == points


def test_sales_less_fees_are_what_is_left() -> None:
    node = leaf(
        "net", gains={**SALES, "kinds": ["sale"]}, losses={**SALES, "kinds": ["fee"]}, at_least=100
    )
    fee = Transaction(id="fee", customer="a", kind="fee", made_on=TODAY, value=Decimal(30))

    finding = finding_on(TODAY, node, sold(sale(120), fee))

    assert (finding.have, [one.have for one in finding.children]) == (90, [120, 30])


def test_what_sales_are_worth_may_be_shown_beside_what_is_asked() -> None:
    beside = {"key": "beside", "text": {"en": "Sales."}, "shown": SALES}
    asked = leaf("records_counted", "asked", records="transactions", distinct="record", at_least=1)

    verdict = judge(rules({"all": [asked, beside]}), sold(sale(70)), TODAY)

    shown = finding_of(verdict, "gold", "beside")
    assert (shown.have, shown.unit, verdict.review_on) == (70, "value", TODAY + timedelta(days=90))


def test_sum_ends_with_the_quarter_after_the_sale() -> None:
    finding = finding_on(TODAY, sales(100), sold(sale(100)))

    assert finding.changes_on == TODAY + timedelta(days=90)
    assert finding.cause == Cause(CauseCode.RECORD_TOO_OLD, "100")
