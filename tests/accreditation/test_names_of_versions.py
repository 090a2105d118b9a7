"""What a program and its levels are called changes on a version's first day, the vendor's."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from accreditation.models import Accreditation, Level, Program, ProgramVersion
from accreditation.operations.programs import withdraw_version
from accreditation.queries.forecast import forecast_of
from accreditation.queries.programs import program_in_force, versions_ahead
from partners.enums import MembershipRole
from partners.models import Partner, Vendor
from partners.rules import SYSTEM
from partners.tenancy.context import tenant
from portal.look.outlook import forecast_card
from tests import cast
from tests.accreditation.documents import engineers
from tests.accreditation.worked_examples.lifecycles import noon
from tests.stories import judge_all, publish

COMES = date(2026, 4, 1)
KEY = "authorized-service"

Names = tuple[str, list[tuple[str, int, str]]]
"""What a program is called; the key, the rank and the designation of each level."""

OLD: Names = ("Authorized Service", [("authorized", 1, "Authorized Service Partner")])
NEW: Names = (
    "Service Elite",
    [("starter", 1, "Starter"), ("authorized", 2, "Elite Partner"), ("elite", 3, "Elite Plus")],
)


def renamed() -> dict[str, Any]:
    """Return a version with other names, and a level below and one above that of before."""
    document = engineers(at_least=1)
    document["program"]["name"] = {"en": "Service Elite"}
    document["levels"] = [{"key": key, "name": {"en": name}} for key, _, name in NEW[1]]
    document["criteria"]["at_least"] = {"starter": 1, "authorized": 2, "elite": 3}
    return document


@pytest.fixture
def acme(in_northwind: Vendor) -> Partner:
    """One engineer; the version of April has another name for what they earn."""
    acme = cast.partner("acme", "Acme Cloud Services")
    edda = cast.person("Edda")
    cast.employment(edda, acme, cast.job_role("technical-engineer"))
    cast.certificate(edda, cast.certification("cloud-engineer"))
    publish(engineers(at_least=1))
    judge_all()
    publish(renamed(), effective_on=COMES)
    return acme


def shown() -> Names:
    rows = Level.objects.order_by("rank")
    levels = [(one.key, one.rank, one.designation["en"]) for one in rows]
    return Program.objects.get(key=KEY).name["en"], levels


@pytest.mark.parametrize(
    ("now", "names"),
    [
        # The day begins in New York at four o'clock UTC.
        (datetime.fromisoformat("2026-04-01T03:59:00+00:00"), OLD),
        (datetime.fromisoformat("2026-04-01T04:00:00+00:00"), NEW),
    ],
)
def test_names_and_ranks_change_as_the_vendors_day_begins(
    acme: Partner, now: datetime, names: Names
) -> None:
    assert shown() == OLD

    judge_all(now)

    assert shown() == names


def test_the_level_held_is_that_of_the_new_names_from_then_on(acme: Partner) -> None:
    judge_all(noon(COMES))

    level = Accreditation.objects.get(partner=acme).level
    assert level is not None
    assert (level.key, level.rank) == ("starter", 1)


def test_names_are_right_on_the_first_day_before_anybody_was_judged(acme: Partner) -> None:
    found = program_in_force(KEY, COMES)

    assert found is not None
    assert named(found.program, found.levels) == NEW
    assert shown() == OLD


def named(program: Program, levels: dict[str, Level]) -> Names:
    ranked = sorted(levels.values(), key=lambda one: one.rank)
    return program.name["en"], [(one.key, one.rank, one.designation["en"]) for one in ranked]


def test_a_version_that_comes_has_its_own_names(acme: Partner) -> None:
    [coming] = versions_ahead(cast.TODAY, KEY)

    assert named(coming.program, coming.levels) == NEW


def test_the_forecast_calls_each_level_as_it_is_called_then(acme: Partner) -> None:
    judge_all(cast.NOW + timedelta(hours=1))
    program = program_in_force(KEY, cast.TODAY)
    assert program is not None

    card = forecast_card(forecast_of(acme, program, cast.TODAY))

    assert card.headline.startswith("Every requirement for Authorized Service Partner is met")
    assert card.replaced[0].endswith("Starter is met by it.")
    assert "falls to Starter" in card.steps[0].title


def test_a_version_that_is_withdrawn_leaves_no_name_behind(acme: Partner) -> None:
    version = ProgramVersion.objects.get(number=2)

    withdraw_version(version=version, reason="Too early", by=SYSTEM, now=cast.NOW)
    judge_all(noon(COMES))

    assert shown() == OLD


def test_pages_of_the_version_that_comes_show_its_names(
    acme: Partner, northwind: Vendor, client: Client
) -> None:
    with tenant(northwind):
        cast.member("Olive", MembershipRole.OWNER)
    client.force_login(cast.user("Olive"))

    page = client.get(f"/v/northwind/manage/programs/{KEY}/versions/2/").content.decode()
    program = client.get(f"/v/northwind/manage/programs/{KEY}/").content.decode()

    assert "Service Elite" in page
    assert "Elite Plus" in page
    assert "<h1>Authorized Service</h1>" in program
