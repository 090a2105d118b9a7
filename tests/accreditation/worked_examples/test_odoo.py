"""W09: net users, certified people of the newest versions, customers who stay; a leaver."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from accreditation.criteria.facts import CatalogRelease, Certificate, PartnerFacts
from accreditation.criteria.judge import judge
from accreditation.criteria.periods import Period
from accreditation.criteria.records import Agreement, Fee, Transaction
from accreditation.criteria.verdicts import ReasonCode, Result
from tests.accreditation.criteria.figures import reading
from tests.accreditation.criteria.worlds import (
    LONG_AGO,
    certificate,
    employee,
    facts,
    finding_of,
    reasons,
)
from tests.accreditation.worked_examples.worlds import met, program

LEVELS = "odoo-partner-levels"
REVIEW = date(2026, 9, 30)

RELEASES = [
    CatalogRelease("odoo-functional", version, day)
    for version, day in [
        (16, date(2022, 10, 12)),
        (17, date(2023, 11, 2)),
        (18, date(2024, 10, 2)),
        (19, date(2025, 9, 18)),
        (20, date(2026, 10, 5)),
    ]
]
SALES = [
    ("2025-09-30", 40, "new-customer"),
    ("2025-10-01", 120, "new-customer"),
    ("2026-01-01", 200, "new-customer"),
    ("2026-02-01", 30, "upsell"),
    ("2026-03-01", -25, "downsell"),
    ("2026-04-01", -10, "churn"),
    ("2026-05-01", 500, "renewal"),
]


def odoo(person: str, version: int) -> Certificate:
    return certificate(
        person,
        f"odoo-functional-{version}",
        record=f"{person}-v{version}",
        family="odoo-functional",
        version=version,
    )


STAFF = facts(
    *RELEASES,
    *(employee(person) for person in "ABCDEG"),
    employee("F", last=date(2026, 8, 31)),
    *(
        odoo(person, version)
        for person, version in [
            ("A", 19),
            ("B", 18),
            ("C", 17),
            ("D", 16),
            ("D", 18),
            ("E", 16),
            ("F", 17),
            ("G", 19),
        ]
    ),
)


def customers(active: int, acquired: int) -> tuple[Transaction, ...]:
    return tuple(
        Transaction(
            id=f"customer-{number:02}",
            customer=f"customer-{number:02}",
            kind="customer-acquired",
            made_on=date(2024, 6, 1),
            stage="active" if number < active else "lost",
        )
        for number in range(acquired)
    )


def partner(
    active: int = 15, acquired: int = 20, sales: Sequence[tuple[str, int, str]] = SALES
) -> PartnerFacts:
    return replace(
        STAFF,
        readings=tuple(
            reading(
                users,
                date.fromisoformat(day),
                day,
                metric="enterprise-users",
                attributes={"kind": kind},
            )
            for day, users, kind in sales
        ),
        transactions=customers(active, acquired),
        agreements=(Agreement(id="a", kind="odoo-partnership-agreement", period=Period(LONG_AGO)),),
        fees=(Fee(id="f", kind="odoo-partnership-fee", period=Period(LONG_AGO)),),
    )


def test_review_sets_silver_and_names_both_gaps_to_gold():
    verdict = judge(program(LEVELS), partner(), REVIEW)
    users, certified, stay = (
        finding_of(verdict, "gold", key) for key in ("net_users", "certified", "retention")
    )

    assert verdict.level == "silver"
    assert (users.result, users.have) == (Result.MET, 315)
    assert (certified.have, certified.need, certified.shortfall) == (5, 6, 1)
    assert (stay.result, stay.have, stay.need) == (
        Result.NOT_MET,
        Decimal("0.75"),
        Decimal("0.8"),
    )
    assert met(verdict, "silver", "retention")


def test_sale_of_a_day_too_many_and_renewals_do_not_count():
    finding = finding_of(judge(program(LEVELS), partner(), REVIEW), "gold", "net_users")

    assert reasons(finding) == {"2025-09-30": ReasonCode.OUTSIDE_WINDOW}
    assert "2026-05-01" not in {one.record for one in finding.counted}


def test_newest_versions_count_and_whoever_left_does_not():
    certified = finding_of(judge(program(LEVELS), partner(), REVIEW), "gold", "certified")

    assert {one.person for one in certified.counted} == set("ABCDG")
    assert reasons(certified) == {
        "D-v16": ReasonCode.SUPERSEDED_VERSION,
        "E-v16": ReasonCode.SUPERSEDED_VERSION,
        "F-v17": ReasonCode.PERSON_LEFT,
    }


def test_one_more_active_customer_is_what_the_retention_of_gold_lacks():
    verdict = judge(program(LEVELS), partner(active=16), REVIEW)

    assert met(verdict, "gold", "retention")
    assert verdict.level == "silver"


@pytest.mark.parametrize(
    ("active", "acquired", "silver"), [(7, 10, True), (695, 1000, False), (699, 1000, False)]
)
def test_retention_is_not_rounded_before_it_is_compared(active, acquired, silver):
    verdict = judge(program(LEVELS), partner(active, acquired), REVIEW)

    assert met(verdict, "silver", "retention") is silver


def test_release_of_version_20_drops_version_17_by_itself():
    before = judge(program(LEVELS), partner(), REVIEW)
    after = judge(program(LEVELS), partner(), date(2026, 10, 5))

    assert before.review_on is not None
    assert before.review_on <= date(2026, 10, 5)
    assert finding_of(after, "silver", "certified").have == 4


def test_next_review_is_still_silver():
    verdict = judge(program(LEVELS), partner(), date(2026, 12, 31))

    assert verdict.level == "silver"
    assert finding_of(verdict, "silver", "certified").have == 4
    assert finding_of(verdict, "silver", "net_users").have == 195


def test_partner_without_customers_is_ready_because_retention_cannot_be_judged():
    verdict = judge(program(LEVELS), partner(active=0, acquired=0), REVIEW)

    assert verdict.level == "ready"
    assert met(verdict, "silver", "retention") is None
    assert verdict.of("silver").result is Result.CANNOT_BE_JUDGED


def test_level_may_rise_on_any_day_and_falls_only_at_the_end_of_a_quarter():
    settings = program(LEVELS).settings

    assert settings.up.next_from(date(2026, 10, 5)) == date(2026, 10, 5)
    assert settings.down.next_from(date(2026, 10, 5)) == date(2026, 12, 31)


def test_learning_asks_for_the_agreement_and_the_fee_only():
    verdict = judge(program(LEVELS), replace(partner(), certificates=(), readings=()), REVIEW)

    assert verdict.level == "learning"
