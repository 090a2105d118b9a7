"""W24: points by the date of the sale, the market, and the program's own currency table."""

from datetime import date
from decimal import Decimal

import pytest

from accreditation.criteria.facts import PartnerFacts
from accreditation.criteria.judge import judge
from accreditation.criteria.records import HeldLevel
from tests.accreditation.criteria.figures import reading
from tests.accreditation.criteria.worlds import LONG_AGO, TODAY, finding_of, through
from tests.accreditation.worked_examples.worlds import assumed, met

OLD_LINE, NEW_LINE = date(2021, 10, 1), date(2024, 3, 1)


def deal(amount: str, kind: str, line: date, *, currency: str = "USD", market: str = "mature"):
    return reading(
        amount,
        max(line, date(2024, 3, 1)),
        metric="recurring-revenue",
        currency=currency,
        attributes={"kind": kind, "market": market},
        dates={"line-sold": line},
    )


def partner(assisted: str = "800") -> PartnerFacts:
    return PartnerFacts(
        held_levels=(
            HeldLevel("c", "solutions-partner-certification", "certified", through(LONG_AGO)),
        ),
        readings=(
            deal("1000", "sourced", OLD_LINE),
            deal("1000", "sourced", NEW_LINE),
            deal("500", "sourced", OLD_LINE),
            deal(assisted, "assisted", NEW_LINE, currency="EUR", market="growth"),
            *(reading(tools, metric="tools-used", item=f"portal {tools}") for tools in (2, 3, 9)),
        ),
    )


def judged(limit: float, *, minimum: int = 1, known: PartnerFacts | None = None):
    """Judge with limits that the source does not state."""
    elite = {"gold": 1, "platinum": 1, "diamond": 1, "elite": limit}
    rules = assumed(
        "hubspot-solutions-points",
        usage=3,
        total=elite,
        sourced_min=dict.fromkeys(elite, minimum),
    )
    return judge(rules, known or partner(), TODAY)


@pytest.mark.parametrize(
    ("limit", "level"), [(149.54, "elite"), (149.55, "diamond"), (150, "diamond")]
)
def test_w24_rounding_decides_nothing(limit, level):
    verdict = judged(limit)

    assert verdict.level == level
    points = {one.key: one.have for one in finding_of(verdict, "elite", "total").children}
    assert points == {
        "total_sourced_old": 45,
        "total_sourced_new": 50,
        "total_sourced_new_growth": 0,
        "total_assisted": 0,
        "total_assisted_growth": Decimal("54.54545454545454545454545455"),
        "total_managed": 0,
        "total_managed_growth": 0,
    }


@pytest.mark.parametrize(("minimum", "enough"), [(95, True), (96, False)])
def test_w24_sourced_minimum_does_not_see_assisted_deals(minimum, enough):
    verdict = judged(1, minimum=minimum)

    assert finding_of(verdict, "gold", "sourced_min").have == 95
    assert met(verdict, "gold", "sourced_min") is enough


def test_currency_that_the_table_does_not_have_counts_nothing():
    known = PartnerFacts(readings=(deal("800", "sourced", NEW_LINE, currency="CHF"),))

    assert finding_of(judged(1, known=known), "gold", "total").have == 0


def test_tools_are_taken_in_the_middle_of_all_portals():
    assert finding_of(judged(1), "gold", "usage").have == 3
