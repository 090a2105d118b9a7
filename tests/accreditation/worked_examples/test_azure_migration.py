"""Steps in order, audits of a checklist that was valid on their day, and two ways of paying."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from accreditation.criteria.facts import PartnerFacts
from accreditation.criteria.judge import judge
from accreditation.criteria.periods import Period
from accreditation.criteria.records import Audit, Fee, HeldLevel
from accreditation.criteria.verdicts import Result
from tests.accreditation.criteria.figures import reading
from tests.accreditation.criteria.worlds import LONG_AGO, certificate, employee, facts, finding_of
from tests.accreditation.worked_examples.worlds import assumed

NAME = "microsoft-azure-migration-specialization"
OLD, NEW = (f"{NAME}.v2.0", f"{NAME}.v2.0.1")
ON = date(2022, 3, 1)


def audit(module: str, day: date, checklist: str) -> Audit:
    return Audit(
        id=f"{module}-{day}",
        kind=f"module-{module}",
        period=Period(day),
        passed=True,
        attributes={"checklist": checklist},
    )


def partner(*audits: Audit, fee: tuple[str, int] | None = ("audit-modules-a-and-b", 3000)):
    """Return a Gold partner with one certified person, revenue, these audits and a fee."""
    kind, amount = fee or ("none", 0)
    return replace(
        facts(employee("Edda"), certificate("Edda", family="azure-migration-roles")),
        held_levels=(HeldLevel("g", "cloud-platform-competency", "gold", Period(LONG_AGO)),),
        readings=(reading(500, date(2022, 1, 31), metric="azure-consumed-revenue"),),
        audits=audits,
        fees=(
            Fee(
                id="fee",
                kind=kind,
                period=Period(LONG_AGO),
                amount=Decimal(amount),
                currency="USD",
            ),
        ),
    )


def judged(name: str, known: PartnerFacts, on: date = ON):
    return judge(assumed(name, performance=100, skills=1), known, on)


@pytest.mark.parametrize(
    ("name", "day", "checklist", "level"),
    [
        (OLD, date(2021, 12, 31), "2.0", "active"),
        (OLD, date(2022, 1, 1), "2.0", None),
        (OLD, date(2022, 1, 1), "2.0.1", None),
        (NEW, date(2021, 12, 31), "2.0", "active"),
        (NEW, date(2022, 1, 1), "2.0.1", "active"),
        (NEW, date(2022, 1, 1), "2.0", None),
    ],
)
def test_audit_uses_the_checklist_that_is_valid_on_its_day(name, day, checklist, level):
    known = partner(*(audit(module, day, checklist) for module in "ab"))

    assert judged(name, known).level == level


@pytest.mark.parametrize(("on", "level"), [(date(2023, 8, 31), "active"), (date(2023, 9, 1), None)])
def test_audit_counts_for_twenty_four_months(on, level):
    known = partner(*(audit(module, date(2021, 9, 1), "2.0") for module in "ab"))
    revenue = reading(500, on, metric="azure-consumed-revenue")

    assert judged(OLD, replace(known, readings=(revenue,)), on).level == level


@pytest.mark.parametrize(
    ("elsewhere", "fee", "level"),
    [
        (True, ("audit-module-b", 2000), "active"),
        (True, ("audit-module-b", 1999), None),
        (False, ("audit-module-b", 2000), None),
        (True, None, None),
    ],
)
def test_module_b_alone_is_enough_after_module_a_elsewhere(elsewhere, fee, level):
    before = [audit("a-elsewhere", date(2021, 8, 1), "2.0")] if elsewhere else []

    assert (
        judged(OLD, partner(*before, audit("b", date(2021, 9, 1), "2.0"), fee=fee)).level == level
    )


def test_audit_is_locked_until_everything_before_it_holds():
    passed = partner(*(audit(module, date(2021, 9, 1), "2.0") for module in "ab"))

    verdict = judged(OLD, replace(passed, held_levels=()))

    prerequisites, audits = finding_of(verdict, "active", "way").children
    assert (prerequisites.result, audits.result) == (Result.NOT_MET, Result.NOT_MET)
    assert all(one.result is Result.MET for one in audits.children[0].children)
