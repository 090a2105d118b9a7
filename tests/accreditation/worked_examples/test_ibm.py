"""A level is measured per country and shown by every country of the group."""

import pytest

from accreditation.criteria.facts import PartnerFacts
from accreditation.criteria.judge import judge
from accreditation.criteria.periods import Period
from accreditation.criteria.records import HeldLevel, Kin
from tests.accreditation.criteria.worlds import (
    LONG_AGO,
    TODAY,
    certificate,
    employee,
    facts,
    finding_of,
)
from tests.accreditation.worked_examples.worlds import assumed, program

COUNTRY, GROUP = "ibm-partnerworld-country", "ibm-partnerworld-group"


def held(program: str, level: str, kin: Kin = Kin.SELF) -> HeldLevel:
    return HeldLevel(f"{kin} {level}", program, level, Period(LONG_AGO), kin=kin, holder=kin)


@pytest.mark.parametrize(
    ("of_the_countries", "level"),
    [
        (["member", "member"], None),
        (["member", "advanced"], "advanced"),
        (["premier"], "advanced"),
        ([], None),
    ],
)
def test_group_is_advanced_if_any_country_below_it_is(of_the_countries, level):
    kins = (Kin.CHILD, Kin.BELOW)
    countries = [held(COUNTRY, *pair) for pair in zip(of_the_countries, kins, strict=False)]

    known = PartnerFacts(held_levels=tuple(countries))

    assert judge(program(GROUP), known, TODAY).level == level


@pytest.mark.parametrize(
    ("own", "group", "shown"),
    [
        ("member", False, "member"),
        ("member", True, "advanced"),
        ("advanced", False, "advanced"),
        ("premier", True, "premier"),
        (None, False, None),
    ],
)
def test_country_shows_advanced_if_its_group_is(own, group, shown):
    levels = [held(COUNTRY, own)] if own else []
    above = [held(GROUP, "advanced", Kin.ABOVE)] if group else []

    known = PartnerFacts(held_levels=(*levels, *above))

    assert judge(program("ibm-partnerworld"), known, TODAY).level == shown


def test_skills_of_others_earn_points_and_do_not_reach_the_minimum():
    levels = {"member": 1, "advanced": 3, "premier": 5}
    rules = assumed(
        COUNTRY,
        points=levels,
        min_skills={"member": 1, "advanced": 2, "premier": 3},
        points_solutions__points=1,
        points_revenue__points=1,
        points_references__points=1,
        points_satisfaction__points=1,
    )
    known = facts(
        employee("Edda"),
        *(certificate("Edda", f"ibm-{one}", family="ibm-sales") for one in range(2)),
        *(certificate("Edda", f"other-{one}", family="listed-elsewhere") for one in range(3)),
    )

    verdict = judge(rules, known, TODAY)

    assert verdict.level == "advanced"
    assert finding_of(verdict, "premier", "points").have == 5
    assert finding_of(verdict, "premier", "min_skills").have == 2
