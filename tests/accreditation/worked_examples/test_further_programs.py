"""What else the second half of the library asks: QSA companies, SAP Sell, consumer goods."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from accreditation.criteria.facts import PartnerFacts
from accreditation.criteria.judge import judge
from accreditation.criteria.periods import Period
from accreditation.criteria.records import (
    Agreement,
    Attestation,
    Audit,
    CourseCompletion,
    Decision,
    DocumentAccepted,
    Fee,
    HeldLevel,
    OrganizationAttribute,
    Reference,
)
from accreditation.criteria.verdicts import ReasonCode, Result
from tests.accreditation.criteria.figures import reading
from tests.accreditation.criteria.worlds import (
    LONG_AGO,
    TODAY,
    certificate,
    employee,
    facts,
    finding_of,
    reasons,
    through,
)
from tests.accreditation.worked_examples.worlds import assumed, met, program

FOREVER = Period(LONG_AGO)


def qsa():
    """Return the rules with insured sums that the examples assume."""
    sums = {"by": "region", "table": {"emea": 2_000_000}, "otherwise": 1_000_000}
    return assumed("pci-qsa-company", insurance=sums, insurance__currency="USD")


def assessor(name: str, *certifications: str):
    return (
        employee(name, roles={"qsa": FOREVER}),
        *(certificate(name, one) for one in certifications),
    )


BOTH = ("qsa-annual-qualification", "background-check")


def company(*people, insured: int = 2_000_000, region: str = "emea") -> PartnerFacts:
    return replace(
        facts(*(people or assessor("Edda", *BOTH))),
        documents=(
            DocumentAccepted(id="register", kind="business-legitimacy", period=FOREVER),
            DocumentAccepted(
                id="policy",
                kind="insurance",
                period=FOREVER,
                amount=Decimal(insured),
                currency="USD",
            ),
        ),
        attestations=(Attestation(id="i", kind="independence", period=FOREVER),),
        audits=tuple(
            Audit(id=kind, kind=kind, period=FOREVER, passed=True)
            for kind in ("internal-quality-assurance", "council-audit")
        ),
        attributes=(OrganizationAttribute("r", "region", region, FOREVER),),
    )


def test_qsa_company_is_qualified():
    assert judge(qsa(), company(), TODAY).level == "qualified"


def test_qsa_assessor_has_both_the_check_and_the_requalification():
    known = company(*assessor("Edda", BOTH[0]), *assessor("Mara", BOTH[1]))
    finding = finding_of(judge(qsa(), known, TODAY), "qualified", "assessors")

    assert (finding.result, finding.have) == (Result.NOT_MET, 0)
    assert set(reasons(finding).values()) == {ReasonCode.OTHERS_MISSING}


@pytest.mark.parametrize(
    ("region", "insured", "result"),
    [("emea", 1_999_999, False), ("emea", 2_000_000, True), ("apac", 1_000_000, True)],
)
def test_qsa_insured_sum_follows_the_region(region, insured, result):
    verdict = judge(qsa(), company(insured=insured, region=region), TODAY)

    assert met(verdict, "qualified", "insurance") is result


def test_qsa_company_is_barred_for_a_year_after_a_revocation():
    revoked = replace(company(), readings=(reading(1, date(2025, 6, 1), metric="revocations"),))

    verdict = judge(qsa(), revoked, TODAY)

    assert (verdict.level, verdict.changes_on) == (None, date(2026, 6, 1))


def test_qsa_company_needs_both_audits():
    known = replace(company(), audits=company().audits[:1])

    assert met(judge(qsa(), known, TODAY), "qualified", "quality") is False


def course(person: str, name: str, taken_on: date) -> CourseCompletion:
    return CourseCompletion(f"{person}-{name}-{taken_on}", person, name, Period(taken_on))


def seller(*courses: CourseCompletion, points: int = 30, on: date = TODAY) -> PartnerFacts:
    staff = facts(employee("Edda"), employee("Mara"))
    return replace(
        staff,
        courses=(*courses, course("Edda", "marketing", LONG_AGO)),
        audits=(Audit(id="d", kind="due-diligence", period=FOREVER, passed=True),),
        agreements=(Agreement(id="a", kind="partneredge-agreements", period=FOREVER),),
        attributes=(OrganizationAttribute("g", "accounts-in-good-standing", True, FOREVER),),
        held_levels=(
            HeldLevel("auth", "b1", "authorized", FOREVER, frozenset({"sell-authorization"})),
        ),
        documents=(DocumentAccepted(id="p", kind="business-plan", period=Period(on)),),
        fees=(Fee(id="f", kind="partneredge-fee", period=FOREVER),),
        readings=(
            reading(
                points,
                on,
                metric="value-points",
                attributes={"category": "business-performance"},
            ),
            reading(99, on, metric="value-points", attributes={"category": "other"}),
        ),
    )


SELL = "sap-partneredge-sell"
TAUGHT = (
    course("Edda", "compliance", date(2024, 3, 3)),
    course("Mara", "compliance", date(2025, 1, 1)),
)


def test_sap_partner_is_silver_until_sap_gives_gold():
    given = Decision("d", "given_gold", True, FOREVER, "SAP", "Agreed.")
    gold = replace(seller(*TAUGHT), decisions=(given,))

    assert judge(program(SELL), seller(*TAUGHT), TODAY).level == "silver"
    assert judge(program(SELL), gold, TODAY).level == "gold"


def test_sap_training_counts_for_two_years_and_once_a_person():
    twice = (TAUGHT[0], course("Edda", "compliance", date(2025, 5, 5)))

    once = judge(program(SELL), seller(*twice), TODAY)
    both = judge(program(SELL), seller(*TAUGHT), TODAY)
    later = judge(program(SELL), seller(*TAUGHT), date(2026, 3, 3))

    assert [
        finding_of(verdict, "silver", "compliance_training").have for verdict in (once, both, later)
    ] == [1, 2, 1]


def test_sap_value_points_are_those_of_the_calendar_year_and_of_the_category():
    verdicts = [
        judge(program(SELL), seller(*TAUGHT, points=points, on=on), date(2026, 3, 2))
        for points, on in ((30, date(2026, 1, 1)), (29, date(2026, 1, 1)), (30, date(2025, 12, 31)))
    ]

    assert [met(verdict, "silver", "value_points") for verdict in verdicts] == [True, False, False]


def test_sap_looks_twice_a_year():
    down = program(SELL).settings.down

    assert down.next_from(date(2026, 1, 16)) == date(2026, 7, 15)


def consumer_goods(*groups: str, industry: str = "consumer-goods") -> PartnerFacts:
    return PartnerFacts(
        held_levels=tuple(
            HeldLevel(f"h{number}", f"p{number}", "specialized", FOREVER, frozenset({group}))
            for number, group in enumerate(groups)
        ),
        references=(Reference(id="r", customer="contoso", period=FOREVER, industry=industry),),
    )


@pytest.mark.parametrize(
    ("known", "level"),
    [
        (consumer_goods("database", "middleware"), "specialized"),
        (consumer_goods("database", "database"), "specialized"),
        (consumer_goods("database", "industry-specialization"), None),
        (consumer_goods("database", "middleware", industry="banking"), None),
    ],
)
def test_industry_specialization_builds_on_two_product_specializations(known, level):
    rules = assumed("oracle-industry-consumer-goods", refs=1)

    assert judge(rules, known, TODAY).level == level


def test_specialization_that_ended_is_not_in_good_standing():
    known = consumer_goods("database", "middleware")
    ended = replace(known.held_levels[0], period=through(LONG_AGO, date(2026, 3, 1)))
    rules = assumed("oracle-industry-consumer-goods", refs=1)

    verdict = judge(rules, replace(known, held_levels=(ended, known.held_levels[1])), TODAY)

    assert verdict.level is None
