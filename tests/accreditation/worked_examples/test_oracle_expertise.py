"""Expertise: initial qualifiers that stay in force, ongoing ones a year after publishing.

The people are those of W17: three are needed, and there are exactly three.
"""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from accreditation.criteria.facts import PartnerFacts
from accreditation.criteria.judge import judge
from accreditation.criteria.kinds.dossier import Phase
from accreditation.criteria.periods import Period
from accreditation.criteria.records import (
    Checklist,
    DocumentAccepted,
    ListingElsewhere,
    OrganizationAttribute,
    Reference,
    SurveyAnswer,
    Transaction,
)
from accreditation.criteria.verdicts import ReasonCode, Verdict
from tests.accreditation.criteria.figures import reading
from tests.accreditation.criteria.worlds import (
    LONG_AGO,
    certificate,
    employee,
    facts,
    finding_of,
    reasons,
)
from tests.accreditation.worked_examples.worlds import assumed, met

PUBLISHED = date(2025, 5, 10)
YEAR_LATER = date(2026, 5, 10)
FOREVER = Period(LONG_AGO)


def expertise():
    """Return the rules with the numbers that the examples assume."""
    return assumed(
        "oracle-opn-expertise",
        init_people=3,
        init_wins=1,
        init_support=1,
        ongoing_surveys=1,
        ongoing_resale=1,
        ongoing_stories=1,
        arr_per_month__numerator={
            "kind": "metric",
            "metric": "subscription-revenue",
            "take": "sum",
            "window": {"year_from": "06-01"},
            "if_none": "zero",
        },
        arr_per_month=1000,
    )


def attribute(name: str, value: str | date) -> OrganizationAttribute:
    return OrganizationAttribute(name, name, value, FOREVER)


def partner(*, ongoing: bool = True, revoked_on: date | None = None) -> PartnerFacts:
    names = ("Edda", "Mara", "Paul")
    staff = facts(
        *map(employee, names),
        *(certificate(one, "expert", family="expertise") for one in names[:2]),
        certificate("Paul", "expert", family="expertise", revoked_on=revoked_on),
    )
    kept = replace(
        staff,
        transactions=(
            Transaction(id="win", customer="contoso", kind="win", made_on=LONG_AGO),
            Transaction(id="resale", customer="contoso", kind="resell", made_on=LONG_AGO),
        ),
        references=(Reference(id="r", customer="contoso", period=FOREVER, public=True),),
        attributes=(attribute("published", PUBLISHED),),
        survey_answers=(SurveyAnswer("s", "contoso", "support", Decimal(5), LONG_AGO),),
        documents=(DocumentAccepted(id="story", kind="success-story", period=FOREVER),),
    )
    listing = ListingElsewhere(id="page", kind="website", period=FOREVER)
    return replace(kept, listings=(listing,)) if ongoing else kept


def kept(known: PartnerFacts, on: date) -> Verdict:
    return judge(expertise(), known, on, phase=Phase.KEEP)


@pytest.mark.parametrize(("on", "level"), [(YEAR_LATER, "expertise"), (date(2026, 5, 11), None)])
def test_ongoing_qualifiers_are_asked_from_one_year_after_publishing_on(on, level):
    assert kept(partner(ongoing=False), on).level == level


def test_ongoing_qualifiers_are_not_asked_to_reach_the_expertise():
    verdict = judge(expertise(), partner(ongoing=False), date(2026, 6, 1))

    assert verdict.level == "expertise"


def test_initial_qualifiers_stay_in_force():
    verdict = kept(replace(partner(), references=()), YEAR_LATER)

    assert met(verdict, "expertise", "init_support") is False
    assert verdict.level is None


@pytest.mark.parametrize(("on", "have"), [("2026-01-14", 3), ("2026-01-15", 2), ("2026-05-10", 2)])
def test_w17_revoked_certificate_counts_up_to_the_day_of_the_revocation(on, have):
    known = partner(revoked_on=date(2026, 1, 15))
    people = finding_of(kept(known, date.fromisoformat(on)), "expertise", "init_people")

    assert (people.have, people.need) == (have, 3)
    assert list(reasons(people).values()) == ([ReasonCode.REVOKED] if have == 2 else [])


def test_w17_grace_is_90_days():
    assert expertise().settings.grace_days == 90


def advanced(score: int, revenue: int = 0, *more: OrganizationAttribute) -> PartnerFacts:
    known = partner()
    checklist = Checklist(
        id="c",
        kind="advanced-qualifiers",
        period=FOREVER,
        score=Decimal(score),
        out_of=Decimal(10),
    )
    return replace(
        known,
        checklists=(checklist,),
        attributes=(*known.attributes, *more),
        readings=(reading(revenue, date(2026, 6, 20), metric="subscription-revenue"),),
    )


@pytest.mark.parametrize(("score", "level"), [(10, "advanced"), (9, "expertise")])
def test_advanced_asks_that_every_advanced_qualifier_is_met(score, level):
    known = advanced(score, 0, attribute("track", "sell"))

    assert kept(known, date(2026, 7, 1)).level == level


@pytest.mark.parametrize(
    ("track", "earned", "level"),
    [
        ("sell", date(2025, 1, 1), "advanced"),
        ("build", date(2026, 6, 15), "advanced"),
        ("build", date(2026, 5, 15), "expertise"),
    ],
)
def test_build_track_asks_for_revenue_per_month_since_the_expertise_was_earned(
    track, earned, level
):
    known = advanced(10, 1999, attribute("track", track), attribute("earned", earned))

    assert kept(known, date(2026, 7, 14)).level == level
