"""A program that asks for closed deals worth a million, at most 40 % of them with one customer."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from accreditation.criteria.document import Rules, parse
from accreditation.criteria.facts import PartnerFacts
from accreditation.criteria.judge import judge
from accreditation.criteria.records import Deployment, Transaction
from accreditation.criteria.verdicts import Cause, CauseCode, ReasonCode
from accreditation.criteria.yaml_source import load_yaml
from tests.accreditation.criteria.worlds import finding_of, reasons
from tests.accreditation.worked_examples.worlds import met

ON = date(2026, 6, 30)

PROGRAM = """
format: 1
program: {key: growth-partner, name: {en: Growth Partner}, kind: tier}
levels:
  - {key: select, name: {en: Select}}
  - key: premier
    name: {en: Premier}
    criteria:
      key: delivery
      kind: records_value
      text: {en: 500 days of delivery.}
      records: deployments
      number: days
      take: sum
      window: {rolling_months: 24}
      at_least: 500
criteria:
  all:
    - key: deals
      kind: records_value
      text: {en: Closed deals worth a million euros within a year.}
      records: transactions
      where: {stages: [closed]}
      take: sum
      currency: EUR
      rates: {USD: 1.25}
      window: {rolling_months: 12}
      at_least: 1000000
    - key: spread
      kind: ratio
      text: {en: No customer makes more than 40 % of that.}
      numerator:
        kind: records_value
        records: transactions
        where: {stages: [closed]}
        take: largest
        per: customer
        currency: EUR
        rates: {USD: 1.25}
        window: {rolling_months: 12}
      denominator:
        kind: records_value
        records: transactions
        where: {stages: [closed]}
        take: sum
        currency: EUR
        rates: {USD: 1.25}
        window: {rolling_months: 12}
      at_most: 0.4
"""


@pytest.fixture(scope="module")
def program() -> Rules:
    return parse(load_yaml(PROGRAM))


def deal(
    key: str, customer: str, value: str, *, on: date = date(2026, 3, 1), **more: Any
) -> Transaction:
    """Return a deal in euros that was closed, unless told else."""
    about = {"stage": "closed", "currency": "EUR", "pending": False} | more
    return Transaction(id=key, customer=customer, value=Decimal(value), made_on=on, **about)


ACME = (
    deal("contoso 1", "Contoso", "250000", on=date(2025, 7, 1)),
    deal("contoso 2", "Contoso", "150000"),
    deal("fabrikam", "Fabrikam", "437500", currency="USD"),
    deal("litware", "Litware", "250000"),
)
"""Acme's deals: exactly a million, exactly 40 % of it with Contoso."""


def with_deals(*deals: Transaction, days: int = 0) -> PartnerFacts:
    done = Deployment(
        id="rollout",
        customer="Litware",
        completed_on=date(2025, 1, 15),
        confirmed_on=date(2025, 1, 20),
        attributes={"days": str(days)},
    )
    return PartnerFacts(transactions=deals, deployments=(done,))


def test_acme_has_exactly_a_million_and_exactly_40_percent_with_contoso(program):
    verdict = judge(program, with_deals(*ACME, days=499), ON)

    spread = finding_of(verdict, "select", "spread")
    assert (verdict.level, met(verdict, "premier", "delivery")) == ("select", False)
    assert finding_of(verdict, "select", "deals").have == 1_000_000
    assert [(one.have, len(one.counted)) for one in spread.children] == [
        (400_000, 4),
        (1_000_000, 4),
    ]
    assert judge(program, with_deals(*ACME, days=500), ON).level == "premier"


def test_acme_falls_on_the_day_on_which_a_deal_is_a_year_old(program):
    """On 1 July the deal of 1 July 2025 is outside: 750,000 are left, 150,000 with Contoso."""
    known = with_deals(*ACME)
    verdict = judge(program, known, ON)
    deals = finding_of(verdict, "select", "deals")

    assert deals.changes_on == verdict.lapses_on == date(2026, 7, 1)
    assert deals.cause == Cause(CauseCode.RECORD_TOO_OLD, "contoso 1")
    then = judge(program, known, date(2026, 7, 1))
    assert (met(then, "select", "deals"), finding_of(then, "select", "deals").have) == (
        False,
        750_000,
    )


def test_one_euro_more_with_the_largest_customer_is_too_much(program):
    """400,001 of 1,000,001 euros are more than 40 %, though they show as 40 %."""
    verdict = judge(program, with_deals(*ACME, deal("one", "Contoso", "1")), ON)

    assert (met(verdict, "select", "deals"), met(verdict, "select", "spread")) == (True, False)


def test_credit_note_counts_against_the_deals(program):
    verdict = judge(program, with_deals(*ACME, deal("credit", "Litware", "-0.01")), ON)

    assert finding_of(verdict, "select", "deals").have == Decimal("999999.99")
    assert met(verdict, "select", "deals") is False


@pytest.mark.parametrize(
    ("value", "deals"),
    [("0.01", True), ("-0.01", None)],
    ids=["a deal", "a credit note"],
)
def test_deal_that_waits_for_review_leaves_open_only_what_it_decides(program, value, deals):
    """A share of what is not known is not known; whether the million is reached may be."""
    verdict = judge(program, with_deals(*ACME, deal("waits", "Litware", value, pending=True)), ON)

    assert met(verdict, "select", "deals") is deals
    assert met(verdict, "select", "spread") is None
    assert reasons(finding_of(verdict, "select", "deals")) == {"waits": ReasonCode.PENDING_REVIEW}


def test_deal_that_is_open_or_in_another_currency_says_why_it_does_not_count(program):
    known = with_deals(
        *ACME,
        deal("open", "Litware", "900000", stage="offered"),
        deal("francs", "Litware", "900000", currency="CHF"),
    )

    verdict = judge(program, known, ON)

    assert verdict.level == "select"
    assert reasons(finding_of(verdict, "select", "deals")) == {
        "open": ReasonCode.WRONG_STAGE,
        "francs": ReasonCode.WRONG_CURRENCY,
    }
