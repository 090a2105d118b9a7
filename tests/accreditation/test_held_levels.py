"""Awards as the levels that programs ask for: for which days each was held."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from accreditation.criteria.periods import Period
from accreditation.criteria.records import Kin
from accreditation.queries.facts.held import Grant, levels_held

MARCH, JUNE, JULY = date(2026, 3, 1), date(2026, 6, 1), date(2026, 7, 1)
ACME = UUID(int=1)


def grant(granted_on: date, ended_on: date | None, level: str = "gold", number: int = 0) -> Grant:
    award = UUID(int=number or granted_on.toordinal())
    return Grant(award, ACME, "cloud", level, granted_on, None, ended_on)


def periods(*grants: Grant) -> list[tuple[str, Period]]:
    return [(one.level, one.period) for one in levels_held(grants, {})]


@pytest.mark.parametrize(
    ("grants", "held"),
    [
        ([grant(MARCH, None)], [("gold", Period(MARCH))]),
        ([grant(MARCH, JUNE)], [("gold", Period(MARCH, JUNE))]),
        ([grant(MARCH, MARCH)], []),
        ([grant(MARCH, JUNE), grant(JUNE, None)], [("gold", Period(MARCH))]),
        ([grant(JUNE, JULY), grant(MARCH, JUNE)], [("gold", Period(MARCH, JULY))]),
        (
            [grant(MARCH, JUNE), grant(JULY, None)],
            [("gold", Period(MARCH, JUNE)), ("gold", Period(JULY))],
        ),
        (
            [grant(MARCH, JUNE), grant(JUNE, None, "silver")],
            [("gold", Period(MARCH, JUNE)), ("silver", Period(JUNE))],
        ),
    ],
    ids=["still", "ended", "taken back the same day", "renewed", "in any order", "gap", "other"],
)
def test_level_is_held_for_the_days_of_awards_that_follow_each_other(
    grants: list[Grant], held: list[tuple[str, Period]]
) -> None:
    assert periods(*grants) == held


def test_a_renewal_changes_nothing_for_those_who_ask() -> None:
    (before,) = levels_held([grant(MARCH, None, number=1)], {})
    (after,) = levels_held([grant(JUNE, None, number=2), grant(MARCH, JUNE, number=1)], {})

    assert before == after


def test_only_the_levels_of_others_say_who_holds_them() -> None:
    holders = {kin: next(levels_held([grant(MARCH, None)], {}, kin)).holder for kin in Kin}

    assert holders == {kin: "" if kin is Kin.SELF else str(ACME) for kin in Kin}
