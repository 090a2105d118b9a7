"""How portal and workspace show the training of people: hours, and what nobody knows of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from accreditation.criteria.facts import PartnerFacts
from accreditation.criteria.periods import Period
from accreditation.criteria.records import CourseCompletion
from portal.look.components import RequirementState
from tests.accreditation.criteria.worlds import employee, facts, leaf, people
from tests.portal.look.test_requirements import numbers, row_of

ALL = leaf("course_completed", count="hours", at_least=40)
EACH = people(each_holds=[{"hours": 30, "courses": ["site-safety"]}])


def trained(*hours: str | None) -> PartnerFacts:
    """Return Edda, who works here and took one training of each of these lengths."""
    done = tuple(
        CourseCompletion(
            f"d{number}",
            "Edda",
            "site-safety",
            Period(date(2026, 1, 1 + number)),
            hours=None if one is None else Decimal(one),
        )
        for number, one in enumerate(hours)
    )
    return replace(facts(employee("Edda")), courses=done)


def test_hours_of_all_are_shown_in_hours() -> None:
    row = row_of(ALL, trained("7.5", "1"))

    assert numbers(row)[:2] == ("8.5", "of 40 hours")
    assert row.state is RequirementState.UNMET
    assert str(row.summary).startswith("31.5 hours missing")


@pytest.mark.parametrize(("hours", "said"), [("1", "1 hour"), ("7.5", "7.5 hours")])
def test_record_says_its_hours(hours: str, said: str) -> None:
    [record] = row_of(EACH, trained(hours)).records

    assert str(record.detail).startswith(f"Site safety · {said}")
    assert str(record.reason) == "No, the hours of the person are too few"


@pytest.mark.parametrize("node", [ALL, EACH])
def test_hours_nobody_recorded_are_asked_for(node: dict[str, object]) -> None:
    row = row_of(node, trained(None))

    assert row.state is RequirementState.UNKNOWN
    assert str(row.summary).startswith("The hours of a finished course are not recorded.")
    assert [str(one.reason) for one in row.records] == ["Not yet, its hours are not recorded"]
