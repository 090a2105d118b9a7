"""Points: rates, caps, minima, gates, categories, tracks."""

from datetime import date
from decimal import Decimal

import pytest

from accreditation.criteria.facts import PartnerFacts
from accreditation.criteria.judge import judge
from accreditation.criteria.periods import DAY, Period
from accreditation.criteria.records import DocumentAccepted, OrganizationAttribute
from accreditation.criteria.verdicts import Cause, CauseCode, Finding, ReasonCode, Result
from tests.accreditation.criteria.figures import figures, item, known, measure, reading, score
from tests.accreditation.criteria.worlds import (
    LONG_AGO,
    TODAY,
    certificate,
    employee,
    facts,
    finding_of,
    finding_on,
    leaf,
    rules,
)


def points(finding: Finding) -> dict[str, Decimal]:
    return {child.key: child.have for child in finding.children}


FULL_AT = {
    "enterprise": {"adds": 5, "intermediate": 8, "advanced": 4, "usage": 1000, "deployments": 5},
    "smb": {"adds": 10, "intermediate": 2, "advanced": 1, "usage": 500, "deployments": 5},
}
MOST = {"adds": 20, "intermediate": 10, "advanced": 15, "usage": 30, "deployments": 25}
SEGMENTED = ("adds", "deployments")


def track(name: str, minimum):
    return {
        "key": name,
        "text": {"en": name},
        "items": [
            item(
                f"{name}-{metric}",
                measure=measure(f"{name}-{metric}" if metric in SEGMENTED else metric),
                up_to={"points": most, "at": FULL_AT[name][metric]},
                minimum=minimum,
            )
            for metric, most in MOST.items()
        ],
    }


def modern_work(minimum=None):
    tracks = [track(name, minimum or {"at_least": 1}) for name in ("enterprise", "smb")]
    return leaf("score", at_least=70, tracks=tracks)


HALF_WAY = figures(
    **{"enterprise-adds": 2, "smb-adds": 2, "enterprise-deployments": 4, "smb-deployments": 0},
    intermediate=4,
    advanced=2,
    usage=900,
)


def rate(key: str, points_: int, per, kind: str, currency: str, **where):
    attributes = {"kind": [kind]} | {name: [value] for name, value in where.items()}
    return {
        "key": key,
        "text": {"en": key},
        "points": points_,
        "per": per,
        "measure": {
            "kind": "metric",
            "metric": "sales",
            "take": "sum",
            "if_none": "zero",
            "currency": currency,
            "where": {"attributes": attributes},
        },
    }


SOURCED = [
    rate("old", 3, 100, "sourced", "USD", line="before-2024-02-27"),
    rate("new", 5, 100, "sourced", "USD", line="since-2024-02-27"),
]
ASSISTED = [rate("assisted", 6, 88, "assisted", "EUR", market="growth")]
OLD, NEW = ({"kind": "sourced", "line": f"{one}-2024-02-27"} for one in ("before", "since"))


def deals(assisted: str = "800") -> PartnerFacts:
    sales = [
        ("1000", "USD", OLD),
        ("1000", "USD", NEW),
        ("500", "USD", OLD),
        (assisted, "EUR", {"kind": "assisted", "market": "growth"}),
    ]
    return known(
        *(
            reading(value, metric="sales", currency=currency, attributes=attributes)
            for value, currency, attributes in sales
        )
    )


@pytest.mark.parametrize(
    ("limit", "result"), [(149.54, Result.MET), (149.55, Result.NOT_MET), (150, Result.NOT_MET)]
)
def test_w24_points_by_date_of_sale_market_and_currency(limit, result):
    finding = finding_on(TODAY, score(*SOURCED, *ASSISTED, at_least=limit), deals())

    assert finding.result is result
    assert points(finding) == {
        "old": 45,
        "new": 50,
        "assisted": Decimal("54.54545454545454545454545455"),
    }


def test_w24_minimum_on_sourced_points_does_not_see_assisted_deals():
    assert finding_on(TODAY, score(*SOURCED, at_least=95), deals()).have == 95


def test_thirds_of_points_add_up_to_a_whole():
    thirds = [item(f"i{number}", up_to={"points": 1, "at": 3}) for number in range(3)]

    finding = finding_on(TODAY, score(*thirds, at_least=1), figures(i0=1, i1=1, i2=1))

    assert (finding.result, finding.have) == (Result.MET, 1)


def held(certification: str):
    return {"kind": "certificates_held", "certifications": [certification]}


FINOPS = leaf(
    "score",
    at_least=100,
    categories=[{"key": "training", "cap": 50}, {"key": "program", "minimum": {"at_least": 15}}],
    items=[
        item("professional", category="training", points=25, measure=held("professional")),
        item("practitioner", category="training", points=5, measure=held("practitioner")),
        item("activities", category="program"),
        item("other"),
    ],
)


@pytest.mark.parametrize(
    ("practitioners", "program", "other", "have", "result"),
    [(0, 14, 36, 100, Result.NOT_MET), (10, 15, 35, 100, Result.MET)],
)
def test_w27_cap_and_minimum_of_categories(practitioners, program, other, have, result):
    staff = [f"P{number}" for number in range(13)]
    held_ = [certificate(one, "professional") for one in staff[:3]]
    held_ += [certificate(one, "practitioner") for one in staff[3 : 3 + practitioners]]
    base = facts(*map(employee, staff), *held_)
    partner = PartnerFacts(
        base.certificates,
        base.employments,
        readings=figures(activities=program, other=other).readings,
    )

    finding = finding_on(TODAY, FINOPS, partner)

    assert points(finding)["professional"] == 75
    assert (finding.have, finding.result) == (have, result)


BY_LEVEL = leaf(
    "score",
    at_least=5,
    categories=[{"key": "skill", "minimum": {"more_than": {"silver": 1, "gold": 3}}}],
    items=[
        item("people", category="skill"),
        item("sales", minimum={"at_least": {"gold": 4}}),
    ],
)


@pytest.mark.parametrize(
    ("people", "sales", "silver", "gold"),
    [
        (4, 4, Result.MET, Result.MET),
        (3, 4, Result.MET, Result.NOT_MET),
        (4, 3, Result.MET, Result.NOT_MET),
        (5, 0, Result.MET, Result.NOT_MET),
        (1, 9, Result.NOT_MET, Result.NOT_MET),
    ],
)
def test_minimum_of_an_item_or_a_category_is_that_of_the_level(people, sales, silver, gold):
    program = rules(BY_LEVEL, "silver", "gold", nested_levels=False)

    verdict = judge(program, figures(people=people, sales=sales), TODAY)

    assert [level.finding.result for level in verdict.levels] == [silver, gold]


def test_item_shows_what_its_level_asks_of_it():
    program = rules(BY_LEVEL, "silver", "gold")

    verdict = judge(program, figures(people=4, sales=3), TODAY)

    shown = [finding_of(verdict, level, "sales") for level in ("silver", "gold")]
    assert [(one.result, one.need) for one in shown] == [(Result.MET, 0), (Result.NOT_MET, 4)]


def bands(*pairs):
    return [{"from": least, "points": given} for least, given in pairs]


@pytest.mark.parametrize(("value", "have"), [("0.69", 0), ("0.7", 10), ("0.85", 20), ("5", 20)])
def test_bands_give_points(value, have):
    node = score(item("csat", bands=bands((0.7, 10), (0.8, 20))), at_least=1)

    assert finding_on(TODAY, node, figures(csat=value)).have == have


@pytest.mark.parametrize(("value", "have"), [("-3", 0), ("2", 6), ("100", 10)])
def test_points_are_capped_and_never_below_zero(value, have):
    node = score(item("sales", points=3, cap=10), at_least=1)

    assert finding_on(TODAY, node, figures(sales=value)).have == have


GATED = score(
    item("further", only_if=[{"measure": measure("first"), "at_least": 2}], points=10), at_least=1
)


@pytest.mark.parametrize(("first", "result"), [(1, Result.NOT_MET), (2, Result.MET)])
def test_data_ai_points_only_after_a_gate(first, result):
    assert finding_on(TODAY, GATED, figures(first=first, further=1)).result is result


def unknown(key: str):
    return measure(key, if_none="cannot_be_judged")


@pytest.mark.parametrize(
    ("node", "values", "result"),
    [
        (score(item("a"), item("b", measure=unknown("b")), at_least=5), {"a": 5}, Result.MET),
        (
            score(item("a"), item("b", measure=unknown("b")), at_least=5),
            {"a": 4},
            Result.CANNOT_BE_JUDGED,
        ),
        (
            score(item("a"), item("b", measure=unknown("b"), cap=2), at_least=5),
            {"a": 2},
            Result.NOT_MET,
        ),
        (
            score(
                item("a", up_to={"points": 2, "at": 9}),
                item("b", measure=unknown("b"), up_to={"points": 2, "at": 9}),
                at_least=3,
            ),
            {},
            Result.NOT_MET,
        ),
        (
            score(item("b", measure=unknown("b"), bands=bands((1, 2), (2, 3))), at_least=3),
            {},
            Result.CANNOT_BE_JUDGED,
        ),
        (
            score(item("a", only_if=[{"measure": unknown("b"), "at_least": 1}]), at_least=3),
            {"a": 3},
            Result.CANNOT_BE_JUDGED,
        ),
        (
            score(item("a", only_if=[{"measure": unknown("b"), "at_least": 1}]), at_least=4),
            {"a": 3},
            Result.NOT_MET,
        ),
    ],
)
def test_what_is_unknown_may_earn_points(node, values, result):
    assert finding_on(TODAY, node, figures(**values)).result is result


def test_what_is_pending_may_earn_no_more_than_the_cap():
    plans = item("plans", measure={"kind": "document_accepted", "documents": ["plan"]}, cap=2)
    known = PartnerFacts(
        documents=tuple(
            DocumentAccepted(id=f"d{number}", kind="plan", period=Period(LONG_AGO), pending=True)
            for number in range(3)
        )
    )

    results = [
        finding_on(TODAY, score(plans, item("other"), at_least=need), known).result
        for need in (2, 3)
    ]

    assert results == [Result.CANNOT_BE_JUDGED, Result.NOT_MET]


def test_tier_follows_from_the_points():
    """Salesforce: lower bounds of bands, out of 1000."""
    program = rules(
        score(item("total"), at_least={"ridge": 250, "crest": 500, "summit": 750}),
        {"key": "base", "name": {"en": "Base"}, "criteria": leaf("fee_paid", "fee", fees=["f"])},
        "ridge",
        "crest",
        "summit",
        nested_levels=False,
    )

    assert judge(program, figures(total=499), TODAY).level == "ridge"
    assert judge(program, figures(total=500), TODAY).level == "crest"
    assert finding_of(judge(program, figures(), TODAY), "base", "fee").result is Result.NOT_MET


def test_points_change_by_themselves_and_say_why():
    node = score(item("a", minimum={"at_least": 5}), item("b"), at_least=7)
    partner = known(
        reading(5, metric="a", record="a1"),
        reading(4, TODAY + DAY, metric="a", record="a2"),
        reading(2, metric="b", record="b1"),
        reading(9, TODAY + DAY, metric="b", record="b2"),
    )

    finding = finding_on(TODAY, node, partner)

    assert (finding.result, finding.changes_on) == (Result.MET, TODAY + DAY)
    assert finding.cause == Cause(CauseCode.RECORD_SUPERSEDED, "a1")
    assert finding.children[0].cause == finding.cause
    assert finding_on(TODAY + DAY, node, partner).children[0].result is Result.NOT_MET
    assert [one.reason for one in finding.children[0].not_counted] == [ReasonCode.NOT_YET_VALID]


def test_gate_that_opens_is_the_cause():
    partner = known(
        reading(1, metric="further", record="f"),
        reading(2, TODAY + DAY, metric="first", record="opens"),
    )

    finding = finding_on(TODAY, GATED, partner)

    assert (finding.changes_on, finding.cause) == (
        TODAY + DAY,
        Cause(CauseCode.RECORD_STARTS, "opens"),
    )


def test_need_of_points_may_change():
    bar = {"by": "size", "table": {"small": 5, "large": 50}}
    size = [
        OrganizationAttribute("s", "size", "small", Period(LONG_AGO)),
        OrganizationAttribute("l", "size", "large", Period(TODAY + DAY)),
    ]
    partner = PartnerFacts(readings=figures(a=5).readings, attributes=tuple(size))

    finding = finding_on(TODAY, score(item("a"), at_least=bar), partner)

    assert finding.cause == Cause(CauseCode.ATTRIBUTE_CHANGES, "l")


def test_best_track_changes_by_itself():
    partner = known(
        reading(10, metric="usage", record="now"),
        reading(2000, date(2026, 3, 3), metric="usage", record="soon"),
        *HALF_WAY.readings[:4],
        reading(8, metric="intermediate"),
        reading(4, metric="advanced"),
    )

    finding = finding_on(TODAY, modern_work(), partner)

    assert (finding.result, finding.changes_on) == (Result.NOT_MET, date(2026, 3, 3))
    assert finding.cause is not None
    assert finding.cause.record in {"now", "soon"}
