"""What the programs of marketplaces mean: sellers at eBay and Etsy, agencies at Upwork."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from accreditation.criteria.facts import PartnerFacts
from accreditation.criteria.judge import judge
from accreditation.criteria.records import SurveyAnswer, Transaction
from accreditation.criteria.verdicts import CauseCode, Result
from tests.accreditation.criteria.figures import reading
from tests.accreditation.criteria.worlds import TODAY, finding_of
from tests.accreditation.other_programs.worlds import organization, partner, program, sold
from tests.accreditation.worked_examples.worlds import met

EVALUATED = date(2026, 3, 20)
LATELY, LONG_BEFORE = date(2026, 2, 10), date(2025, 6, 10)


def sales(number: int, on: date = LATELY, tracked: str = "yes", **wrong: str) -> list[Transaction]:
    """Return sales of ten dollars to the US, each to a customer of its own."""
    attributes = {"tracked": tracked, **wrong}
    money: dict[str, Any] = {"value": Decimal(10), "currency": "USD"}
    return sold(number, "sale", on, country="US", attributes=attributes, **money)


def seller(*records: Any, opened: date = date(2020, 1, 1)) -> PartnerFacts:
    return partner(organization(account_opened=opened), *records)


@pytest.mark.parametrize(
    ("known", "level"),
    [
        pytest.param(seller(sales(100)), "top-rated", id="a hundred sales"),
        pytest.param(seller(sales(99)), None, id="99 sales"),
        pytest.param(
            seller(sales(100), opened=date(2025, 12, 20)), "top-rated", id="90 days old"
        ),
        pytest.param(seller(sales(100), opened=date(2025, 12, 21)), None, id="89 days old"),
        pytest.param(seller(sales(100, date(2025, 3, 20))), None, id="a year and a day ago"),
        pytest.param(seller(sales(199), sales(1, defect="yes")), "top-rated", id="1 defect of 200"),
        pytest.param(seller(sales(198), sales(1, defect="yes")), None, id="1 defect of 199"),
        pytest.param(
            seller(sales(1000, LONG_BEFORE), sales(4, LONG_BEFORE, defect="yes")),
            None,
            id="few defects, but of four buyers",
        ),
        pytest.param(
            seller(sales(399), sales(5, LONG_BEFORE, defect="yes")),
            None,
            id="under 400 in three months: old defects count",
        ),
        pytest.param(
            seller(sales(400), sales(5, LONG_BEFORE, defect="yes")),
            "top-rated",
            id="400 in three months: old defects are over",
        ),
        pytest.param(seller(sales(333), sales(1, unresolved="yes")), "top-rated", id="1 case of 334"),
        pytest.param(seller(sales(332), sales(1, unresolved="yes")), None, id="1 case of 333"),
        pytest.param(seller(sales(194), sales(6, late="yes")), None, id="3 %, but six shipments"),
        pytest.param(seller(sales(162), sales(5, late="yes")), "top-rated", id="five of 167 late"),
        pytest.param(seller(sales(95), sales(5, tracked="no")), "top-rated", id="95 % tracked"),
        pytest.param(seller(sales(95), sales(6, tracked="no")), None, id="95 of 101 tracked"),
    ],
)  # fmt: skip
def test_ebay_top_rated_seller(known: PartnerFacts, level: str | None) -> None:
    assert judge(program("ebay-top-rated"), known, EVALUATED).level == level


def test_ebay_seller_moves_on_the_day_of_the_next_evaluation() -> None:
    known = seller(sales(100), opened=date(2025, 12, 21))

    verdict = judge(program("ebay-top-rated"), known, EVALUATED)

    assert verdict.changes_on == date(2026, 4, 20)
    assert verdict.levels[0].cause is not None
    assert verdict.levels[0].cause.code is CauseCode.TIME_PASSES


REVIEWED = date(2026, 5, 1)
MARCH = date(2026, 3, 15)


def orders(number: int, on: date = MARCH, in_time: str = "yes", amount: int = 60) -> list[Any]:
    attributes = {"in-time": in_time, "tracked": "yes"}
    return sold(number, "order", on, value=Decimal(amount), attributes=attributes)


def reviews(*scores: str) -> list[SurveyAnswer]:
    return [
        SurveyAnswer(f"review-{number}", f"buyer-{number}", "order", Decimal(score), MARCH)
        for number, score in enumerate(scores)
    ]


def messages(answered: int, late: int) -> list[Transaction]:
    return [
        *sold(answered, "message", MARCH, stage="answered-in-time"),
        *sold(late, "message", MARCH, stage="late"),
    ]


def shop(**changes: Any) -> PartnerFacts:
    known = {
        "about": organization(first_sale=date(2026, 1, 31), shop_currency="USD"),
        "orders": orders(5),
        "reviews": reviews("5", "4.6"),
        "messages": [],
    }
    return partner(*{**known, **changes}.values())


@pytest.mark.parametrize(
    ("changes", "result"),
    [
        pytest.param({}, Result.MET, id="nobody wrote"),
        pytest.param({"messages": messages(19, 1)}, Result.MET, id="19 of 20 answered in time"),
        pytest.param({"messages": messages(18, 1)}, Result.NOT_MET, id="18 of 19"),
        pytest.param({"orders": orders(4, amount=90)}, Result.NOT_MET, id="four orders"),
        pytest.param({"orders": orders(5, amount=59)}, Result.NOT_MET, id="295 dollars"),
        pytest.param(
            {
                "orders": orders(5, amount=50),
                "about": organization(first_sale=date(2026, 1, 31), shop_currency="EUR"),
            },
            Result.MET,
            id="250 euros",
        ),
        pytest.param(
            {"about": organization(first_sale=date(2026, 1, 31), shop_currency="CHF")},
            Result.CANNOT_BE_JUDGED,
            id="francs, of which nothing is said",
        ),
        pytest.param(
            {"orders": [*orders(19), *orders(1, in_time="no")]}, Result.MET, id="95 % in time"
        ),
        pytest.param(
            {"orders": [*orders(18), *orders(1, in_time="no")]}, Result.NOT_MET, id="18 of 19"
        ),
        pytest.param({"orders": orders(5, date(2026, 1, 31))}, Result.NOT_MET, id="in January"),
        pytest.param({"orders": orders(5, REVIEWED)}, Result.NOT_MET, id="on the day itself"),
        pytest.param({"reviews": reviews("5", "4.59")}, Result.NOT_MET, id="rated 4.795"),
        pytest.param({"reviews": []}, Result.CANNOT_BE_JUDGED, id="not rated"),
        pytest.param(
            {"about": organization(first_sale=date(2026, 2, 1), shop_currency="USD")},
            Result.NOT_MET,
            id="first sale 89 days ago",
        ),
    ],
)
def test_etsy_star_seller(changes: dict[str, Any], result: Result) -> None:
    assert judge(program("etsy-star-seller"), shop(**changes), REVIEWED).levels[0].result is result


def weeks(good: int, bad: int) -> list[Transaction]:
    """Return the scores of so many weeks up to today, the bad ones first."""
    scores = ["0.95"] * good + ["0.8"] * bad
    return [
        one
        for number, score in enumerate(scores)
        for one in sold(
            1, "weekly-score", TODAY - timedelta(weeks=number), attributes={"score": score}
        )
    ]


def agency(**changes: Any) -> PartnerFacts:
    known = {
        "score": reading("0.9", metric="job-success"),
        "weeks": weeks(13, 3),
        "owner": [],
        "earned": reading(10_000, TODAY, metric="earnings", currency="USD"),
        "about": organization(good_standing=True, first_hire=date(2026, 1, 31)),
        "profile": reading(1, metric="owner-profile"),
        "members": [
            reading("1", metric="member-profile", item="Edda"),
            reading("0.2", metric="member-profile", item="Paul"),
        ],
        "active": sold(1, "activity", TODAY),
    }
    return partner(*{**known, **changes}.values())


@pytest.mark.parametrize(
    ("changes", "result"),
    [
        pytest.param({}, Result.MET, id="13 good weeks of 16"),
        pytest.param({"weeks": weeks(12, 4)}, Result.NOT_MET, id="12 good weeks"),
        pytest.param({"weeks": []}, Result.NOT_MET, id="no weeks at all"),
        pytest.param(
            {"score": reading("0.89", metric="job-success")}, Result.NOT_MET, id="89 % today"
        ),
        pytest.param(
            {"owner": reading("0.9", metric="owner-success")}, Result.MET, id="the owner has 90 %"
        ),
        pytest.param(
            {"owner": reading("0.85", metric="owner-success")},
            Result.NOT_MET,
            id="the owner has 85 %",
        ),
        pytest.param(
            {"earned": reading(9_999, TODAY, metric="earnings", currency="USD")},
            Result.NOT_MET,
            id="a dollar less",
        ),
        pytest.param(
            {"members": reading("0.59", metric="member-profile", item="Edda")},
            Result.NOT_MET,
            id="profiles too empty",
        ),
        pytest.param({"members": []}, Result.CANNOT_BE_JUDGED, id="nothing known of members"),
        pytest.param(
            {"active": sold(1, "activity", date(2025, 12, 2))}, Result.NOT_MET, id="long inactive"
        ),
        pytest.param(
            {"barred": sold(1, "payment-elsewhere", date(2025, 9, 3))},
            Result.NOT_MET,
            id="paid elsewhere within six months",
        ),
        pytest.param(
            {"barred": sold(1, "payment-elsewhere", date(2025, 9, 2))},
            Result.MET,
            id="paid elsewhere before",
        ),
        pytest.param(
            {"about": organization(good_standing=True, first_hire=date(2026, 2, 1))},
            Result.NOT_MET,
            id="for 29 days",
        ),
    ],
)
def test_upwork_agency(changes: dict[str, Any], result: Result) -> None:
    verdict = judge(program("upwork-top-rated-agency"), agency(**changes), TODAY)

    assert verdict.levels[0].result is result


def test_upwork_agency_s_oldest_good_week_is_over_some_day() -> None:
    known = agency(weeks=weeks(3, 3)[3:] + weeks(13, 0))
    verdict = judge(program("upwork-top-rated-agency"), known, TODAY)
    weekly = finding_of(verdict, "top-rated", "weeks")

    assert (weekly.have, weekly.changes_on) == (13, TODAY + timedelta(weeks=16 - 12))
    assert met(verdict, "top-rated", "weeks")
