"""W14: people are counted, not certificates. And Premier looks back on more than six months."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from accreditation.criteria.facts import PartnerFacts
from accreditation.criteria.judge import judge
from accreditation.criteria.periods import Period
from accreditation.criteria.records import (
    Audit,
    Deployment,
    DocumentAccepted,
    Fee,
    HeldLevel,
    Reference,
    SurveyAnswer,
)
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
from tests.accreditation.worked_examples.worlds import program

FOR_GOOD = Period(LONG_AGO)
LEVELS = {"foundational": "practitioner", "associate": "developer", "professional": "architect"}


def business(since: date = LONG_AGO) -> PartnerFacts:
    """Return everything but people, enough for Premier."""
    period = Period(since)
    return PartnerFacts(
        deployments=tuple(
            Deployment(
                id=f"d{one}",
                customer="",
                stage="launched",
                completed_on=since,
                confirmed_on=since,
            )
            for one in range(50)
        ),
        readings=(reading(50_000, since, metric="launched-recurring-revenue", currency="USD"),),
        references=tuple(
            Reference(id=f"r{one}", customer="", public=True, period=period) for one in range(6)
        ),
        survey_answers=tuple(
            SurveyAnswer(f"s{one}", f"c{one}", "", Decimal(5), since) for one in range(30)
        ),
        documents=(DocumentAccepted(id="plan", kind="partner-business-plan", period=period),),
        audits=(Audit(id="ebr", kind="executive-business-review", period=period, passed=True),),
        held_levels=tuple(
            HeldLevel(f"v{one}", f"v{one}", "held", period, frozenset({"technical-validation"}))
            for one in range(3)
        ),
        fees=(Fee(id="f", kind="annual-fee", period=period, amount=Decimal(2500), currency="USD"),),
    )


def with_people(known: PartnerFacts, people: dict[str, list[tuple[str, str | None]]]):
    """Add employees with certificates, each a certification and its level."""
    staff = facts(
        *(employee(person) for person in people),
        *(
            certificate(person, key, certification_level=level)
            for person, held in people.items()
            for key, level in held
        ),
    )
    return replace(known, employments=staff.employments, certificates=staff.certificates)


HIGH = [("architect", "professional"), ("devops", "professional"), ("security", "specialty")]
ASSOCIATE = [("developer", "associate")]
ELSE = [
    ("aws-accreditation-technical", None),
    ("aws-accreditation-business", None),
    ("practitioner", "foundational"),
]


def test_w14_people_are_counted_not_certificates():
    known = with_people(
        business(),
        {
            "P1": HIGH,
            "P2": HIGH,
            **dict.fromkeys(("P3", "P4", "P5"), ASSOCIATE),
            **dict.fromkeys(("X1", "X2", "X3", "X4"), ELSE),
        },
    )

    verdict = judge(program("aws-services-tiers"), known, TODAY)
    technical = finding_of(verdict, "advanced", "cert_technical")
    professional = finding_of(verdict, "advanced", "cert_pro")

    assert verdict.level == "select"
    assert (technical.have, technical.need, technical.result) == (5, 6, Result.NOT_MET)
    assert (professional.have, professional.need, professional.result) == (2, 3, Result.NOT_MET)
    asked = verdict.of("advanced").finding.children
    missed = {one.key for one in asked if one.result is not Result.MET}
    assert missed == {"cert_technical", "cert_pro"}


PREMIER = {f"P{number}": [*HIGH, *ASSOCIATE, *ELSE] for number in range(25)}


@pytest.mark.parametrize(
    ("on", "level"), [(date(2026, 7, 1), "advanced"), (date(2026, 7, 2), "premier")]
)
def test_premier_is_reached_when_its_criteria_are_met_for_more_than_six_months(on, level):
    """Everything that Premier asks is met from 2 January 2026 on."""
    known = with_people(business(date(2026, 1, 2)), PREMIER)

    assert judge(program("aws-services-tiers"), known, on).level == level


def test_a_fee_of_less_than_the_price_is_not_paid():
    known = with_people(business(), PREMIER)
    fee = replace(known.fees[0], amount=Decimal("2499.99"))

    verdict = judge(program("aws-services-tiers"), replace(known, fees=(fee,)), TODAY)

    assert verdict.level is None
    assert finding_of(verdict, "select", "fee").result is Result.NOT_MET
