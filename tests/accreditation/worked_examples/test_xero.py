"""W26: growth against a year before at the month's close; people, not certificates."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from accreditation.criteria.facts import PartnerFacts
from accreditation.criteria.judge import judge
from accreditation.criteria.periods import Period
from accreditation.criteria.records import Attestation, OrganizationAttribute, Transaction
from accreditation.criteria.verdicts import ReasonCode, Result
from tests.accreditation.criteria.figures import reading
from tests.accreditation.criteria.worlds import (
    LONG_AGO,
    certificate,
    counted,
    employee,
    facts,
    finding_of,
    reasons,
)
from tests.accreditation.worked_examples.worlds import assumed, met, program

BADGE = "xero-champion"
CLOSE = date(2026, 8, 31)
TWO_ADVISORS = {"Ann": ["xero-advisor", "xero-payroll"], "Ben": ["xero-advisor"]}
THREE = TWO_ADVISORS | {"Cid": ["xero-migration"]}
GREW = {"2025-08-31": "118", "2026-08-31": "120"}


def practice(
    people: Mapping[str, list[str]] = THREE,
    points: Mapping[str, str] = GREW,
    status: str = "silver",
) -> PartnerFacts:
    staff = facts(
        *(employee(name) for name in people),
        *(certificate(name, key) for name, keys in people.items() for key in keys),
    )
    return replace(
        staff,
        readings=tuple(
            reading(value, date.fromisoformat(day), day, metric="partner-points")
            for day, value in points.items()
        ),
        attributes=(OrganizationAttribute("status", "status", status, Period(LONG_AGO)),),
    )


def test_w26_two_advisors_one_of_them_also_payroll_are_two_people():
    verdict = judge(program(BADGE), practice(TWO_ADVISORS), CLOSE)
    certified = finding_of(verdict, "champion", "certified")

    assert met(verdict, "champion", "growth")
    assert (certified.have, certified.need, certified.result) == (2, 3, Result.NOT_MET)
    assert reasons(certified) == {"Ann-xero-payroll": ReasonCode.DUPLICATE_FOR_PERSON}
    assert verdict.level is None


def test_w26_third_person_makes_the_champion():
    assert judge(program(BADGE), practice(), CLOSE).level == "champion"


@pytest.mark.parametrize(
    ("status", "level"), [("bronze", "champion"), ("silver", None), ("platinum", None)]
)
def test_w26_status_decides_how_many_people_are_needed(status, level):
    verdict = judge(program(BADGE), practice(TWO_ADVISORS, status=status), CLOSE)

    assert verdict.level == level


def test_partner_without_a_status_in_the_table_cannot_be_judged():
    verdict = judge(program(BADGE), practice(status="partner"), CLOSE)

    assert met(verdict, "champion", "certified") is None


@pytest.mark.parametrize(("now", "grew"), [("118", False), ("118.0001", True), ("117.9", False)])
def test_growth_is_not_rounded(now, grew):
    verdict = judge(program(BADGE), practice(points=GREW | {"2026-08-31": now}), CLOSE)

    assert met(verdict, "champion", "growth") is grew


def test_w26_growth_shows_both_months():
    growth = finding_of(judge(program(BADGE), practice(), CLOSE), "champion", "growth")

    assert (growth.have, counted(growth)) == (2, ["2025-08-31", "2026-08-31"])


@pytest.mark.parametrize("day", [CLOSE, date(2026, 9, 15), date(2026, 9, 29)])
def test_w26_badge_stays_as_the_close_of_the_month_found_it(day):
    hired_later = replace(
        practice(TWO_ADVISORS),
        certificates=practice().certificates,
        employments=(
            *practice(TWO_ADVISORS).employments,
            employee("Cid", since=date(2026, 9, 1)),
        ),
    )

    assert judge(program(BADGE), hired_later, day).level is None


def test_w26_partner_is_looked_at_again_at_the_next_close():
    hired_later = replace(
        practice(points=GREW | {"2025-09-30": "118", "2026-09-30": "121"}),
        employments=(
            *practice(TWO_ADVISORS).employments,
            employee("Cid", since=date(2026, 9, 1)),
        ),
    )

    verdict = judge(program(BADGE), hired_later, date(2026, 9, 15))

    assert (verdict.level, verdict.changes_on) == (None, date(2026, 9, 30))
    assert judge(program(BADGE), hired_later, date(2026, 9, 30)).level == "champion"


STATUS = "xero-champion-status"
ACCEPTED = date(2026, 1, 30)


def status():
    """Return the rules with points that an example assumes."""
    return assumed(
        STATUS,
        points={"bronze": 5, "silver": 25, "gold": 100, "platinum": 300},
        points_projects__points=1,
    )


def sale(record: str, kind: str, plan: str = "", **more) -> Transaction:
    made_on = more.pop("made_on", date(2026, 2, 1))
    attributes = {"plan": plan, **more.pop("attributes", {})}
    return Transaction(
        id=record, customer=record, kind=kind, made_on=made_on, attributes=attributes, **more
    )


def joined(*sales: Transaction, committed: bool = True, accepted: date = ACCEPTED) -> PartnerFacts:
    commitments = [Attestation(id="c", kind="advisor-commitment", period=Period(accepted))]
    return PartnerFacts(
        transactions=sales,
        attestations=tuple(commitments if committed else []),
        attributes=(OrganizationAttribute("a", "accepted", accepted, Period(LONG_AGO)),),
    )


@pytest.mark.parametrize(
    ("day", "level"), [(date(2026, 3, 1), "partner"), (date(2026, 3, 2), None)]
)
def test_commitment_is_due_within_30_days_of_being_accepted(day, level):
    known = joined(sale("S", "paid-subscription"), committed=False)

    assert judge(status(), known, day).level == level


@pytest.mark.parametrize(
    ("own_use", "day", "level"),
    [
        ("no", date(2026, 4, 1), "partner"),
        ("yes", date(2026, 3, 31), "partner"),
        ("yes", date(2026, 4, 1), None),
    ],
)
def test_first_client_is_due_within_60_days_and_is_not_the_partner_itself(own_use, day, level):
    known = joined(sale("S", "paid-subscription", attributes={"own-use": own_use}))

    assert judge(status(), known, day).level == level


POINTS = {
    "business": ([sale("b", "invited-subscription", "early")], "2"),
    "us-before": (
        [sale("u", "paid-subscription", "established", country="us", made_on=date(2018, 10, 31))],
        "2",
    ),
    "us-after": (
        [sale("u", "paid-subscription", "established", country="us", made_on=date(2018, 11, 1))],
        "4",
    ),
    "us-invited": ([sale("u", "invited-subscription", "established", country="us")], "6"),
    "us-growing": (
        [
            sale("p", "paid-subscription", "growing", country="us"),
            sale("i", "invited-subscription", "growing", country="us"),
        ],
        "5",
    ),
    "cashbook": ([sale("c", "cashbook"), sale("p", "payroll")], "2"),
    "ledgers": ([sale(f"l{number}", "ledger") for number in range(3)], "0.3"),
}


@pytest.mark.parametrize(("sales", "points"), POINTS.values(), ids=POINTS)
def test_points_follow_plan_way_country_and_day_of_sale(sales, points):
    verdict = judge(status(), joined(*sales, accepted=date(2018, 1, 1)), date(2026, 3, 2))

    assert finding_of(verdict, "bronze", "points").have == Decimal(points)


def test_projects_that_nobody_used_for_31_days_earn_nothing():
    used = replace(
        joined(),
        readings=(reading(4, date(2026, 3, 1), metric="projects-used", item="client"),),
    )

    last, after = (
        finding_of(judge(status(), used, day), "bronze", "points").have
        for day in (date(2026, 3, 31), date(2026, 4, 1))
    )

    assert (last, after) == (4, 0)
