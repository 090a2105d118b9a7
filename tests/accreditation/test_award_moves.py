"""Awards on days on which more than one thing moves them."""

from __future__ import annotations

from datetime import date

import pytest

from accreditation.models import Accreditation, Award, StandingChange
from partners.models import Partner, Vendor
from tests import cast
from tests.accreditation.worked_examples.lifecycles import (
    LONG_AGO,
    at_least,
    figure,
    held,
    noon,
    program,
)
from tests.stories import judge_all, publish

TIER = {"criteria": at_least("score", {"silver": 10, "gold": 20})}
ENDS = date(2027, 3, 2)
"""Twelve months after the day of the stories."""


@pytest.fixture
def acme(in_northwind: Vendor) -> Partner:
    return cast.partner("acme")


def scored(acme: Partner, value: int, on: date) -> None:
    figure(acme, "score", value, on)
    judge_all(noon(on))


def test_a_level_that_rises_leaves_the_award_its_end(acme: Partner) -> None:
    publish(program("tier", "silver", "gold", term_months=12, **TIER))
    scored(acme, 10, cast.TODAY)

    scored(acme, 20, date(2026, 6, 1))

    award = Award.objects.get(ended_on=None)
    assert (award.level.key, award.granted_on, award.ends_on) == ("gold", date(2026, 6, 1), ENDS)


def test_who_recovers_in_grace_holds_what_is_met_then(acme: Partner) -> None:
    """Levels fall on 30 June only; a grace that ends well is open to any move."""
    settings = {"grace_days": 30, "reviews": {"down": ["06-30"]}}
    publish(program("tier", "silver", "gold", **settings, **TIER))
    scored(acme, 20, cast.TODAY)
    scored(acme, 0, date(2026, 6, 30))

    scored(acme, 10, date(2026, 7, 10))

    assert held(acme, "tier") == "silver"


@pytest.mark.parametrize("settings", [{"grace_days": 30}, {"renewal_late_days": 30}], ids=str)
@pytest.mark.parametrize("leaves_on", [ENDS, date(2027, 3, 10)], ids=["that day", "later"])
def test_who_leaves_the_vendors_program_has_no_grace(
    acme: Partner, settings: dict[str, int], leaves_on: date
) -> None:
    publish(program("tier", "silver", "gold", term_months=12, **settings, **TIER))
    figure(acme, "score", 10, LONG_AGO)
    judge_all()
    figure(acme, "score", 0, ENDS)
    if leaves_on != ENDS:
        judge_all(noon(ENDS))

    Partner.objects.filter(pk=acme.pk).update(state="ended", ended_on=leaves_on)
    judge_all(noon(leaves_on))

    [change] = StandingChange.objects.filter(on=leaves_on)
    assert (change.to_standing, Accreditation.objects.get().standing) == ("lapsed", "lapsed")
    assert Award.objects.get().ended_on == leaves_on
