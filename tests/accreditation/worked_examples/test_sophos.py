"""W06: certificates end with the release of their course; the audit of 31 March counts them."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from accreditation.criteria.facts import Certificate, PartnerFacts
from accreditation.criteria.judge import judge
from accreditation.criteria.periods import Period
from accreditation.criteria.records import OrganizationAttribute
from accreditation.criteria.verdicts import ReasonCode, Result
from enablement.certificate_life import Anchor, LifeRule, Passed, life
from tests.accreditation.criteria.figures import reading
from tests.accreditation.criteria.worlds import LONG_AGO, employee, facts, finding_of, reasons
from tests.accreditation.worked_examples.worlds import assumed

TIERS = "sophos-partner-program"
AUDIT = date(2022, 3, 31)
TWO_YEARS_AFTER_RELEASE = LifeRule(
    24, Anchor.RELEASE, anniversary_counts=True, extended_by=frozenset({"delta-18.5"})
)
RELEASED = {"v18.0": date(2020, 2, 11), "delta-18.5": date(2021, 4, 21)}
PASSED = {
    "Julia": [("v18.0", date(2020, 11, 3)), ("delta-18.5", date(2021, 7, 2))],
    "Kim": [("v18.0", date(2022, 2, 10))],
    "Leo": [("v18.0", date(2020, 3, 1)), ("delta-18.5", date(2022, 3, 1))],
}


def tiers(**needs: int):
    """Return the rules with as many certificates per tier as an example assumes."""
    return assumed(TIERS, certified=needs or dict.fromkeys(LEVELS, 1))


LEVELS = ("authorized", "silver", "gold", "platinum")


def firewall(person: str) -> Certificate:
    """Return the certificate of a person as it lives by what the person passed."""
    first, *later = (Passed(f"{person}-{what}", what, day) for what, day in PASSED[person])
    lives = life(first, later, TWO_YEARS_AFTER_RELEASE, RELEASED)
    assert lives is not None
    return Certificate(
        first.id,
        person,
        "firewall",
        Period(lives.held.start, lives.held.end),
        family="sophos-engineer",
    )


def partner(*revenue: tuple[str, int], country: str = "pl") -> PartnerFacts:
    staff = facts(
        *(employee(one, since=date(2019, 1, 1)) for one in PASSED), *map(firewall, PASSED)
    )
    return replace(
        staff,
        readings=tuple(
            reading(amount, date.fromisoformat(day), day, currency="EUR") for day, amount in revenue
        ),
        attributes=(OrganizationAttribute("c", "country", country, Period(LONG_AGO)),),
    )


def test_w06_audit_day_counts_the_certificate_that_the_delta_extended():
    certified = finding_of(judge(tiers(), partner(), AUDIT), "authorized", "certified")

    assert (certified.have, certified.counted[0].person) == (1, "Julia")
    assert reasons(certified) == {
        "Kim-v18.0": ReasonCode.EXPIRED,
        "Leo-v18.0": ReasonCode.EXPIRED,
    }


@pytest.mark.parametrize(("need", "level"), [(1, "authorized"), (2, None)])
def test_w06_two_years_after_each_pass_would_be_a_tier_too_high(need, level):
    needs = dict.fromkeys(LEVELS, 9) | {"authorized": need}

    assert judge(tiers(**needs), partner(), AUDIT).level == level


@pytest.mark.parametrize(
    ("person", "last"),
    [("Julia", date(2023, 4, 21)), ("Kim", date(2022, 2, 11)), ("Leo", date(2022, 2, 11))],
)
def test_w06_last_day_of_each_certificate(person, last):
    alone = replace(partner(), certificates=(firewall(person),))

    on_it, after = (judge(tiers(), alone, day) for day in (last, last + timedelta(days=1)))

    assert (on_it.level, after.level) == ("authorized", None)


def test_w06_the_vendor_s_calendar_day_decides():
    """06:59 UTC is still the last day in Los Angeles, although UTC and Tokyo are a day ahead."""
    alone = replace(partner(), certificates=(firewall("Kim"),))
    instants = [
        datetime(2022, 2, 12, hour, minute, tzinfo=UTC) for hour, minute in ((7, 59), (8, 0))
    ]
    days = [one.astimezone(ZoneInfo("America/Los_Angeles")).date() for one in instants]

    assert [judge(tiers(), alone, day).level for day in days] == ["authorized", None]


YEAR = [("2021-04-01", 59_999), ("2022-03-31", 1), ("2022-04-01", 500_000)]


@pytest.mark.parametrize(
    ("revenue", "level"),
    [
        (YEAR, "gold"),
        ([("2021-03-31", 60_000)], "authorized"),
        ([("2021-06-01", 9_999)], "authorized"),
        ([("2021-06-01", 10_000)], "silver"),
        ([("2021-06-01", 200_000)], "platinum"),
    ],
)
def test_revenue_of_the_program_year_decides_the_tier(revenue, level):
    assert judge(tiers(), partner(*revenue), AUDIT).level == level


def test_revenue_of_another_region_cannot_be_judged():
    verdict = judge(tiers(), partner(("2021-06-01", 60_000), country="de"), AUDIT)

    assert verdict.of("silver").result is Result.CANNOT_BE_JUDGED
    assert verdict.level == "authorized"


def test_tier_rises_at_any_time_and_falls_only_by_the_audit():
    settings = tiers().settings

    assert settings.up.next_from(date(2022, 6, 1)) == date(2022, 6, 1)
    assert settings.down.next_from(date(2022, 4, 1)) == date(2023, 3, 31)
