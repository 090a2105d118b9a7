"""W20: a share of the declared strategists with a cap, and the areas present in the figures."""

from collections.abc import Collection, Mapping
from dataclasses import replace

import pytest

from accreditation.criteria.facts import PartnerFacts
from accreditation.criteria.judge import judge
from accreditation.criteria.periods import Period
from accreditation.criteria.verdicts import Result
from tests.accreditation.criteria.figures import reading
from tests.accreditation.criteria.worlds import (
    LONG_AGO,
    TODAY,
    certificate,
    employee,
    facts,
    finding_of,
)
from tests.accreditation.worked_examples.worlds import days_before, met, program

BADGE = "google-partners-badge"
SPENT = {"search": "9000", "video": "499.99", "shopping": "600"}


def agency(
    *,
    strategists: int = 2,
    certified: int = 2,
    spend: Mapping[str, str] = SPENT,
    age: int = 89,
    score: str = "0.70",
    certifications: Collection[str] = ("google-ads-search", "google-ads-shopping"),
) -> PartnerFacts:
    """Return an agency; the certified strategists hold all of the certifications."""
    people = [f"P{number:03}" for number in range(strategists)]
    staff = facts(
        *(employee(one, roles={"account-strategist": Period(LONG_AGO)}) for one in people),
        *(
            certificate(one, key, family="google-ads")
            for one in people[:certified]
            for key in certifications
        ),
    )
    spent = [
        reading(
            amount,
            days_before(TODAY, age),
            record=area,
            metric="advertising-spend",
            currency="USD",
            attributes={"product-area": area},
        )
        for area, amount in spend.items()
    ]
    return replace(staff, readings=(*spent, reading(score, TODAY, metric="optimization-score")))


@pytest.mark.parametrize(
    ("strategists", "certified", "enough"),
    [(7, 3, False), (7, 4, True), (260, 99, False), (260, 100, True)],
)
def test_w20_half_of_the_strategists_but_at_most_a_hundred(strategists, certified, enough):
    verdict = judge(program(BADGE), agency(strategists=strategists, certified=certified), TODAY)

    assert met(verdict, "partner", "certified_share") is enough
    assert (verdict.level == "partner") is enough


def test_w20_spend_is_added_exactly_and_video_is_not_asked():
    verdict = judge(program(BADGE), agency(), TODAY)

    assert str(finding_of(verdict, "partner", "spend").have) == "10099.99"
    asked = finding_of(verdict, "partner", "per_area")
    present = [
        one.children[1].key for one in asked.children if one.children[0].result is Result.MET
    ]
    assert present == ["per_area_search", "per_area_shopping"]
    assert verdict.level == "partner"


def test_w20_one_person_with_both_certificates_covers_both_areas():
    one_person = agency(strategists=1, certified=1)
    only_search = agency(strategists=1, certified=1, certifications=["google-ads-search"])

    assert judge(program(BADGE), one_person, TODAY).level == "partner"
    assert met(judge(program(BADGE), only_search, TODAY), "partner", "per_area_shopping") is False


@pytest.mark.parametrize(("age", "enough"), [(89, True), (90, None)])
def test_w20_spend_of_ninety_days_is_looked_at(age, enough):
    """Nothing is known of the spend when the last figures are older."""
    assert met(judge(program(BADGE), agency(age=age), TODAY), "partner", "spend") is enough


def test_w20_score_that_shows_as_70_percent_is_not_enough():
    verdict = judge(program(BADGE), agency(score="0.6999"), TODAY)

    assert met(verdict, "partner", "performance") is False
    assert verdict.level is None
