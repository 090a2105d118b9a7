"""W27: caps and minima of categories. And a company's size decides how many certificates."""

from dataclasses import replace
from decimal import Decimal

import pytest

from accreditation.criteria.facts import PartnerFacts
from accreditation.criteria.judge import judge
from accreditation.criteria.periods import Period
from accreditation.criteria.records import Attestation, HeldLevel, OrganizationAttribute
from tests.accreditation.criteria.figures import reading
from tests.accreditation.criteria.worlds import (
    LONG_AGO,
    TODAY,
    certificate,
    employee,
    facts,
    finding_of,
)
from tests.accreditation.worked_examples.worlds import assumed, met, program

PROFESSIONAL = "finops-certified-professional"
PRACTITIONER = "finops-certified-practitioner"
ANALYST = "finops-certified-focus-analyst"
FOR_GOOD = Period(LONG_AGO)
MEMBER = HeldLevel("m", "finops-foundation-membership", "general", FOR_GOOD)
LINUX = Attestation(id="l", kind="linux-foundation-membership", period=FOR_GOOD)


def company(*held: tuple[str, str], headcount: int = 400, **points: int) -> PartnerFacts:
    """Return a member with certificates (person, certification) and points of activities."""
    known = facts(
        *(employee(person) for person in {person for person, _ in held}),
        *(certificate(person, certification) for person, certification in held),
    )
    size = Decimal(headcount)
    return replace(
        known,
        held_levels=(MEMBER,),
        attestations=(LINUX,),
        attributes=tuple(
            OrganizationAttribute(name, name, size, FOR_GOOD)
            for name in ("headcount", "parent-headcount")
        ),
        readings=tuple(reading(value, metric=f"points-of-{key}") for key, value in points.items()),
    )


def people(certification: str, count: int, prefix: str = "P") -> list[tuple[str, str]]:
    return [(f"{prefix}{number}", certification) for number in range(count)]


@pytest.mark.parametrize(
    ("practitioners", "activities", "contributions", "level"),
    [(0, 14, 36, None), (10, 15, 35, "certified")],
)
def test_w27_a_hundred_points_are_not_enough_without_a_working_practice(
    practitioners, activities, contributions, level
):
    rules = assumed("finops-enterprise", people=3)
    known = company(
        *people(PROFESSIONAL, 3),
        *people(PRACTITIONER, practitioners, "Q"),
        activities=activities,
        contributions=contributions,
    )

    verdict = judge(rules, known, TODAY)

    score = finding_of(verdict, "certified", "points")
    points = {one.key: one.have for one in score.children}
    assert points["training_professional"] + points["training_practitioner"] == (
        75 + 5 * practitioners
    )
    assert score.have == 100
    assert verdict.level == level


@pytest.mark.parametrize(
    ("headcount", "needs"),
    [(99, (5, 1, 2)), (100, (10, 2, 3)), (500, (50, 3, 15)), (5000, (100, 5, 30))],
)
def test_size_of_the_parent_decides_how_many_certificates(headcount, needs):
    verdict = judge(program("finops-platform"), company(headcount=headcount), TODAY)

    kinds = ("practitioners", "professionals", "focus_analysts")
    assert tuple(finding_of(verdict, "certified", kind).need for kind in kinds) == needs


def test_one_person_may_hold_several_and_each_counts_for_its_kind_alone():
    five = people(PRACTITIONER, 5)
    both = [("P0", PROFESSIONAL), ("P0", ANALYST), ("P1", ANALYST)]
    rules = program("finops-platform")

    assert judge(rules, company(*five, *both, headcount=99), TODAY).level == "certified"
    higher = company(*people(PROFESSIONAL, 6), *both, headcount=99)
    assert met(judge(rules, higher, TODAY), "certified", "practitioners") is False


@pytest.mark.parametrize(("practitioners", "enough"), [(29, False), (30, True)])
def test_older_rule_takes_a_professional_for_five_practitioners(practitioners, enough):
    """The source's example: 1,200 people need 35."""
    rules = assumed("finops-platform.older", people=35)
    known = company(*people(PRACTITIONER, practitioners), ("Z", PROFESSIONAL), headcount=1200)

    assert met(judge(rules, known, TODAY), "certified", "people") is enough
