"""What resellers' programs mean: Bitdefender, Dell EMC, Microsoft's security partners."""

from datetime import date
from typing import Any

import pytest

from accreditation.criteria.facts import PartnerFacts
from accreditation.criteria.judge import judge
from accreditation.criteria.periods import Period
from accreditation.criteria.records import DocumentAccepted, Reference
from accreditation.criteria.verdicts import ReasonCode, Result
from tests.accreditation.criteria.figures import reading
from tests.accreditation.criteria.worlds import TODAY, certificate, employee, finding_of, reasons
from tests.accreditation.other_programs.worlds import (
    FOREVER,
    filled,
    holding,
    organization,
    paper,
    partner,
    program,
    staff,
)
from tests.accreditation.worked_examples.worlds import met

SELLERS, TECHNICIANS = "bitdefender-sales", "bitdefender-technical"
JOINED = organization(joined=TODAY)
PLAN = paper(DocumentAccepted, "business-plan")


def euros(amount: int) -> Any:
    return reading(amount, TODAY, currency="EUR")


@pytest.mark.parametrize(
    ("records", "level"),
    [
        pytest.param([], None, id="has not joined"),
        pytest.param(JOINED, "bronze", id="asks nothing else of whoever joins"),
        pytest.param(
            [*JOINED, *staff("Edda", SELLERS), *staff("Paul", TECHNICIANS), PLAN, euros(100)],
            "silver",
            id="one of each, a plan and revenue",
        ),
        pytest.param(
            [*JOINED, *staff("Edda", SELLERS, TECHNICIANS), PLAN, euros(100)],
            "bronze",
            id="one person is not both",
        ),
        pytest.param(
            [*JOINED, *staff("Edda", SELLERS), *staff("Paul", TECHNICIANS), euros(100)],
            "bronze",
            id="no plan",
        ),
        pytest.param(
            [
                *JOINED,
                *staff("Edda Olga", SELLERS),
                *staff("Paul Mara", TECHNICIANS),
                PLAN,
                euros(199),
            ],
            "silver",
            id="people of gold, revenue of silver",
        ),
        pytest.param(
            [
                *JOINED,
                *staff("Edda Olga", SELLERS),
                *staff("Paul Mara", TECHNICIANS),
                PLAN,
                euros(200),
            ],
            "gold",
            id="two of each",
        ),
    ],
)
def test_bitdefender(records: list[Any], level: str | None) -> None:
    rules = filled(
        "bitdefender-partner", {"year_from": "01-01", "at_least.silver": 100, "at_least.gold": 200}
    )

    assert judge(rules, partner(*records), TODAY).level == level


def test_bitdefender_cannot_be_judged_without_any_figure() -> None:
    rules = filled("bitdefender-partner", {"year_from": "01-01", "at_least": 100})

    assert met(judge(rules, partner(JOINED), TODAY), "silver", "revenue") is None


def dell(sales: int, services: int, trained: int, country: str = "GB") -> PartnerFacts:
    """Return a reseller of Dell EMC: its dollars of the year, and trained people."""
    dollars = {"metric": "sales", "currency": "USD"}
    return partner(
        organization(country=country),
        reading(sales - services, TODAY, **dollars),
        reading(services, TODAY, attributes={"line": "services"}, **dollars),
        [certificate(f"p{one}", family="dell-emc-training") for one in range(trained)],
        [employee(f"p{one}") for one in range(trained)],
    )


DELL = filled("dell-emc-emea", {"year_from": "02-01", "any[0]": 1, "any[1]": 3})
"""As if the way by revenue asked for one training, the way by training for three."""


@pytest.mark.parametrize(
    ("sales", "services", "trained", "level"),
    [
        (3_000_000, 400_000, 1, "gold"),
        (2_999_999, 400_000, 1, None),
        (3_000_000, 399_999, 1, None),
        (3_000_000, 400_000, 0, None),
        (500_000, 60_000, 3, "gold"),
        (500_000, 60_000, 2, None),
        (3_000_000, 600_000, 3, "platinum"),
        (15_000_000, 1_600_000, 1, "platinum"),
        (15_000_000, 2_400_000, 3, "titanium"),
        (35_000_000, 3_200_000, 1, "titanium"),
        (35_000_000, 3_199_999, 1, "platinum"),
    ],
)
def test_dell_emc_partner_goes_one_whole_way(
    sales: int, services: int, trained: int, level: str | None
) -> None:
    assert judge(DELL, dell(sales, services, trained), TODAY).level == level


def test_dell_emc_partner_elsewhere_cannot_be_judged() -> None:
    verdict = judge(DELL, dell(90_000_000, 9_000_000, 9, country="ES"), TODAY)

    assert {one.result for one in verdict.levels} == {Result.CANNOT_BE_JUDGED}


def test_dell_emc_partner_begins_again_with_the_year() -> None:
    verdict = judge(DELL, dell(3_000_000, 400_000, 1), TODAY)

    assert verdict.changes_on == date(2027, 2, 1)


EXAMS = ("exam-70-216", "exam-70-220", "exam-70-221")
SECURITY = {"roles": {"security-solutions": FOREVER}}


def customers(*names: str, since: date = TODAY) -> list[Reference]:
    return [Reference(id=name, customer=name, period=Period(since)) for name in names]


def technicians(examined: str, others: str) -> list[Any]:
    return [*staff(examined, "mcse", *EXAMS, **SECURITY), *staff(others, "mcsd", **SECURITY)]


MEMBER = holding("microsoft-certified-partner", "member")
NAMED = customers("Contoso", "Fabrikam", "Tailspin")


@pytest.mark.parametrize(
    ("records", "level"),
    [
        pytest.param(
            [MEMBER, NAMED, technicians("Edda Paul", "Olga Mara")], "gold", id="all of it"
        ),
        pytest.param([NAMED, technicians("Edda Paul", "Olga Mara")], None, id="no member"),
        pytest.param([MEMBER, NAMED, technicians("Edda Paul", "Olga")], None, id="three people"),
        pytest.param([MEMBER, NAMED, technicians("Edda", "Paul Olga Mara")], None, id="one examined"),
        pytest.param(
            [MEMBER, NAMED, technicians("Edda", "Olga Mara"), staff("Paul", "mcse", *EXAMS[:2], **SECURITY)],
            None,
            id="the second passed two exams only",
        ),
        pytest.param(
            [MEMBER, NAMED, technicians("Edda", "Olga Mara"), staff("Paul", *EXAMS, **SECURITY)],
            None,
            id="who passed them is no MCSE",
        ),
        pytest.param(
            [MEMBER, NAMED[:2], technicians("Edda Paul", "Olga Mara")], None, id="two customers"
        ),
        pytest.param(
            [MEMBER, NAMED[:2], customers("Contoso"), technicians("Edda Paul", "Olga Mara")],
            None,
            id="the same customer twice",
        ),
    ],
)  # fmt: skip
def test_microsoft_security_partner(records: list[Any], level: str | None) -> None:
    verdict = judge(program("microsoft-security-gold-2002"), partner(*records), TODAY)

    assert verdict.level == level


def test_customers_of_a_security_partner_expire_after_eighteen_months() -> None:
    known = partner(MEMBER, NAMED, technicians("Edda Paul", "Olga Mara"))
    verdict = judge(program("microsoft-security-gold-2002"), known, TODAY)
    later = judge(program("microsoft-security-gold-2002"), known, date(2027, 9, 2))

    assert verdict.changes_on == date(2027, 9, 2)
    assert set(reasons(finding_of(later, "gold", "customers")).values()) == {
        ReasonCode.OUTSIDE_WINDOW
    }
