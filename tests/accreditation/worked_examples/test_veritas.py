"""W25: a competency that falls takes the tier with it, step by step."""

from dataclasses import replace
from datetime import date

import pytest

from accreditation.criteria.facts import PartnerFacts
from accreditation.criteria.judge import judge
from accreditation.criteria.kinds.dossier import Phase
from accreditation.criteria.periods import Period
from accreditation.criteria.records import (
    Attestation,
    Audit,
    HeldLevel,
    OrganizationAttribute,
)
from accreditation.criteria.verdicts import Result, Verdict
from tests.accreditation.criteria.figures import reading
from tests.accreditation.criteria.worlds import (
    LONG_AGO,
    certificate,
    counted,
    employee,
    facts,
    finding_of,
)
from tests.accreditation.worked_examples.worlds import assumed, met, program

REVIEW = date(2024, 4, 3)
SINCE = date(2020, 1, 1)


def competency():
    """Return the rules of a competency with the numbers that the example assumes."""
    return assumed(
        "veritas-partner-force-competency",
        accreditation_principal=1,
        accreditation_expert=2,
        revenue_keep_year=50_000,
        revenue_expert=100_000,
    )


def partner(people: int, revenue: int, *, family: str = "", validated: bool = True) -> PartnerFacts:
    staff = facts(
        *(employee(f"P{number}", since=SINCE) for number in range(people)),
        *(
            certificate(f"P{number}", "veritas", family="veritas-competency", since=SINCE)
            for number in range(people)
        ),
    )
    period = Period(SINCE)
    return replace(
        staff,
        readings=(reading(revenue, date(2024, 3, 31), "sales"),),
        attestations=(
            Attestation(id="success", kind="customer-and-partner-success", period=period),
        ),
        audits=(Audit(id="v", kind="technical-validation", period=period, passed=validated),),
        attributes=(OrganizationAttribute("f", "competency-family", family, period),),
    )


def reviewed(known: PartnerFacts, day: date = REVIEW) -> Verdict:
    return judge(competency(), known, day, phase=Phase.KEEP)


def tier(**competencies: Verdict) -> Verdict:
    """Return the tier that follows from what is left of the competencies."""
    held = tuple(
        HeldLevel(name, name, verdict.level, Period(LONG_AGO), frozenset({"competency"}))
        for name, verdict in competencies.items()
        if verdict.level is not None
    )
    return judge(program("veritas-partner-force"), PartnerFacts(held_levels=held), REVIEW)


EXPERT = partner(2, 100_000)
LESS_REVENUE = partner(2, 99_999)
NOBODY = partner(0, 100_000)


def test_w25_expert_twice_is_platinum():
    assert tier(k1=reviewed(EXPERT), k2=reviewed(EXPERT)).level == "platinum"


def test_w25_missed_expert_revenue_lowers_the_competency_and_the_tier():
    k1 = reviewed(LESS_REVENUE)
    below = tier(k1=k1, k2=reviewed(EXPERT))

    assert (k1.level, met(k1, "expert", "revenue")) == ("principal", False)
    assert met(k1, "principal", "revenue_keep")
    assert below.level == "gold"
    assert finding_of(below, "platinum", "tier_expert").shortfall == 1


def test_w25_failed_accreditation_takes_the_competency_away():
    k2 = reviewed(NOBODY)
    below = tier(k1=reviewed(LESS_REVENUE), k2=k2)

    assert k2.level is None
    assert finding_of(k2, "principal", "accreditation_principal").have == 0
    assert below.level == "silver"
    assert counted(finding_of(below, "silver", "tier_competency")) == ["k1"]


def test_w25_without_any_competency_there_is_no_tier():
    assert tier(k1=reviewed(NOBODY), k2=reviewed(NOBODY)).level is None


def test_two_levels_of_one_competency_are_one_competency():
    held = tuple(
        HeldLevel(f"k1-{level}", "k1", level, Period(LONG_AGO), frozenset({"competency"}))
        for level in ("principal", "expert")
    )

    verdict = judge(program("veritas-partner-force"), PartnerFacts(held_levels=held), REVIEW)

    assert verdict.level == "gold"
    assert finding_of(verdict, "silver", "tier_competency").have == 1


def test_principal_asks_for_revenue_only_to_be_kept():
    poor = partner(1, 49_999)

    assert judge(competency(), poor, REVIEW).level == "principal"
    assert reviewed(poor).level is None


def test_revenue_is_that_of_the_fiscal_year_which_the_review_looks_at():
    late = replace(EXPERT, readings=(reading(999_999, date(2024, 4, 1), "late"),))

    assert finding_of(reviewed(late), "expert", "revenue_expert").have == 0
    assert reviewed(EXPERT, date(2025, 3, 30)).level == "expert"
    assert reviewed(EXPERT, date(2025, 3, 31)).level is None


@pytest.mark.parametrize(
    ("family", "validated", "result"),
    [
        ("integrate", True, Result.MET),
        ("integrate", False, Result.NOT_MET),
        ("protect", False, Result.MET),
    ],
)
def test_validation_is_asked_of_the_integrate_family_only(family, validated, result):
    verdict = reviewed(partner(2, 100_000, family=family, validated=validated))

    assert finding_of(verdict, "expert", "validation").result is result
