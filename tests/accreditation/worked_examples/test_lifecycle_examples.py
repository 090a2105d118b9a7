"""Worked examples about how levels move over time, on real rows: facts, evaluation, standing."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from accreditation.models import Accreditation, Evaluation, StandingChange
from partners.models import OrganizationAttribute, Partner, Vendor
from tests import cast
from tests.accreditation.criteria.worlds import leaf
from tests.stories import judge_all, publish

LONG_AGO = date(2010, 1, 1)


def noon(day: date) -> datetime:
    """Return a moment of a day in New York, Northwind's zone."""
    return datetime(day.year, day.month, day.day, 17, 0, tzinfo=UTC)


def figure(at: Partner, name: str, value: float, since: date) -> OrganizationAttribute:
    """Record a figure of a partner from a day on, in place of the one before."""
    OrganizationAttribute.objects.filter(partner=at, name=name, ended_on=None).update(
        ended_on=since
    )
    return cast.attribute(at, name, str(value), since=since, kind="number")


def at_least(name: str, need: Any) -> dict[str, Any]:
    """Return a criterion: a figure of the partner is enough."""
    return leaf("attribute", name, attribute=name, at_least=need)


def program(
    key: str, *levels: str | dict[str, Any], criteria: Any = None, **more: Any
) -> dict[str, Any]:
    """Return rules; `groups` belongs to the program, every other name is a setting."""
    groups = {"groups": more.pop("groups")} if "groups" in more else {}
    return {
        "format": 1,
        "program": {"key": key, "name": {"en": key.title()}, "kind": "tier", **groups},
        "settings": more,
        "levels": [
            {"key": one, "name": {"en": one.title()}} if isinstance(one, str) else one
            for one in levels
        ],
        **({"criteria": criteria} if criteria else {}),
    }


def held(of: Partner, key: str) -> str | None:
    """Return the level held in a program, None if none is."""
    accreditation = Accreditation.objects.select_related("level").get(partner=of, program__key=key)
    return accreditation.level.key if accreditation.level else None


@pytest.fixture
def acme(in_northwind: Vendor) -> Partner:
    return cast.partner("acme", joined_on=LONG_AGO)


# --- W25: cascade ---------------------------------------------------------------------------


def competency(key: str) -> dict[str, Any]:
    """Return one competency: its accreditation, and revenue by level."""
    revenue = at_least("revenue", {"principal": 100, "expert": 500})
    revenue["attribute"] = f"{key}-revenue"
    accredited = at_least("accredited", 1)
    accredited["attribute"] = f"{key}-accredited"
    return program(
        key, "principal", "expert", criteria={"all": [revenue, accredited]}, groups=["competency"]
    )


def asks(key: str, levels: list[str], count: int) -> dict[str, Any]:
    criteria = leaf("holds_level", key, groups=["competency"], levels=levels, at_least=count)
    return {"key": key, "name": {"en": key.title()}, "criteria": criteria}


TIER = program(
    "tier",
    asks("silver", ["principal", "expert"], 1),
    asks("gold", ["expert"], 1),
    asks("platinum", ["expert"], 2),
)


@pytest.fixture
def platinum(acme: Partner) -> Partner:
    """A platinum partner: expert in K1 and K2. The tier was written before the competencies."""
    for document in (TIER, competency("k1"), competency("k2")):
        publish(document)
    for key in ("k1", "k2"):
        figure(acme, f"{key}-revenue", 600, LONG_AGO)
        figure(acme, f"{key}-accredited", 1, LONG_AGO)
    judge_all()
    return acme


def tier_moves() -> list[tuple[str, str | None]]:
    moves = StandingChange.objects.filter(accreditation__program__key="tier")
    return [
        (one.because, one.to_level.key if one.to_level else None)
        for one in moves.select_related("to_level").order_by("on", "recorded_at", "id")
    ]


def test_w25_what_is_lost_below_is_lost_above_in_the_same_evaluation(platinum: Partner) -> None:
    first, second, third = (cast.TODAY + timedelta(days=days) for days in (30, 60, 90))
    levels = [tuple(held(platinum, key) for key in ("k1", "k2", "tier"))]

    for key, value, day in (
        ("k1-revenue", 200, first),
        ("k2-accredited", 0, second),
        ("k1-accredited", 0, third),
    ):
        figure(platinum, key, value, day)
        judged = judge_all(noon(day))
        levels.append(tuple(held(platinum, one) for one in ("k1", "k2", "tier")))
        assert judged == 1

    assert levels == [
        ("expert", "expert", "platinum"),
        ("principal", "expert", "gold"),
        ("principal", None, "silver"),
        (None, None, None),
    ]
    assert tier_moves()[1:] == [
        ("level_changed", "gold"),
        ("level_changed", "silver"),
        ("no_level_met", None),
    ]


def test_w25_each_step_is_explained_by_the_one_below_it(platinum: Partner) -> None:
    day = cast.TODAY + timedelta(days=30)
    figure(platinum, "k1-revenue", 200, day)
    judge_all(noon(day))

    evaluation = Evaluation.objects.filter(program__key="tier").latest("recorded_at", "id")
    [level] = [one for one in evaluation.verdict["levels"] if one["level"] == "platinum"]
    finding = level["finding"]

    named = [*finding["counted"], *finding["not_counted"]]
    known = {
        (record["program"], record["level"], record.get("through"))
        for one in named
        if (record := evaluation.records[one["record"]])
    }
    assert known == {("k2", "expert", None), ("k1", "expert", "2026-03-31")}
    assert finding["have"] == "1"
