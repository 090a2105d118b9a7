"""Rows of requirements about amounts: in which currency or unit they are, whatever records say."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from accreditation.criteria.facts import PartnerFacts
from accreditation.criteria.records import MetricReading
from tests.accreditation.criteria.worlds import facts, leaf, through
from tests.portal.look.test_requirements import FIRST, done, numbers, row_of


def test_growth_as_a_share_is_shown_as_one() -> None:
    node = leaf("growth", metric="sales", take="sum", window={"closed_months": 1},
                at_least=0.1, **{"as": "share"})  # fmt: skip

    assert str(row_of(node, facts()).asked) == "at least 10% needed"


def test_a_sum_is_said_in_the_currency_that_is_asked_whatever_the_records_are_in() -> None:
    node = leaf("metric", metric="sales", take="sum", at_least=10000, currency="USD",
                rates={"EUR": 0.5})  # fmt: skip
    readings = (MetricReading("m", "sales", through(FIRST), Decimal(100), currency="EUR"),)

    shown, empty = (
        str(row_of(node, PartnerFacts(readings=known)).asked) for known in (readings, ())
    )

    assert (shown, empty) == ("at least 10,000 USD needed", "at least 10,000 USD needed")


def largest_share(**more: Any) -> dict[str, Any]:
    """Return a criterion: the largest customer's share of what all deployments are worth."""
    worth = {"kind": "records_value", "records": "deployments", **more}
    return leaf(
        "ratio",
        numerator={**worth, "take": "largest", "per": "customer"},
        denominator={**worth, "take": "sum"},
        at_most=0.4,
    )


def test_parts_of_a_share_are_in_the_currency_that_is_asked_whatever_the_records_are_in() -> None:
    known = PartnerFacts(
        deployments=(
            done(1, value=Decimal(150), currency="EUR"),
            done(2, value=Decimal(50), currency="EUR", customer="l"),
            done(3, currency="EUR"),
        )
    )

    row = row_of(largest_share(currency="USD", rates={"EUR": 0.5}), known)

    assert numbers(row)[:2] == ("75%", "at most 40% allowed")
    assert "300 of 400" in str(row.summary)
    assert [(str(part.have), str(part.asked)) for part in row.parts] == [
        ("300", "USD"),
        ("400", "USD"),
    ]
    assert [str(one.reason) for one in row.parts[0].records if not one.counts] == [
        "No, it does not say the number that is asked for"
    ]


def test_a_number_of_the_vendors_own_is_a_number_of_itself_and_of_no_currency() -> None:
    node = leaf("records_value", records="deployments", number="delivery-days", take="sum",
                at_least=500)  # fmt: skip
    spent = done(1, attributes={"delivery-days": "80.5"}, value=Decimal(9), currency="EUR")

    row = row_of(node, PartnerFacts(deployments=(spent,)))

    assert numbers(row)[:2] == ("80.5", "at least 500 delivery days needed")
    assert "419.5 delivery days missing" in str(row.summary)
