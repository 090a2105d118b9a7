"""What the programs of platforms mean: Airbnb's hosts, Wix's agencies, Kubernetes providers."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from accreditation.criteria.judge import judge
from accreditation.criteria.records import Deployment, SurveyAnswer
from accreditation.criteria.verdicts import Result
from tests.accreditation.criteria.worlds import TODAY, certificate, employee, finding_of
from tests.accreditation.other_programs.worlds import (
    decided,
    organization,
    partner,
    program,
    sold,
    staff,
)
from tests.accreditation.worked_examples.worlds import met

ASSESSED = date(2026, 1, 1)
SUMMER = date(2025, 7, 20)
STANDING = organization(good_standing=True)


def ratings(*scores: str, on: date = SUMMER) -> list[SurveyAnswer]:
    return [
        SurveyAnswer(f"answer-{number}", f"guest-{number}", "stay", Decimal(score), on)
        for number, score in enumerate(scores)
    ]


def host(**changes: Any) -> Any:
    """Return what is known of a host who is a Superhost, changed where a test says so."""
    known = {
        "stays": stays(*[1] * 10),
        "answered": sold(9, "inquiry", SUMMER, stage="answered"),
        "ignored": sold(1, "inquiry", SUMMER, stage="ignored"),
        "kept": sold(99, "reservation", SUMMER, stage="kept"),
        "canceled": sold(1, "reservation", SUMMER, stage="canceled"),
        "rating": ratings("5", "4.6"),
        "standing": STANDING,
    }
    return partner(*{**known, **changes}.values())


def stays(*nights: int) -> list[Any]:
    return [
        one
        for number in nights
        for one in sold(1, "stay", SUMMER, attributes={"nights": str(number)})
    ]


def canceled(number: int, **more: Any) -> list[Any]:
    return sold(number, "reservation", SUMMER, stage="canceled", **more)


@pytest.mark.parametrize(
    ("changes", "level"),
    [
        pytest.param({}, "superhost", id="everything just met"),
        pytest.param({"stays": stays(*[1] * 9)}, None, id="nine stays"),
        pytest.param(
            {"stays": stays(40, 30, 30)},
            "superhost",
            id="three stays of 100 nights",
        ),
        pytest.param(
            {"stays": stays(40, 30, 29)},
            None,
            id="three stays of 99 nights",
        ),
        pytest.param(
            {"stays": stays(60, 60)},
            None,
            id="two stays of 120 nights",
        ),
        pytest.param(
            {"ignored": sold(2, "inquiry", SUMMER)}, None, id="9 of 11 inquiries answered"
        ),
        pytest.param({"canceled": canceled(2)}, None, id="two of 101 canceled"),
        pytest.param(
            {"canceled": canceled(2, attributes={"circumstances": "extenuating"})},
            "superhost",
            id="two canceled under extenuating circumstances",
        ),
        pytest.param({"rating": ratings("5", "4.59")}, None, id="rated 4.795, shown as 4.8"),
        pytest.param({"rating": ratings("1", on=date(2024, 12, 31))}, None, id="not rated lately"),
        pytest.param({"standing": organization(good_standing=False)}, None, id="no good standing"),
    ],
)
def test_airbnb_superhost(changes: dict[str, Any], level: str | None) -> None:
    assert judge(program("airbnb-superhost"), host(**changes), ASSESSED).level == level


def test_airbnb_host_without_a_rating_cannot_be_judged() -> None:
    verdict = judge(program("airbnb-superhost"), host(rating=[]), ASSESSED)

    assert met(verdict, "superhost", "rating") is None


def test_airbnb_superhost_stays_until_the_next_assessment() -> None:
    late = host(ignored=sold(5, "inquiry", date(2026, 1, 2), stage="ignored"))

    before = judge(program("airbnb-superhost"), late, date(2026, 3, 31))
    after = judge(program("airbnb-superhost"), late, date(2026, 4, 1))

    assert (before.level, before.changes_on, after.level) == ("superhost", date(2026, 4, 1), None)


def sites(number: int, kind: str, part: str = "owner", **more: Any) -> list[Deployment]:
    return [
        Deployment(
            id=f"{kind}-{part}-{one}",
            customer=f"{kind}-{part}-{one}",
            kind=kind,
            completed_on=SUMMER,
            attributes={"part": part},
            **more,
        )
        for one in range(number)
    ]


JOINED = organization(joined=SUMMER)


@pytest.mark.parametrize(
    ("records", "level", "points"),
    [
        pytest.param([], "pioneer", 0, id="joined"),
        pytest.param([sites(3, "studio-site")], "pioneer", 900, id="three of the studio"),
        pytest.param(
            [sites(3, "studio-site"), sites(1, "studio-site", "collaborator")],
            "creator",
            1000,
            id="and one as a collaborator",
        ),
        pytest.param(
            [sites(9, "site"), sites(1, "site", "collaborator")], "creator", 1000, id="ten others"
        ),
        pytest.param(
            [
                sites(6, "studio-site"),
                employee("Edda"),
                certificate("Edda", family="wix-academy"),
                certificate("Edda", "designer", family="wix-academy"),
            ],
            "icon",
            2000,
            id="two certifications of one person",
        ),
        pytest.param([sites(50, "site")], "legend", 5000, id="fifty sites"),
    ],
)
def test_wix_partner(records: list[Any], level: str, points: int) -> None:
    verdict = judge(program("wix-partner"), partner(JOINED, *records), TODAY)

    assert (verdict.level, finding_of(verdict, "legend", "points").have) == (level, points)


def test_wix_partner_loses_the_points_of_a_site_whose_plan_ended() -> None:
    kept, ended = sites(9, "site"), sites(1, "studio-site", withdrawn_on=TODAY)
    rules = program("wix-partner")

    before = judge(rules, partner(JOINED, kept, ended), date(2026, 3, 1))
    after = judge(rules, partner(JOINED, kept, ended), TODAY)

    assert (before.level, before.changes_on, after.level) == ("creator", TODAY, "pioneer")


COMMUNITY, BUSINESS = decided("community"), decided("business")


@pytest.mark.parametrize(
    ("records", "result"),
    [
        pytest.param([staff("Edda Paul Olga", "cka"), COMMUNITY, BUSINESS], Result.MET, id="all"),
        pytest.param(
            [staff("Edda Paul", "cka"), COMMUNITY, BUSINESS], Result.NOT_MET, id="two certified"
        ),
        pytest.param(
            [
                staff("Edda Paul", "cka"),
                staff("Sven", "cka", kind="contractor"),
                COMMUNITY,
                BUSINESS,
            ],
            Result.NOT_MET,
            id="the third is a contractor",
        ),
        pytest.param(
            [staff("Edda Paul Olga", "cka"), COMMUNITY],
            Result.CANNOT_BE_JUDGED,
            id="nobody looked at the business yet",
        ),
        pytest.param(
            [staff("Edda Paul Olga", "cka"), COMMUNITY, decided("business", accepted=False)],
            Result.NOT_MET,
            id="the business was refused",
        ),
    ],
)
def test_kubernetes_service_provider(records: list[Any], result: Result) -> None:
    verdict = judge(program("kubernetes-kcsp"), partner(*records), TODAY)

    assert verdict.of("certified").result is result
