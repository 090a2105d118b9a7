"""W23: scored per region, only where the partner works; the best region counts for the year."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from accreditation.criteria.facts import PartnerFacts
from accreditation.criteria.judge import judge
from accreditation.criteria.periods import Period
from accreditation.criteria.records import Fee, MetricReading, OrganizationAttribute
from accreditation.criteria.verdicts import Finding, Result, Verdict
from tests.accreditation.criteria.figures import reading
from tests.accreditation.criteria.worlds import LONG_AGO, certificate, employee, facts, finding_of
from tests.accreditation.worked_examples.worlds import assumed, program

TIERS = "salesforce-consulting-tiers"
FEES = dict.fromkeys(("base", "ridge", "crest", "summit"), 1000)
MARCH, JUNE, SEPTEMBER, NEXT_MARCH = (
    date(2026, 3, 1),
    date(2026, 6, 1),
    date(2026, 9, 1),
    date(2027, 3, 1),
)


def tiers():
    """Return the rules with fees that the example assumes."""
    return assumed(TIERS, fee=FEES)


def regional(value: int, day: str, region: str, what: str = "innovation-points") -> MetricReading:
    name = f"{region}-{what}-{day}"
    return reading(value, date.fromisoformat(day), name, metric=what, attributes={"region": region})


SCORES = (
    regional(480, "2026-01-01", "emea"),
    regional(3, "2026-01-01", "emea", "certified-people"),
    regional(760, "2026-01-01", "apac"),
    regional(510, "2026-05-20", "emea"),
    regional(300, "2026-08-20", "emea"),
)


def partner(*readings: MetricReading, fee: int = 1000, market: str = "mature") -> PartnerFacts:
    staff = facts(
        employee("Edda"),
        certificate("Edda", "admin", family="salesforce-qualifying"),
        certificate("Edda", "architect", family="salesforce-qualifying"),
    )
    paid = Fee(
        id="fee",
        kind="consulting-program",
        period=Period(LONG_AGO),
        amount=Decimal(fee),
        currency="USD",
    )
    attribute = OrganizationAttribute("m", "market", market, Period(LONG_AGO))
    return replace(staff, readings=readings, fees=(paid,), attributes=(attribute,))


def regions(verdict: Verdict, level: str) -> dict[str, Finding]:
    return {one.key: one for one in finding_of(verdict, level, "score").children}


@pytest.mark.parametrize(
    ("day", "level"), [(MARCH, "ridge"), (JUNE, "crest"), (SEPTEMBER, "ridge")]
)
def test_w23_best_region_in_which_the_partner_works_decides(day, level):
    assert judge(tiers(), partner(*SCORES), day).level == level


def test_w23_region_without_revenue_and_certified_people_is_not_scored():
    apac = regions(judge(tiers(), partner(*SCORES), MARCH), "summit")["apac"]
    present, points = apac.children[0].children

    assert (apac.result, present.result, points.result) == (
        Result.NOT_MET,
        Result.NOT_MET,
        Result.MET,
    )
    assert points.have == 760


@pytest.mark.parametrize("what", ["revenue", "certified-people"])
def test_w23_revenue_or_people_make_the_region_count(what):
    known = partner(*SCORES, regional(1, "2026-02-01", "apac", what))

    assert judge(tiers(), known, MARCH).level == "summit"


def test_regions_are_not_added_up():
    known = partner(
        regional(400, "2026-01-01", "emea"),
        regional(1, "2026-01-01", "emea", "revenue"),
        regional(400, "2026-01-01", "apac"),
        regional(1, "2026-01-01", "apac", "revenue"),
    )

    assert judge(tiers(), known, MARCH).level == "ridge"


def test_w23_tier_rises_at_the_quarterly_checks_and_falls_only_on_1_march():
    settings = tiers().settings

    assert JUNE in settings.up
    assert settings.up.next_from(date(2026, 6, 2)) == SEPTEMBER
    assert settings.down.next_from(SEPTEMBER) == NEXT_MARCH


def test_navigator_counts_up_to_225_points():
    known = partner(
        regional(400, "2026-01-01", "emea", "navigator-points"),
        regional(24, "2026-01-01", "emea", "customer-success-points"),
        regional(1, "2026-01-01", "emea", "revenue"),
    )

    verdict = judge(tiers(), known, MARCH)

    assert regions(verdict, "ridge")["emea"].children[0].children[1].have == 249
    assert verdict.level == "base"


def test_entry_takes_two_certificates_of_one_person_or_of_two():
    one = partner(*SCORES)
    fewer = replace(one, certificates=one.certificates[:1])
    two = replace(
        fewer,
        certificates=(
            *fewer.certificates,
            certificate("Mara", "admin", family="salesforce-qualifying"),
        ),
        employments=(*fewer.employments, employee("Mara")),
    )

    assert [judge(tiers(), known, MARCH).level for known in (one, fewer, two)] == [
        "ridge",
        None,
        "ridge",
    ]


@pytest.mark.parametrize(
    ("market", "paid", "level"),
    [("mature", 9999, "silver"), ("mature", 10000, "platinum"), ("growth", 7500, "platinum")],
)
def test_fee_of_the_year_before_depends_on_tier_and_market(market, paid, level):
    scored = [
        regional(760, "2021-01-01", "emea", "score"),
        regional(1, "2021-01-01", "emea", "revenue"),
    ]

    verdict = judge(program(f"{TIERS}.py21"), partner(*scored, fee=paid, market=market), MARCH)

    assert verdict.level == level


@pytest.mark.parametrize(
    ("bands", "score", "level"),
    [
        ("py20", 449, "silver"),
        ("py20", 450, "gold"),
        ("py21", 499, "silver"),
        ("py21", 500, "gold"),
    ],
)
def test_bands_moved_from_one_year_to_the_next(bands, score, level):
    share = Decimal(score) / 350
    known = partner(
        reading(
            str(share) if bands == "py20" else score,
            date(2021, 1, 1),
            metric="expertise-share" if bands == "py20" else "score",
            attributes={"region": "emea"},
        ),
        regional(1, "2021-01-01", "emea", "revenue"),
        fee=10000,
    )
    if bands == "py20":
        # 350 points of expertise are the most; the rest is engagement.
        rest = Decimal(score - 350) / 400
        known = replace(
            known,
            readings=(
                *known.readings,
                reading(
                    str(rest),
                    date(2021, 1, 1),
                    metric="engagement-share",
                    attributes={"region": "emea"},
                ),
            ),
        )

    assert judge(program(f"{TIERS}.{bands}"), known, MARCH).level == level


def country(name: str, score: int, *, top: bool) -> MetricReading:
    attributes = {"country": name, "top-country": "yes" if top else "no"}
    return reading(score, date(2020, 1, 1), name, metric="score", attributes=attributes)


@pytest.mark.parametrize(
    ("countries", "platinum", "gold"),
    [
        (
            [("us", 700, True), ("de", 700, True), ("ch", 450, False), ("at", 450, False)],
            True,
            True,
        ),
        (
            [("us", 700, True), ("ch", 700, False), ("at", 450, False), ("pl", 450, False)],
            False,
            True,
        ),
        ([("us", 700, True), ("de", 700, True), ("ch", 450, False)], True, False),
    ],
)
def test_global_of_two_years_before_takes_platinum_in_two_top_countries_and_gold_in_two_more(
    countries, platinum, gold
):
    known = partner(*(country(name, score, top=top) for name, score, top in countries))
    verdict = judge(program(f"{TIERS}.py20"), known, MARCH)

    asked = [
        finding_of(verdict, "global", key).result is Result.MET
        for key in ("global_platinum", "global_gold")
    ]

    assert asked == [platinum, gold]
