"""What others hold is foreseen by the rules of each day: published versions not yet in force too."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from accreditation.criteria.verdicts import CauseCode
from accreditation.models import Accreditation, ProgramVersion
from accreditation.operations.programs import withdraw_version
from accreditation.queries.attention import Urgency, concerns_of
from accreditation.queries.forecast import ToldForecast, forecast_of
from accreditation.queries.programs import program_in_force
from partners.enums import MembershipRole
from partners.models import Partner, Vendor
from partners.rules import SYSTEM
from tests import cast
from tests.accreditation.test_foresight import asking, service
from tests.accreditation.worked_examples.lifecycles import noon
from tests.stories import judge_all, publish

DAY = timedelta(days=1)
COMES = date(2026, 6, 2)
LATER = cast.NOW + timedelta(hours=1)


@pytest.fixture
def branch(in_northwind: Vendor) -> Partner:
    """Acme, a head office, and its branch with two engineers, enough for the service of today."""
    acme = cast.partner("acme")
    branch = cast.partner("acme-austria", parent=acme)
    role, what = cast.job_role("technical-engineer"), cast.certification("cloud-engineer")
    for name in ("Edda", "Finn"):
        person = cast.person(name)
        cast.employment(person, branch, role)
        cast.certificate(person, what)
    publish(service(2))
    publish(asking("tier", "authorized-service"))
    publish(asking("group", "authorized-service", held_by="children"))
    judge_all()
    return branch


@pytest.fixture
def acme(branch: Partner) -> Partner:
    return Partner.objects.get(slug="acme")


def foreseen(of: Partner, program: str) -> ToldForecast:
    found = program_in_force(program, cast.TODAY)
    assert found is not None
    return forecast_of(of, found, cast.TODAY)


def comes(needs: int, **settings: Any) -> None:
    """Publish a version of the service for a day in three months, and judge who is due now."""
    publish(service(needs, **settings), effective_on=COMES)
    judge_all(LATER)


@pytest.mark.parametrize(
    ("settings", "lost_on"), [({}, COMES), ({"grace_days": 10}, COMES + timedelta(days=11))]
)
def test_a_stricter_version_of_the_branchs_program_ends_the_level_of_the_head_office(
    acme: Partner, settings: dict[str, Any], lost_on: date
) -> None:
    before = foreseen(acme, "group")
    comes(3, **settings)

    found = foreseen(acme, "group")

    assert (before.forecast.lapses_on, before.steps) == (None, ())
    assert (found.forecast.lapses_on, found.lost_on) == (lost_on, lost_on)
    [step] = found.steps
    assert step.cause.cause.code is CauseCode.LEVEL_LOST
    assert standing_on(acme, "group", lost_on - DAY) == "accredited"
    assert standing_on(acme, "group", lost_on) == "lapsed"


def standing_on(of: Partner, program: str, day: date) -> str:
    judge_all(noon(day))
    return Accreditation.objects.get(partner=of, program__key=program).standing


def test_a_stricter_version_of_another_program_is_named_behind_its_loss(branch: Partner) -> None:
    comes(3)

    [step] = foreseen(branch, "tier").steps

    assert (step.step.day, step.cause.cause.code) == (COMES, CauseCode.LEVEL_LOST)
    assert step.behind is not None
    assert step.behind.cause.cause.code is CauseCode.RULES_REPLACED
    assert step.behind.program.version.number == 2
    assert step.behind.chain[-1].link.after.need == 3


def test_a_milder_version_lets_the_head_office_reach_its_level(
    branch: Partner, acme: Partner
) -> None:
    publish(service(3), effective_on=date(2026, 3, 1))
    judge_all(LATER)
    comes(2)

    found = foreseen(acme, "group")

    assert [(one.step.day, one.step.level) for one in found.steps] == [(COMES, "authorized")]
    assert [one.level for one in found.held] == [None, "authorized"]


def test_what_is_withdrawn_is_not_foreseen_any_more(acme: Partner) -> None:
    comes(3)
    version = ProgramVersion.objects.get(program__key="authorized-service", number=2)

    withdraw_version(version=version, reason="Too early", by=SYSTEM, now=LATER)
    judge_all(LATER)

    assert foreseen(acme, "group").steps == ()


def test_who_loses_a_level_to_a_version_that_comes_is_at_risk(branch: Partner) -> None:
    mara = cast.actor(cast.member("Mara", MembershipRole.OWNER))
    publish(service(3), effective_on=cast.TODAY + timedelta(days=90))
    judge_all(LATER)

    found = concerns_of(mara, cast.TODAY)

    assert {(one.partner.slug, one.standing.program.program.key) for one in found} == {
        ("acme-austria", "authorized-service"),
        ("acme-austria", "tier"),
        ("acme", "group"),
    }
    assert {(one.urgency, one.day) for one in found} == {
        (Urgency.AT_RISK, cast.TODAY + timedelta(days=89))
    }
