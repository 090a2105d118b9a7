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

COUNTRY = "ibm-partnerworld-country"


def group(*, own: str | None, elsewhere: str | None = None) -> PartnerFacts:
    """Return a country's facts: its own level, and that of another country of the group."""
    held = [("here", own, Kin.SELF), ("there", elsewhere, Kin.ELSEWHERE)]
    return PartnerFacts(
        held_levels=tuple(
            HeldLevel(holder, COUNTRY, level, Period(LONG_AGO), holder=holder, kin=kin)
            for holder, level, kin in held
            if level
        )
    )


@pytest.mark.parametrize(
    ("own", "elsewhere", "shown"),
    [
        ("member", None, "member"),
        ("member", "member", "member"),
        ("member", "advanced", "advanced"),
        ("advanced", "member", "advanced"),
        ("member", "premier", "advanced"),
        ("premier", "member", "premier"),
        (None, None, None),
    ],
)
def test_country_shows_advanced_if_any_country_of_its_group_is(own, elsewhere, shown):
    assert (
        judge(program("ibm-partnerworld"), group(own=own, elsewhere=elsewhere), TODAY).level
        == shown
    )


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
