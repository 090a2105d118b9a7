"""A bad rules document is refused alike by page, API and command, with every place named."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from accreditation.criteria.yaml_text import dump_yaml
from accreditation.models import ProgramVersion
from accreditation.operations.programs import draft_version
from accreditation.program_library import load
from accreditation.queries.document_checks import check_document
from accreditation.wording.codes import problem_text
from partners.models import Vendor
from partners.rules import SYSTEM
from partners.tenancy.context import tenant
from tests import cast
from tests.accreditation.bad_documents import BAD, rules
from tests.accreditation.documents import built_on
from tests.portal.conftest import Refuse


@pytest.mark.parametrize("name", BAD)
def test_a_bad_document_is_refused_alike_by_page_api_and_command(
    name: str, northwind: Vendor, by_page: Refuse, by_api: Refuse, by_command: Refuse
) -> None:
    text, expected = BAD[name]

    problems = by_command(text)

    assert [one[: len(start)] for one, start in zip(problems, expected, strict=True)] == expected
    assert by_page(text) == problems
    assert by_api(text) == problems
    with tenant(northwind):
        assert not ProgramVersion.objects.exists()


def without_levels(document: dict[str, Any]) -> None:
    del document["levels"]


def numbers_as_text(document: dict[str, Any]) -> None:
    for level in document["levels"]:
        level["rank"] = "1"
    document["format"] = "1"


def buried(document: dict[str, Any]) -> None:
    for _ in range(20):
        document["criteria"] = {"all": [document.get("criteria", {})]}


def repeated(document: dict[str, Any]) -> None:
    document["levels"] *= 2


def odd_text(document: dict[str, Any]) -> None:
    document["program"]["key"] = "\u202eabc"
    document["program"]["kind"] = 10**399


@pytest.mark.parametrize("damage", [without_levels, numbers_as_text, buried, repeated, odd_text])
@pytest.mark.parametrize("name", ["aws-services-tiers", "ibm-partnerworld"])
def test_a_damaged_program_of_the_library_is_refused_alike(
    name: str,
    damage: Callable[[dict[str, Any]], None],
    by_page: Refuse,
    by_api: Refuse,
    by_command: Refuse,
) -> None:
    document = deepcopy(dict(load(name)))
    damage(document)
    text = dump_yaml(document)

    problems = by_command(text)

    assert problems
    assert by_page(text) == problems
    assert by_api(text) == problems


def test_the_document_around_the_bad_ones_is_good(tmp_path: Path) -> None:
    file, said = tmp_path / "rules.yaml", StringIO()
    file.write_text(rules())

    call_command("check_program", str(file), stdout=said)

    assert said.getvalue() == f"{file} can be drafted.\n"


def test_open_numbers_may_be_drafted_but_not_published(tmp_path: Path) -> None:
    file, said = tmp_path / "rules.yaml", StringIO()
    file.write_text(rules().replace("at_least: 1", "at_least: open"))

    drafted = StringIO()
    call_command("check_program", str(file), stdout=drafted)
    with pytest.raises(CommandError):
        call_command("check_program", str(file), publish=True, stderr=said)

    problem = "criteria.at_least: is still open; the number must be known before publishing\n"
    assert said.getvalue() == problem
    assert drafted.getvalue() == f"Before publishing: {problem}{file} can be drafted.\n"


@pytest.mark.django_db
def test_keys_are_looked_for_in_the_catalog_of_the_vendor_named(
    northwind: Vendor, tmp_path: Path
) -> None:
    file, said = tmp_path / "rules.yaml", StringIO()
    file.write_text(rules())
    with tenant(northwind):
        expected = [
            problem_text(one)
            for one in check_document(rules(), on=cast.TODAY).to_publish().problems
        ]

    call_command("check_program", str(file), vendor="northwind", stdout=StringIO())
    with pytest.raises(CommandError):
        call_command("check_program", str(file), vendor="northwind", publish=True, stderr=said)

    assert said.getvalue().splitlines() == expected
    assert expected[0].endswith("is not in the vendor's catalog")


def test_circle_of_programs_is_refused_alike_by_page_api_and_command(
    northwind: Vendor, by_page: Refuse, by_api: Refuse, tmp_path: Path
) -> None:
    file, said = tmp_path / "rules.yaml", StringIO()
    file.write_text(dump_yaml(built_on("service", "solution")))
    with tenant(northwind):
        draft_version(document=built_on("solution", "service"), by=SYSTEM, now=cast.NOW)

    with pytest.raises(CommandError):
        call_command("check_program", str(file), vendor="northwind", stderr=said)

    problems = said.getvalue().splitlines()
    assert problems == ["criteria.programs: a cycle: service → solution → service"]
    assert by_page(file.read_text()) == problems
    assert by_api(file.read_text()) == problems


def test_a_program_that_asks_for_its_own_highest_level_needs_no_vendor_to_be_refused(
    tmp_path: Path,
) -> None:
    file, said = tmp_path / "rules.yaml", StringIO()
    file.write_text(dump_yaml(built_on("service", "service")))

    with pytest.raises(CommandError):
        call_command("check_program", str(file), stderr=said)

    assert said.getvalue() == "criteria.programs: a cycle: service → service\n"


def test_awards_on_application_are_named_at_their_place_before_publishing(tmp_path: Path) -> None:
    file, said = tmp_path / "rules.yaml", StringIO()
    file.write_text(rules() + "settings: {award: on_application}\n")

    call_command("check_program", str(file), stdout=StringIO())
    with pytest.raises(CommandError):
        call_command("check_program", str(file), publish=True, stderr=said)

    assert said.getvalue() == (
        "settings.award: must be automatic before publishing: "
        "partners cannot apply for an award yet\n"
    )


@pytest.mark.django_db
def test_a_vendor_that_is_not_there_has_no_catalog(tmp_path: Path) -> None:
    file = tmp_path / "rules.yaml"
    file.write_text(rules())

    with pytest.raises(CommandError, match="no vendor"):
        call_command("check_program", str(file), vendor="nobody")


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("check_program", str(tmp_path / "nothing.yaml"))
