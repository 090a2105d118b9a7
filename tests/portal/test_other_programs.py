"""A published program that is not in the library, entered as a vendor's people enter it."""

from __future__ import annotations

from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client

from accreditation.criteria.document import parse
from accreditation.models import Accreditation, Evaluation, ProgramVersion
from partners.enums import AttributeKind, MembershipRole
from partners.models import Vendor
from partners.tenancy.context import tenant
from tests import cast
from tests.accreditation.other_programs.worlds import NAMES, document, source
from tests.accreditation.test_publishing_the_library import define_catalog
from tests.machines import Machine, new_key
from tests.portal.conftest import Refuse
from tests.stories import judge_all, publish

MISTAKES = {
    "a share as text": (
        "ebay-top-rated",
        ("at_most: 0.005", 'at_most: "0.005"'),
        "criteria.then.all[3].any[0].all[1].at_most: must be a number",
    ),
    "a criterion that stands nowhere": (
        "ebay-top-rated",
        ("again: many", "again: lots"),
        "criteria.then.all[3].any[1].all[0].none[0].again: ",
    ),
    "a day that no month has": (
        "ebay-top-rated",
        ('"02-20"', '"02-31"'),
        "criteria.snapshot.on: ",
    ),
    "a level that there is not": (
        "quickbooks-proadvisor",
        ("elite: 1600", "diamond: 1600"),
        "criteria.all[1].at_least.diamond: is not a level",
    ),
    "points that nobody earns": (
        "quickbooks-proadvisor",
        ("points: 25", "points: 0"),
        "criteria.all[1].items[1].points: must be a number above zero",
    ),
    "a certification in the wrong field": (
        "quickbooks-proadvisor",
        ("certifications: [desktop]", "certification: [desktop]"),
        "criteria.all[1].items[5].measure: must name certifications, families or",
    ),
    "a number in words": (
        "dell-emc-emea",
        ("platinum: {by: country, table: {GB: 15000000", "platinum: {by: country, table: {GB: 15m"),
        "criteria.any[0].all[0].at_least.platinum.table.GB: must be a number",
    ),
    "a key that stands twice": (
        "dell-emc-emea",
        ("key: services_less", "key: services_much"),
        "criteria.any[1].all[1].key: ",
    ),
    "a window that there is not": (
        "dell-emc-emea",
        ("year_from: open", "fiscal_year: open"),
        "criteria.any[0].all[0].window: ",
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_named_with_its_place_by_page_api_and_command(
    mistake: str, by_page: Refuse, by_api: Refuse, by_command: Refuse
) -> None:
    name, (right, wrong), expected = MISTAKES[mistake]
    text = source(name)
    assert right in text

    problems = by_command(text.replace(right, wrong, 1))

    assert problems[0].startswith(expected)
    assert by_page(text.replace(right, wrong, 1)) == problems
    assert by_api(text.replace(right, wrong, 1)) == problems


@pytest.mark.parametrize("name", NAMES)
def test_command_says_what_keeps_it_from_being_published(name: str, tmp_path: Path) -> None:
    file, said = tmp_path / f"{name}.yaml", StringIO()
    file.write_text(source(name), encoding="utf-8")
    rules = parse(document(name), draft=True)

    call_command("check_program", str(file), stdout=said)

    *notes, last = said.getvalue().splitlines()
    assert last == f"{file} can be drafted."
    assert len([one for one in notes if "is still open" in one]) == len(rules.open_places)


@pytest.mark.parametrize("name", ["ebay-top-rated", "quickbooks-proadvisor", "dell-emc-emea"])
def test_page_takes_it_and_gives_it_back_in_sentences_and_as_yaml(
    name: str, northwind: Vendor
) -> None:
    with tenant(northwind):
        owner = cast.member("Olga", MembershipRole.OWNER)
    client = Client()
    client.force_login(owner.user)

    sent = client.post("/v/northwind/manage/drafts/new/", {"text": source(name)}, follow=True)

    assert sent.status_code == 200
    with tenant(northwind):
        assert ProgramVersion.objects.get().document == document(name)
    assert document(name)["program"]["name"]["en"] in sent.content.decode()


@pytest.mark.parametrize("name", ["ebay-top-rated", "quickbooks-proadvisor", "dell-emc-emea"])
def test_api_takes_it_and_tells_what_it_asks(name: str, northwind: Vendor) -> None:
    machine = Machine(northwind, new_key(northwind))

    checked = machine.post("/program-checks/", {"yaml": source(name)}).json()
    drafted = machine.post("/programs/", {"yaml": source(name)})
    version = machine.get(f"/programs/{name}/versions/1/").json()

    assert (checked["valid"], checked["problems"]) == (True, [])
    assert drafted.status_code == 201
    assert version["document"] == document(name)
    assert len(version["levels"]) == len(document(name)["levels"])
    assert all(level["requirements"] for level in version["levels"])


@pytest.mark.usefixtures("in_northwind")
def test_partner_rises_by_what_was_recorded() -> None:
    acme, edda = cast.partner("acme"), cast.person("Edda")
    define_catalog(parse(document("quickbooks-proadvisor")))
    publish(document("quickbooks-proadvisor"))
    judge_all()
    before = Accreditation.objects.filter(partner=acme).first()

    cast.attribute(acme, "joined", "2026-01-01", kind=AttributeKind.DAY)
    for number in range(4):
        client = cast.customer(f"Client {number}")
        cast.transaction(acme, client, kind="online", made_on=date(2026, 1, 15))
    cast.employment(edda, acme)
    judge_all()

    verdict = Evaluation.objects.filter(partner=acme).latest("recorded_at", "id").verdict
    after = Accreditation.objects.get(partner=acme)
    assert before is None or before.level is None
    assert after.level is not None
    assert after.level.key == "gold"
    assert verdict["level"] == "gold"
