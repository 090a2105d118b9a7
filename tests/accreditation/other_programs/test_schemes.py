"""What other schemes mean: points of QuickBooks, listings of Shopify, audits of iATS, Apple's shops."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from accreditation.criteria.facts import PartnerFacts
from accreditation.criteria.judge import judge
from accreditation.criteria.periods import Period
from accreditation.criteria.records import Audit, Deployment, Fee
from tests.accreditation.criteria.figures import reading
from tests.accreditation.criteria.worlds import (
    LONG_AGO,
    TODAY,
    certificate,
    employee,
    finding_of,
)
from tests.accreditation.other_programs.worlds import (
    FOREVER,
    decided,
    organization,
    paper,
    partner,
    program,
    sold,
    staff,
)
from tests.accreditation.worked_examples.worlds import met

JOINED = organization(joined=LONG_AGO)
DELUXE, PREMIUM = (paper(Fee, f"proadvisor-{one}") for one in ("deluxe", "premium"))


@pytest.mark.parametrize(
    ("records", "level", "points"),
    [
        pytest.param([], "silver", 0, id="joined"),
        pytest.param([sold(3, "online", TODAY)], "silver", 150, id="three clients"),
        pytest.param(
            [sold(3, "online", TODAY), sold(2, "self-employed", TODAY)],
            "gold",
            200,
            id="and two self-employed",
        ),
        pytest.param(
            [staff("Edda Paul", "online", "online-advanced"), staff("Olga", "desktop")],
            "gold",
            700,
            id="each person for each certification",
        ),
        pytest.param(
            [employee("Edda"), certificate("Edda", "online"),
             certificate("Edda", "online", record="again")],
            "silver",
            100,
            id="nobody twice for one",
        ),
        pytest.param([DELUXE, PREMIUM], "silver", 100, id="one purchase for the firm"),
        pytest.param([sold(32, "online", TODAY)], "elite", 1600, id="32 clients"),
        pytest.param([sold(31, "payroll", TODAY), sold(1, "self-employed", TODAY)], "platinum",
                     1575, id="25 points short"),
    ],
)  # fmt: skip
def test_quickbooks_proadvisor(records: list[Any], level: str, points: int) -> None:
    verdict = judge(program("quickbooks-proadvisor"), partner(JOINED, *records), TODAY)

    assert (verdict.level, finding_of(verdict, "elite", "points").have) == (level, points)


def merchants(number: int, stage: str = "active") -> list[Deployment]:
    return [
        Deployment(id=f"{stage}-{one}", customer=f"{stage}-{one}", stage=stage, completed_on=TODAY)
        for one in range(number)
    ]


GOOD, BAD = (organization(good_standing=one) for one in (True, False))


@pytest.mark.parametrize(
    ("records", "eligible"),
    [
        pytest.param([GOOD, sold(5, "referral", TODAY)], True, id="five referrals"),
        pytest.param([GOOD, sold(4, "referral", TODAY), merchants(49)], False, id="neither"),
        pytest.param([GOOD, merchants(50)], True, id="fifty merchants"),
        pytest.param([GOOD, merchants(49), merchants(5, "closed")], False, id="not all active"),
        pytest.param([GOOD, sold(5, "referral", date(2025, 3, 2))], False, id="too long ago"),
        pytest.param([BAD, sold(5, "referral", TODAY)], False, id="not in good standing"),
        pytest.param([sold(5, "referral", TODAY)], None, id="standing unknown"),
    ],
)
def test_shopify_partner_directory(records: list[Any], eligible: bool | None) -> None:
    verdict = judge(program("shopify-partner-directory"), partner(*records), TODAY)

    assert verdict.level == ("eligible" if eligible else None)
    assert (met(verdict, "eligible", "standing") is None) is (eligible is None)


TESTER = staff("Edda", "tester", roles={"tester": FOREVER})


def audited(on: date, *, passed: bool = True) -> Audit:
    return Audit(id=f"audit-{on}", kind="site", period=Period(on), passed=passed)


@pytest.mark.parametrize(
    ("joined", "audit", "member"),
    [
        pytest.param(date(2026, 1, 1), audited(date(2026, 2, 1)), True, id="new and audited"),
        pytest.param(date(2024, 3, 3), audited(date(2025, 3, 2)), False, id="young: after a year"),
        pytest.param(date(2024, 3, 3), audited(date(2025, 3, 3)), True, id="young: within a year"),
        pytest.param(date(2024, 3, 2), audited(date(2025, 3, 2)), True, id="two years a member"),
        pytest.param(date(2020, 1, 1), audited(date(2023, 3, 3)), True, id="within three years"),
        pytest.param(date(2020, 1, 1), audited(date(2023, 3, 2)), False, id="three years ago"),
        pytest.param(
            date(2020, 1, 1), audited(date(2026, 1, 1), passed=False), False, id="not passed"
        ),
    ],
)
def test_iats_member_is_audited_every_year_and_later_every_third(
    joined: date, audit: Audit, member: bool
) -> None:
    known = partner(TESTER, organization(joined=joined), audit)

    assert judge(program("iats-tester"), known, TODAY).level == ("member" if member else None)


def test_iats_member_lapses_and_comes_back_when_two_years_are_over() -> None:
    known = partner(TESTER, organization(joined=date(2024, 6, 1)), audited(date(2025, 3, 10)))
    rules = program("iats-tester")

    turns = [
        judge(rules, known, day).changes_on for day in (TODAY, date(2026, 3, 10), date(2026, 6, 1))
    ]

    assert turns == [date(2026, 3, 10), date(2026, 6, 1), date(2028, 3, 10)]


QUARTER = date(2025, 12, 31)


def bought(euros: int) -> Any:
    return reading(euros, QUARTER, metric="purchases", currency="EUR")


def earned(education: int, others: int) -> list[Any]:
    return [
        reading(education, QUARTER, metric="revenue", attributes={"market": "education"}),
        reading(others, QUARTER, metric="revenue", attributes={"market": "office"}),
    ]


SALES = staff("Edda", "asto-silver", roles={"sales": FOREVER})
TECHNICIAN = staff("Paul", "asto-silver", roles={"technology": FOREVER})
DEMO = paper(Audit, "demo-facilities", passed=True)
SHOP = [
    staff("Olga Mara Anna Lena", "asto-product-pro", roles={"showroom": FOREVER}),
    organization(showroom_area=Decimal(75)),
    decided("services"),
]


def apple(*records: Any) -> PartnerFacts:
    return partner(SALES, TECHNICIAN, bought(50_000), *(one for one in records))


@pytest.mark.parametrize(
    ("known", "levels"),
    [
        pytest.param(apple(), {"authorized"}, id="sales, technology, purchases"),
        pytest.param(partner(SALES, TECHNICIAN, bought(49_999)), set(), id="a euro less"),
        pytest.param(
            partner(staff("Edda", "asto-silver", roles={"sales": FOREVER, "technology": FOREVER}),
                    bought(50_000)),
            set(),
            id="one person is not two",
        ),
        pytest.param(
            apple(staff("Olga Mara", "solution-expert"), earned(60, 40), DEMO),
            {"authorized", "expert"},
            id="expert",
        ),
        pytest.param(
            apple(staff("Olga Mara", "solution-expert"), earned(59, 41), DEMO),
            {"authorized"},
            id="59 % in the field",
        ),
        pytest.param(
            apple(certificate("Edda", "solution-expert"), staff("Olga", "solution-expert"),
                  earned(60, 40), DEMO),
            {"authorized"},
            id="who sells is no expert besides",
        ),
        pytest.param(
            partner(*SHOP, sold(4, "sell-out-report", TODAY)), {"premium"}, id="premium only"
        ),
        pytest.param(
            partner(*SHOP, sold(3, "sell-out-report", TODAY)), set(), id="a report is missing"
        ),
    ],
)  # fmt: skip
def test_apple_reseller(known: PartnerFacts, levels: set[str]) -> None:
    verdict = judge(program("apple-resellers-cis"), known, TODAY)

    assert {one.level for one in verdict.levels if one.result.value == "met"} == levels
