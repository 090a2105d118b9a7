"""Points only after two steps, customers gained against a year before, distinct workloads."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from accreditation.criteria.facts import PartnerFacts
from accreditation.criteria.judge import judge
from accreditation.criteria.records import Deployment, Transaction
from accreditation.criteria.verdicts import Verdict
from tests.accreditation.criteria.figures import reading
from tests.accreditation.criteria.worlds import certificate, employee, facts, finding_of
from tests.accreditation.worked_examples.worlds import assumed

ON = date(2026, 3, 15)
ITEMS = ("net_adds", "intermediate", "advanced", "usage_growth", "deployments")
ASSUMED = {f"{key}__up_to": {"points": 20, "at": 2} for key in ITEMS}


def judged(known: PartnerFacts) -> Verdict:
    """Judge with numbers that the source does not state: 20 points each for two of a thing."""
    steps = [
        {
            "measure": {"kind": "people_holding", "certifications": [f"data-ai-step-{step}"]},
            "at_least": 1,
        }
        for step in (1, 2)
    ]
    return judge(assumed("microsoft-sp-data-ai", **ASSUMED, intermediate__only_if=steps), known, ON)


def points(verdict: Verdict) -> dict[str, Decimal]:
    return {one.key: one.have for one in finding_of(verdict, "qualified", "score").children}


def spent(customer: str, month: date, amount: int = 1000) -> Transaction:
    return Transaction(
        id=f"{customer}-{month}",
        customer=customer,
        kind="tenant-month",
        made_on=month,
        value=Decimal(amount),
        currency="USD",
    )


def deployed(name: str, *products: str) -> Deployment:
    day = date(2026, 1, 10)
    return Deployment(
        id=name, customer=name, products=frozenset(products), completed_on=day, confirmed_on=day
    )


PEOPLE = facts(
    *map(employee, ("Edda", "Paul")),
    certificate("Edda", "data-ai-step-1", family="data-ai-intermediate"),
    certificate("Paul", "data-ai-step-2", family="data-ai-intermediate"),
    *(certificate(one, "expert", family="data-ai-advanced") for one in ("Edda", "Paul")),
)
KNOWN = replace(
    PEOPLE,
    transactions=(
        spent("A", date(2026, 1, 31)),
        spent("A", date(2026, 2, 28)),
        spent("B", date(2026, 2, 28)),
        spent("C", date(2026, 1, 31)),
        spent("D", date(2026, 2, 28), 999),
        spent("C", date(2025, 2, 28)),
    ),
    readings=(
        reading(12, date(2026, 2, 28), metric="azure-consumed-revenue"),
        reading(10, date(2025, 2, 28), metric="azure-consumed-revenue"),
    ),
    deployments=(
        deployed("one", "synapse"),
        deployed("two", "synapse"),
        deployed("three", "cosmos-db"),
        deployed("four", "virtual-machines"),
    ),
)


def test_every_metric_counts_what_it_says():
    verdict = judged(KNOWN)

    assert points(verdict) == dict.fromkeys(ITEMS, 20)
    assert verdict.level == "qualified"


def test_customer_counts_once_in_either_month_against_the_year_before():
    fewer = tuple(one for one in KNOWN.transactions if one.customer != "B")

    assert points(judged(replace(KNOWN, transactions=fewer)))["net_adds"] == 10


@pytest.mark.parametrize("step", ["data-ai-step-1", "data-ai-step-2"])
def test_no_points_before_both_steps_are_reached(step):
    without = tuple(one for one in KNOWN.certificates if one.certification != step)

    verdict = judged(replace(KNOWN, certificates=without))

    assert points(verdict)["intermediate"] == 0
    assert verdict.level is None


def test_one_metric_without_a_point_is_enough_to_fail():
    """80 of 100 points, but no growth."""
    same = tuple(replace(one, value=Decimal(10)) for one in KNOWN.readings)

    verdict = judged(replace(KNOWN, readings=same))

    assert finding_of(verdict, "qualified", "score").have == 80
    assert verdict.level is None
