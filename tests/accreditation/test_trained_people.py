"""Two engineers, each certified and with 30 hours of training in the last 12 months."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from accreditation.criteria.problems import DocumentError
from accreditation.models import Evaluation
from enablement.models import Course
from enablement.operations import NewCompletion, record_course_completions
from partners.models import Partner, Person, Vendor
from partners.rules import SYSTEM
from tests import cast
from tests.accreditation.documents import engineers
from tests.stories import judge_all, publish

HALF, NEARLY = Decimal(15), Decimal("14.5")
FIRST, SECOND = date(2025, 6, 1), date(2025, 9, 1)


def trained_engineers() -> dict[str, Any]:
    document = engineers(at_least=2)
    document["criteria"] = {
        "key": "engineers",
        "kind": "people_holding",
        "text": {"en": "Certified engineers with 30 hours of training a year"},
        "at_least": 2,
        "each_holds": [
            {"certifications": ["cloud-engineer"], "at_least": 1},
            {"courses": ["site-safety"], "hours": 30, "window": {"rolling_months": 12}},
        ],
    }
    return document


@pytest.fixture
def safety(in_northwind: Vendor) -> Course:
    return cast.course("site-safety")


@pytest.fixture
def team(in_northwind: Vendor, acme: Partner) -> list[Person]:
    """Edda and Finn, certified engineers of Acme."""
    exam, team = cast.certification("cloud-engineer"), [cast.person("Edda"), cast.person("Finn")]
    for one in team:
        cast.employment(one, acme)
        cast.certificate(one, exam)
    return team


def train(who: Person, what: Course, on: date, hours: Decimal | None) -> None:
    row = NewCompletion(who, what, on, hours=hours)
    record_course_completions([row], source="test", by=SYSTEM, now=cast.NOW)


def judged(acme: Partner) -> dict[str, Any]:
    """Return the finding of the newest verdict."""
    judge_all()
    latest = Evaluation.objects.filter(partner=acme).latest("recorded_at", "id")
    finding: dict[str, Any] = latest.verdict["levels"][0]["finding"]
    return finding


def test_partner_meets_it_with_the_last_training(
    acme: Partner, team: list[Person], safety: Course
) -> None:
    publish(trained_engineers())
    edda, finn = team
    for one, hours in ((edda, HALF), (finn, NEARLY)):
        train(one, safety, FIRST, HALF)
        train(one, safety, SECOND, hours)

    before = judged(acme)
    train(finn, safety, cast.TODAY, HALF)
    after = judged(acme)

    assert (before["result"], before["have"]) == ("not_met", "1")
    assert {one["reason"] for one in before["not_counted"]} == {"too_few_hours", "others_missing"}
    assert (after["result"], after["have"]) == ("met", "2")
    # Edda's first training is older than twelve months then.
    assert (after["changes_on"], after["cause"]["code"]) == ("2026-06-01", "record_too_old")


def test_hours_nobody_recorded_are_not_taken_for_none(
    acme: Partner, team: list[Person], safety: Course
) -> None:
    publish(trained_engineers())
    for one in team:
        train(one, safety, FIRST, None)

    finding = judged(acme)

    assert finding["result"] == "cannot_be_judged"
    assert "hours_unknown" in {one["reason"] for one in finding["not_counted"]}


def test_courses_of_a_set_are_looked_for_in_the_catalog(team: list[Person]) -> None:
    with pytest.raises(DocumentError) as refusal:
        publish(trained_engineers())

    assert [str(one) for one in refusal.value.problems] == [
        "criteria.each_holds[1].courses[0]: site-safety is not in the vendor's catalog"
    ]
