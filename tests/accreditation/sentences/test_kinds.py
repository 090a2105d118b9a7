"""Every kind says exactly what it asks."""

from __future__ import annotations

from typing import Any

import pytest

from accreditation.criteria.kinds import registry
from accreditation.sentences.registry import kinds_with_words
from accreditation.sentences.said import BUILT_IN
from tests.accreditation.sentences.rules import asked, leaf, people, sentence

METRIC = {"kind": "metric", "metric": "usage", "take": "latest"}

PEOPLE = [
    (people(1), "At least 1 person, each with the certification exam; each person counts once."),
    (
        people(1, earned_within={"rolling_months": 12}),
        ("At least 1 person, each with the certification exam; earned within the last 12 months; "
        "each person counts once."),
    ),
    (
        people(4, families=["platform"], employment=["employee"], earned_from="2025-01-01",
               each_holds={"at_least": 2, "distinct": True}),
        ("At least 4 people, each with 2 different certifications, of the family platform; "
        "employment: employee; earned from 1 January 2025 on; each person counts once."),
    ),
    (
        people(2, certifications=["a", "b", "c"], certification_levels=["expert"],
               job_roles=["engineer"], earned_from="2025-01-01", earned_through="2025-06-30",
               counts_through="2026-12-31", newest_versions=3),
        ("At least 2 people, each with one of the certifications a, b or c, of the certification "
        "level expert; in the job role engineer; earned from 1 January 2025 through 30 June 2025; "
        "counting through 31 December 2026 at the latest; only the 3 newest versions of each "
        "family; each person counts once."),
    ),
    (
        people(1, certifications=["a", "b"], each_holds={"at_least": 2, "distinct": False}),
        ("At least 1 person, each with 2 certificates, of the same certification or not, "
        "certification: a or b; each person counts once."),
    ),
    (
        people(1, equivalents=[{"certifications": ["old"], "earned_through": "2024-12-31"},
                               {"certifications": ["other"]}]),
        ("At least 1 person, each with the certification exam; old counts as well (earned through "
        "31 December 2024); other counts as well; each person counts once."),
    ),
    (
        people(2, each_holds=[
            {"certifications": ["a"], "at_least": 1,
             "equivalents": [{"certifications": ["old"], "earned_through": "2024-12-31"}]},
            {"certifications": ["b", "c"], "families": ["platform"], "at_least": 1},
            {"certification_levels": ["expert"], "at_least": 2, "distinct": False}]),
        ("At least 2 people, each with the certification a, old counts as well (earned through 31 "
        "December 2024), and each with one of the certifications b or c, of the family platform, "
        "and each with 2 certificates, of the same certification or not, of the certification "
        "level expert; each person counts once."),
    ),
    (
        people(2, countries=["DE", "AT"], regions=["north"]),
        ("At least 2 people, each with the certification exam; working in AT or DE; working in the "
        "region north; each person counts once."),
    ),
    (
        people(2, working_time=80),
        ("At least 2 people, each with the certification exam; working at least 80% of full time; "
        "each person counts once."),
    ),
    (
        people(2, working_time=100),
        ("At least 2 people, each with the certification exam; working full time; each person "
        "counts once."),
    ),
    (
        people({"share": 0.5, "of": {"job_roles": ["engineer"], "employment": ["employee"],
                                     "countries": ["DE"], "regions": ["north"]}}),
        ("At least 50% of everybody (employment: employee, in the job role engineer, working in DE, "
        "working in the region north) (people), each with the certification exam; each person "
        "counts once."),
    ),
    (
        leaf("certificates_held", families=["platform"], at_least=3),
        "At least 3 certificates, of the family platform; every certificate of a person counts.",
    ),
    (
        leaf("course_completed", courses=["a", "b"], count="people", at_least=2, modes=["online"],
             employment=["employee"], window={"rolling_days": 1}),
        ("At least 2 people, completed: any of a or b; taken as: online; employment: employee; "
        "within the last 1 day; each person counts once."),
    ),
    (
        leaf("course_completed", courses=["a", "b", "c"], count="people", at_least=2,
             each_completes={"at_least": 2}, window={"rolling_months": 12}),
        ("At least 2 people, each having completed 2 of the courses a, b or c; within the last 12 "
        "months; each person counts once."),
    ),
    (
        leaf("course_completed", count="people", at_least=2, each_completes={"hours": 30},
             window={"rolling_months": 12}),
        ("At least 2 people, each with 30 hours of training; within the last 12 months; each person "
        "counts once."),
    ),
    (
        leaf("course_completed", courses=["a", "b"], count="hours", at_least=7.5),
        "At least 7.5 hours of training, completed: any of a or b.",
    ),
    (
        leaf("course_completed", count="hours", at_least=120),
        "At least 120 hours of training.",
    ),
    (
        people(2, each_holds=[
            {"certifications": ["lead"], "at_least": 1}, {"hours": 1, "courses": ["a"]},
            {"hours": 7.5, "courses": ["a", "b"], "window": {"rolling_months": 12}}]),
        ("At least 2 people, each with the certification lead, and each with 1 hour of training in "
        "the course a, and each with 7.5 hours of training in the courses a or b, within the last "
        "12 months; each person counts once."),
    ),
    (
        people(3, employment=["employee"], each_holds=[
            {"courses": ["a"], "at_least": 1},
            {"courses": ["b", "c"], "at_least": 1, "modes": ["online"],
             "window": {"rolling_months": 12}},
            {"certifications": ["lead"], "at_least": 1}]),
        ("At least 3 people, each having completed the course a, and each having completed one of "
        "the courses b or c, taken as: online, within the last 12 months, and each with the "
        "certification lead; employment: employee; each person counts once."),
    ),
    (
        leaf("role_slots", roles=[
            {"key": "seller", "text": {"en": "Seller"}, "job_roles": ["sales"], "at_least": 1},
            {"key": "engineer", "text": {"en": "Engineer"}, "certifications": ["a"],
             "at_least": {"gold": 2}}]),
        "3 people in roles; every role is filled.",
    ),
    (
        leaf("course_completed", courses=["a"], count="completions", at_least=2),
        "At least 2 course completions, completed: the course a.",
    ),
]  # fmt: skip
RECORDS = [
    (
        leaf("records_counted", records="deployments", distinct="record", at_least=2,
             kinds=["rollout"], where={"industries": ["retail", "bank"], "public": True},
             unconfirmed=True),
        ("At least 2 deployments; of the kind rollout; industry: bank or retail; public; confirmed "
        "or not."),
    ),
    (
        leaf("records_counted", records="references", distinct="country", at_least=2,
             where={"attributes": {"language": ["de"]},
                    "dated": {"go-live": {"from": "2026-01-01"}},
                    "within": [{"date": "sent", "after": "closed", "months": 1, "days": 3}]}),
        ("At least 2 countries, with a reference; “language”: de; “go-live” from 1 January 2026 "
        "on; “sent” at most 1 month and 3 days after “closed”; while the customer consents; each "
        "country counts once."),
    ),
    (
        leaf("records_counted", records="transactions", distinct="record", at_least=2,
             where={"numbers": {"value": {"at_least": 5, "less_than": 1000.5}},
                    "except": {"stages": ["trial"], "regions": ["home"]}}),
        ("At least 2 transactions; “value”: at least 5 and less than 1,000.5; not counted: stage: "
        "trial, region: home."),
    ),
    (
        leaf("records_value", records="transactions", take="sum", at_least=1_000_000,
             kinds=["won"], currency="EUR", rates={"USD": 1.1}, window={"rolling_months": 12}),
        ("Sum of the values of transactions: at least 1,000,000 EUR; of the kind won; within the "
        "last 12 months; 1 EUR is 1.1 USD; without a record it cannot be judged."),
    ),
    (
        leaf("records_value", records="deployments", take="largest", per="customer",
             number="days", less_than=40, if_none="zero"),
        ("Largest of the sums per customer of “days” of deployments: less than 40 days; confirmed; "
        "no record counts as zero."),
    ),
    (
        leaf("ratio", at_most=0.4,
             numerator={"kind": "records_value", "records": "references", "take": "largest",
                        "per": "country", "currency": "USD"},
             denominator={"kind": "records_value", "records": "references", "take": "mean"}),
        ("(largest of the sums per country of the values of references; while the customer "
        "consents; in USD only; without a record it cannot be judged) divided by (mean of the "
        "values of references; while the customer consents; without a record it cannot be "
        "judged): at most 40%."),
    ),
    (
        leaf("document_accepted", documents=["plan"], window={"rolling_months": 12}),
        ("At least 1 document, of the kind plan, accepted and in force; begun within the last 12 "
        "months."),
    ),
    (leaf("agreement_signed", agreements=["nda"]),
     "At least 1 agreement, of the kind nda, signed and in force."),
    (leaf("fee_paid", fees=["annual"]), "At least 1 fee, of the kind annual, paid for the day."),
    (leaf("listed", listings=["page"]), "At least 1 public listing, of the kind page, online."),
    (leaf("attestation_valid", frameworks=["soc2"], scopes=["cloud"]),
     "At least 1 attestation, of the kind soc2, valid; scope: cloud."),
    (
        leaf("audit_passed", audits=["a"], minimum_score=0.75, at_least={"silver": 1, "gold": 2}),
        "At least 2 audits, of the kind a, passed and in force; with a score of at least 0.75.",
    ),
    (
        leaf("survey_answers", distinct="customer", at_least=5, service_types=["support"]),
        ("At least 5 customers, who answered the satisfaction survey; type of service: support; "
        "each customer counts once."),
    ),
    (leaf("survey_answers", distinct="record", at_least=5), "At least 5 survey answers."),
    (
        leaf("satisfaction", minimum_answers=5, each_service_type=True, at_least=4.5),
        "Lowest mean satisfaction of all types of service: at least 4.5; judged from 5 answers on.",
    ),
]  # fmt: skip
FIGURES = [
    (
        leaf("metric", metric="sales", take="sum", currency="USD", rates={"EUR": 0.9},
             at_least=10000, window={"rolling_days": 90}),
        ("Sum of “sales”: at least 10,000 USD; 1 USD is 0.9 EUR; within the last 90 days; without "
        "a figure it cannot be judged."),
    ),
    (
        leaf("metric", metric="seats", take="mean", unit="seats", if_none="zero", less_than=2.5),
        "Mean of “seats”: less than 2.5 seats; no figure counts as zero.",
    ),
    (
        leaf("growth", metric="sales", take="sum", window={"closed_quarters": 2}, more_than=0.1,
             **{"as": "share"}),
        ("Growth of: sum of “sales”: more than 10%; in the last 2 whole quarters (quarters begin on "
        "1 January); against the same months 12 months earlier."),
    ),
    (
        leaf("growth", metric="sales", take="sum", window={"closed_year_from": "04-01"},
             at_least=10, **{"as": "difference"}),
        ("Growth of: sum of “sales”: at least 10; in the last whole year (years begin on 1 April); "
        "against the same months 12 months earlier."),
    ),
    (
        leaf("ratio", numerator=METRIC, denominator={**METRIC, "if_none": "zero"}, at_least=0.7),
        ("(newest “usage”; without a figure it cannot be judged) divided by (newest “usage”; no "
        "figure counts as zero): at least 70%."),
    ),
    (
        leaf("ratio", numerator=METRIC, denominator={"kind": "months_since", "event": "joined", "most": 12},
             at_least=1000),
        ("(newest “usage”; without a figure it cannot be judged) divided by (months begun since "
        "“joined”, at most 12): at least 1,000."),
    ),
    (
        leaf("earlier", months=6, measure=METRIC, at_least=5),
        ("(newest “usage”; without a figure it cannot be judged) as it was 6 months earlier: at least "
        "5."),
    ),
    (
        leaf("ratio", numerator={"kind": "people_holding", "certifications": ["exam"]},
             denominator={"kind": "earlier", "months": 12,
                          "measure": {"kind": "people_holding", "certifications": ["exam"]}},
             at_least=1.1),
        ("(people, each with the certification exam; each person counts once) divided by ((people, "
        "each with the certification exam; each person counts once) as it was 12 months earlier): at "
        "least 110%."),
    ),
    (
        leaf("fee_amount", fees=["annual"], currency="EUR",
             at_least={"by": "market", "table": {"mature": 3000}, "otherwise": 100}),
        ("Largest fee of the kind annual that is paid for the day: at least what “market” asks for "
        "(mature: 3,000 EUR; otherwise: 100 EUR)."),
    ),
    (
        leaf("every_item", metric="apps", which={"more_than": 100, "top": 3},
             must={"bounty": ["yes"]}),
        ("Every item of “apps”, whose newest figure is more than 100, only the 3 with the largest "
        "figures; must have “bounty”: yes."),
    ),
    (
        leaf("document_amount", documents=["insurance"], currency="USD", at_least=1000000),
        "Largest amount of an accepted document of the kind insurance: at least 1,000,000 USD.",
    ),
    (leaf("fee_amount", fees=["annual"], currency="USD", at_least=500),
     "Largest fee of the kind annual that is paid for the day: at least 500 USD."),
    (
        leaf("months_since", event="joined", most=12, at_least=3),
        "Months begun since “joined”, at most 12: at least 3.",
    ),
    (leaf("event_passed", event="joined"), "“joined” has happened."),
    (
        leaf("event_passed", event="first-sale", days=90),
        "“first-sale” is at least 90 days ago.",
    ),
    (
        leaf("event_passed", event="first-sale", months=1, days=2),
        "“first-sale” is at least 1 month and 2 days ago.",
    ),
    (
        leaf("net", gains={**METRIC, "if_none": "zero"}, losses={**METRIC, "if_none": "zero"},
             at_least=5),
        ("(newest “usage”; no figure counts as zero) less (newest “usage”; no figure counts as "
        "zero): at least 5."),
    ),
    (leaf("checklist_score", checklists=["ready"], at_least=0.8),
     "Best score of the checklist ready: at least 80%."),
    (leaf("attribute", attribute="standing", **{"is": ["good", "best"]}),
     "“standing”: best or good."),
    (leaf("attribute", attribute="standing", at_most=0, **{"is": ["bad"]}), "Not “standing”: bad."),
    (leaf("attribute", attribute="headcount", at_most=50), "“headcount”: at most 50."),
    (leaf("decided_by_person"), "At least 1 decision, a person decides whether it is met."),
    (
        leaf("holds_level", programs=["cloud"], levels=["gold"], groups=["core"], for_months=6),
        ("At least 1 designation; program: cloud; level: gold; group: core; held for longer than 6 "
        "months without a break; versions of one designation count once."),
    ),
    (
        leaf("holds_level", groups=["core"], held_by="subtree", distinct="partner", at_least=3),
        ("At least 3 partners; group: core; held by the partner or by any partner below; each "
        "partner counts once."),
    ),
]  # fmt: skip
SCORE = [
    (
        leaf("score", at_least=10,
             categories=[{"key": "skill", "cap": 8, "minimum": {"at_least": 1}}],
             items=[{"key": "i", "text": {"en": "I"}, "category": "skill", "points": 1,
                     "measure": METRIC},
                    {"key": "j", "text": {"en": "J"}, "points": 2, "measure": METRIC}]),
        ("At least 10 points; category “skill”: no more than 8 points count and at least 1 point "
        "must be reached."),
    ),
]  # fmt: skip


def test_each_level_is_told_its_own_minimum() -> None:
    asked_of = {"silver": 1, "gold": 3}
    satisfied = leaf("satisfaction", minimum_answers=asked_of, at_least=4.5)
    points = leaf(
        "score",
        at_least=10,
        categories=[{"key": "skill", "minimum": {"at_least": asked_of}}],
        items=[{"key": "i", "text": {"en": "I"}, "category": "skill", "points": 1, "measure": METRIC,
                "minimum": {"more_than": {"gold": 2}}}],
    )  # fmt: skip

    assert [sentence(satisfied, level=level) for level in asked_of] == [
        "Mean satisfaction of customers: at least 4.5; judged from 1 answer on.",
        "Mean satisfaction of customers: at least 4.5; judged from 3 answers on.",
    ]
    assert [sentence(points, level=level) for level in asked_of] == [
        "At least 10 points; category “skill”: at least 1 point must be reached.",
        "At least 10 points; category “skill”: at least 3 points must be reached.",
    ]
    assert ["must be reached" in asked(points, level).parts[0].sentence for level in asked_of] == [
        False,
        True,
    ]


@pytest.mark.parametrize(("node", "expected"), [*PEOPLE, *RECORDS, *FIGURES, *SCORE])
def test_a_criterion_says_exactly_what_it_asks(node: dict[str, Any], expected: str) -> None:
    assert sentence(node) == expected


def test_every_kind_has_words() -> None:
    assert BUILT_IN
    assert set(registry.names()) - kinds_with_words() == set()


def test_every_kind_has_an_example_here() -> None:
    told = {node["kind"] for node, _ in (*PEOPLE, *RECORDS, *FIGURES, *SCORE)}

    assert set(registry.names()) - told == set()
