"""What needs attention first, and within whose reach."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from accreditation.enums import ProgramKind
from accreditation.kpi import LevelRate
from accreditation.models import Accreditation
from accreditation.queries.attention import Urgency, concerns_of
from accreditation.queries.kpi import level_rate, level_rate_on
from accreditation.standing import Standing
from partners.enums import MembershipRole, PartnerState
from partners.models import Membership, Vendor
from partners.periods import last_day
from partners.rules import Actor
from tests import cast
from tests.accreditation.public_cast import certify, document, partner, publish
from tests.stories import judge_all

DAY = cast.TODAY


@pytest.fixture
def mara(in_northwind: Vendor) -> Membership:
    """A channel manager; the program asks for one certified person and gives 30 days of grace."""
    publish(document("service", "Authorized", grace_days=30))
    return cast.member("Mara", MembershipRole.CHANNEL_MANAGER)


@pytest.fixture
def olive(in_northwind: Vendor) -> Actor:
    return cast.actor(cast.member("Olive", MembershipRole.OWNER))


def _holder(slug: str, *, until: date | None, manager: Membership) -> None:
    certify(partner(slug, manager=manager), "service", until=until)


def test_concerns_come_by_urgency_with_day_and_cause(mara: Membership) -> None:
    _holder("calm", until=DAY + timedelta(days=91), manager=mara)
    _holder("later", until=DAY + timedelta(days=90), manager=mara)
    _holder("soon", until=DAY + timedelta(days=10), manager=mara)
    _holder("acme", until=DAY + timedelta(days=1), manager=mara)
    judge_all()
    judge_all(cast.NOW + timedelta(days=1))

    found = concerns_of(cast.actor(mara), DAY + timedelta(days=1))

    assert [(one.partner.slug, one.urgency, one.day, one.person != "") for one in found] == [
        ("acme", Urgency.IN_GRACE, DAY + timedelta(days=31), False),
        ("soon", Urgency.AT_RISK, DAY + timedelta(days=9), True),
        ("later", Urgency.AT_RISK, DAY + timedelta(days=89), True),
        ("calm", Urgency.AT_RISK, DAY + timedelta(days=90), True),
    ]


def test_the_ninetieth_day_is_at_risk_and_the_day_after_is_not(mara: Membership) -> None:
    _holder("in", until=DAY + timedelta(days=90), manager=mara)
    _holder("out", until=DAY + timedelta(days=91), manager=mara)
    judge_all()

    assert [one.partner.slug for one in concerns_of(cast.actor(mara), DAY)] == ["in"]


@pytest.mark.parametrize(
    ("until", "last"),
    [
        ({"reviews": {"down": ["05-01"]}}, [date(2026, 4, 30)]),
        ({"reviews": {"down": "at_renewal"}, "term_months": 2}, [date(2026, 5, 1)]),
        ({"reviews": {"down": ["12-01"]}}, []),
    ],
    ids=["a review", "the end of the award", "a review far ahead"],
)
def test_level_that_is_only_kept_is_at_risk(
    mara: Membership, until: dict[str, Any], last: list[date]
) -> None:
    publish(document("yearly", "Authorized", **until))
    certify(partner("acme", manager=mara), "yearly", until=DAY + timedelta(days=1))
    judge_all()
    judge_all(cast.NOW + timedelta(days=1))

    found = concerns_of(cast.actor(mara), DAY + timedelta(days=1))

    assert [(one.urgency, one.day, one.cause) for one in found] == [
        (Urgency.AT_RISK, day, None) for day in last
    ]
    assert [last_day(one.standing.moves_on) for one in found] == last


@pytest.mark.parametrize(("days_ago", "shown"), [(30, ["acme"]), (31, [])])
def test_a_lapse_is_shown_for_thirty_days(
    mara: Membership, days_ago: int, shown: list[str]
) -> None:
    _holder("acme", until=None, manager=mara)
    judge_all()
    Accreditation.objects.update(
        standing=Standing.LAPSED, level=None, standing_since=DAY - timedelta(days=days_ago)
    )

    found = concerns_of(cast.actor(mara), DAY)

    assert [one.partner.slug for one in found] == shown
    assert {one.urgency for one in found} <= {Urgency.LAPSED}


def test_a_channel_manager_sees_the_partners_they_manage(mara: Membership, olive: Actor) -> None:
    other = cast.member("Milo", MembershipRole.CHANNEL_MANAGER)
    _holder("acme", until=DAY + timedelta(days=5), manager=mara)
    _holder("beta", until=DAY + timedelta(days=6), manager=other)
    judge_all()

    assert [one.partner.slug for one in concerns_of(cast.actor(mara), DAY)] == ["acme"]
    assert [one.partner.slug for one in concerns_of(olive, DAY)] == ["acme", "beta"]


def test_the_rate_counts_active_partners_in_reach_and_no_tier(
    mara: Membership, olive: Actor
) -> None:
    publish(document("tier", "Silver", kind=ProgramKind.TIER))
    _holder("acme", until=None, manager=mara)
    certify(partner("tiered", manager=mara), "tier")
    partner("prospect", state=PartnerState.PROSPECT, manager=mara)
    partner("unmanaged")
    judge_all()

    assert level_rate(cast.actor(mara)) == LevelRate(holding=1, active=2)
    assert level_rate(olive) == LevelRate(holding=1, active=3)


def test_a_partner_in_grace_counts_as_holding(mara: Membership) -> None:
    _holder("acme", until=DAY + timedelta(days=1), manager=mara)
    judge_all()
    judge_all(cast.NOW + timedelta(days=1))

    assert Accreditation.objects.get().standing == Standing.IN_GRACE
    assert level_rate(cast.actor(mara)) == LevelRate(holding=1, active=1)


def test_the_rate_of_a_past_day_knows_only_what_was_then(mara: Membership) -> None:
    _holder("acme", until=None, manager=mara)
    partner("ended", state=PartnerState.ENDED, ended_on=DAY)
    judge_all()

    yesterday = DAY - timedelta(days=1)
    assert level_rate_on(DAY) == LevelRate(holding=1, active=1)
    assert level_rate_on(yesterday) == LevelRate(holding=0, active=2)


@pytest.mark.parametrize("partners", [1, 3])
def test_asking_takes_the_same_statements_for_one_and_for_three(
    mara: Membership, partners: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(partners):
        _holder(f"partner-{number}", until=DAY + timedelta(days=5), manager=mara)
    judge_all()

    with django_assert_num_queries(7):
        found = concerns_of(cast.actor(mara), DAY)

    assert len(found) == partners
