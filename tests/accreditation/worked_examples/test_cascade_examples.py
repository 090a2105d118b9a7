"""Worked example W25: what builds on what, on real rows."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from accreditation.criteria.verdicts import content_hash
from accreditation.models import Evaluation, StandingChange
from accreditation.queries.evaluations import latest_evaluations
from accreditation.queries.facts import facts_for
from accreditation.queries.programs import programs_in_force
from accreditation.queries.verdicts import judged
from partners.models import Partner
from tests import cast
from tests.accreditation.criteria.worlds import leaf
from tests.accreditation.worked_examples.lifecycles import (
    LONG_AGO,
    at_least,
    figure,
    held,
    noon,
    program,
)
from tests.stories import judge_all, publish


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


def test_w25_pages_see_of_a_day_what_the_evaluation_saw(platinum: Partner) -> None:
    day = cast.TODAY + timedelta(days=30)
    for changes in (
        {"k1-revenue": 200},
        {"k1-accredited": 0, "k2-accredited": 0},
        {"k1-accredited": 1},
    ):
        for name, value in changes.items():
            figure(platinum, name, value, day)
        judge_all(noon(day))

        programs = programs_in_force(day)
        facts = facts_for([platinum.pk], programs)[platinum.pk]
        stored = latest_evaluations([platinum.pk])
        assert {one.program.key: content_hash(judged(one, facts, day)) for one in programs} == {
            one.program.key: stored[platinum.pk, one.program.pk].content_hash for one in programs
        }
        day += timedelta(days=30)
