"""W10 to W12: the best whole track, the floor's wording by version, qualified on any day."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from accreditation.criteria.facts import PartnerFacts
from accreditation.criteria.judge import judge
from accreditation.criteria.periods import Period
from accreditation.criteria.records import Deployment, Fee, MetricReading, Transaction
from accreditation.criteria.verdicts import Finding, Result
from tests.accreditation.criteria.figures import reading
from tests.accreditation.criteria.worlds import LONG_AGO, certificate, employee, facts, finding_of
from tests.accreditation.worked_examples.worlds import assumed

NEWER, OLDER = "microsoft-sp-modern-work", "microsoft-sp-modern-work.older"
DAY = date(2024, 8, 15)
FULL_AT = {
    "intermediate_enterprise": (10, 8),
    "advanced_enterprise": (15, 4),
    "usage_growth_enterprise": (30, 1000),
    "deployments_enterprise": (25, 5),
}


def designation(name: str = NEWER):
    """Return the rules with the enterprise figures that W10 assumes."""
    return assumed(
        name,
        **{f"{key}__up_to": {"points": most, "at": at} for key, (most, at) in FULL_AT.items()},
    )


def usage(growth: int) -> Iterator[MetricReading]:
    """Yield the monthly active users of the months that the window looks at."""
    for month in range(1, 10):
        yield reading(1000, date(2023, month, 28), metric="monthly-active-users")
        yield reading(1000 + growth, date(2024, month, 28), metric="monthly-active-users")


def sold(segment: str, units: int, count: int, kind: str = "customer-added"):
    return tuple(
        Transaction(
            id=f"{segment}-{kind}-{number}",
            customer=f"{segment}-{number}",
            kind=kind,
            made_on=date(2024, 2, 1),
            attributes={"workload": "eligible", "paid-units": str(units)},
        )
        for number in range(count)
    )


def deployed(segment: str, units: int, count: int, share: str = "0.40"):
    return tuple(
        Deployment(
            id=f"{segment}-{number}",
            customer=segment,
            completed_on=date(2024, 2, 1),
            confirmed_on=date(2024, 2, 1),
            attributes={"active-usage-share": share, "paid-units": str(units)},
        )
        for number in range(count)
    )


def partner(
    *,
    adds: tuple[int, int],
    deployments: tuple[int, int],
    people: tuple[int, int],
    growth: int,
) -> PartnerFacts:
    """Return a partner; pairs are of the enterprise and small-business segments, or of levels."""
    intermediate, advanced = people
    staff = facts(
        *(employee(f"P{number}") for number in range(max(people))),
        *(
            certificate(f"P{number}", f"ms-{level}", family=f"modern-work-{level}")
            for level, count in (("intermediate", intermediate), ("advanced", advanced))
            for number in range(count)
        ),
    )
    return replace(
        staff,
        transactions=(*sold("enterprise", 301, adds[0]), *sold("smb", 300, adds[1])),
        deployments=(
            *deployed("enterprise", 301, deployments[0]),
            *deployed("smb", 11, deployments[1]),
        ),
        readings=tuple(usage(growth)),
        fees=(
            Fee(
                id="fee",
                kind="solutions-partner",
                period=Period(LONG_AGO),
                amount=Decimal(4875),
                currency="USD",
            ),
        ),
    )


W10 = partner(adds=(2, 2), deployments=(4, 0), people=(4, 2), growth=900)
W11 = partner(adds=(0, 10), deployments=(0, 5), people=(2, 1), growth=11)


def track(finding: Finding, key: str) -> Finding:
    return next(child for child in finding.children if child.key == key)


def points(finding: Finding) -> list[Decimal]:
    return [child.have for child in finding.children]


def test_w10_best_track_counts_as_a_whole():
    verdict = judge(designation(), W10, DAY)
    score = finding_of(verdict, "qualified", "score")
    enterprise, smb = track(score, "enterprise"), track(score, "smb")

    assert points(enterprise) == [8, 5, Decimal("7.5"), 27, 20]
    assert points(smb) == [4, 10, 15, 30, 0]
    assert (enterprise.have, smb.have) == (Decimal("67.5"), 59)
    # The best of every metric would make 83.
    assert (score.have, score.need, score.result) == (Decimal("67.5"), 70, Result.NOT_MET)
    assert verdict.level is None


def test_w10_small_business_way_misses_its_floor_as_well():
    smb = track(finding_of(judge(designation(), W10, DAY), "qualified", "score"), "smb")

    assert {child.key for child in smb.children if child.result is Result.NOT_MET} == {
        "deployments_smb"
    }


@pytest.mark.parametrize(("name", "level"), [(OLDER, "qualified"), (NEWER, None)])
def test_w11_floor_of_each_metric_by_version_of_the_rules(name, level):
    verdict = judge(designation(name), W11, DAY)
    smb = track(finding_of(verdict, "qualified", "score"), "smb")

    assert (smb.have, verdict.level) == (Decimal("70.66"), level)


def test_w11_two_thirds_of_a_point_are_not_rounded_to_one():
    score = finding_of(judge(designation(), W11, DAY), "qualified", "score")
    growth = track(track(score, "smb"), "usage_growth_smb")

    assert (growth.have, growth.need, growth.result) == (Decimal("0.66"), 1, Result.NOT_MET)


def qualified_on_one_day() -> PartnerFacts:
    """W12: the only person with an advanced certificate held it on 2024-03-01 alone."""
    others = tuple(one for one in W11.certificates if one.family != "modern-work-advanced")
    day = date(2024, 3, 1)
    short = certificate("P0", "ms-advanced", family="modern-work-advanced", since=day, last=day)
    return replace(W11, certificates=(*others, short))


@pytest.mark.parametrize(
    ("day", "level"),
    [
        ("2024-02-29", None),
        ("2024-03-01", "qualified"),
        ("2024-08-15", "qualified"),
        ("2024-08-31", "qualified"),
        ("2024-09-01", None),
    ],
)
def test_w12_one_qualified_day_of_the_calendar_months_is_enough(day, level):
    verdict = judge(designation(OLDER), qualified_on_one_day(), date.fromisoformat(day))

    assert verdict.level == level


def test_w12_today_s_score_alone_says_no():
    verdict = judge(designation(OLDER), qualified_on_one_day(), DAY)

    assert finding_of(verdict, "qualified", "score").result is Result.NOT_MET
    assert verdict.level == "qualified"
    assert verdict.changes_on == date(2024, 9, 1)


@pytest.mark.parametrize(("hour", "level"), [("06:59", "qualified"), ("07:00", None)])
def test_w12_month_ends_with_the_vendor_s_day_not_with_that_of_utc(hour, level):
    instant = datetime.fromisoformat(f"2024-09-01T{hour}").replace(tzinfo=UTC)
    day = instant.astimezone(ZoneInfo("America/Los_Angeles")).date()

    assert judge(designation(OLDER), qualified_on_one_day(), day).level == level


@pytest.mark.parametrize(
    ("units", "segment"), [(10, None), (11, "smb"), (300, "smb"), (301, "enterprise")]
)
def test_size_of_a_customer_decides_the_track(units, segment):
    known = replace(W11, transactions=sold("any", units, 1))
    score = finding_of(judge(designation(), known, DAY), "qualified", "score")

    won = {key: track(track(score, key), f"net_adds_{key}").have for key in ("enterprise", "smb")}

    assert {key for key, have in won.items() if have} == ({segment} if segment else set())


def test_customers_lost_reduce_and_a_customer_won_twice_counts_once():
    again = tuple(replace(one, id=f"{one.id}-again") for one in sold("smb", 300, 2))
    lost = sold("smb", 300, 3, "customer-lost")
    known = replace(W11, transactions=(*W11.transactions, *again, *lost))

    score = finding_of(judge(designation(), known, DAY), "qualified", "score")

    assert track(track(score, "smb"), "net_adds_smb").have == 14  # (10 - 3) / 10 of 20


def test_share_of_use_that_only_shows_as_40_percent_is_no_deployment():
    known = replace(W11, deployments=deployed("smb", 11, 5, "0.3999"))

    score = finding_of(judge(designation(), known, DAY), "qualified", "score")

    assert track(track(score, "smb"), "deployments_smb").have == 0


def test_fee_is_asked_beside_the_score():
    verdict = judge(designation(OLDER), replace(W11, fees=()), DAY)

    assert verdict.level is None
    assert finding_of(verdict, "qualified", "any_day").result is Result.MET
