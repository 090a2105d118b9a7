"""Programs that are not in the library can be entered, read, said and published.

Each document is a published program as somebody would enter it who has only the how-to; its
source is named in it. What the verdicts mean is in the tests beside this one.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.utils.translation import override

from accreditation.criteria.document import parse
from accreditation.criteria.problems import DocumentError, ProblemCode
from accreditation.criteria.yaml_source import load_yaml
from accreditation.criteria.yaml_text import dump_yaml
from accreditation.enums import VersionState
from accreditation.operations.programs import draft_version, publish_version
from accreditation.program_library import names
from accreditation.requirements import Requirement, asked_by_levels
from partners.models import Vendor
from partners.rules import SYSTEM
from tests import cast
from tests.accreditation.other_programs.worlds import NAMES, document
from tests.accreditation.test_publishing_the_library import define_catalog

each = pytest.mark.parametrize("name", NAMES)

NOT_OFFERED = {"settings.award"}
"""What the product says that it does not do yet."""


def texts(node: Any) -> Iterator[dict[str, str]]:
    """Yield every text of a document, in all its languages."""
    if isinstance(node, dict):
        yield from (node[name] for name in ("text", "name", "summary") if name in node)
    for child in node.values() if isinstance(node, dict) else node:
        if isinstance(child, dict | list):
            yield from texts(child)


def with_parts(asked: Requirement) -> Iterator[Requirement]:
    """Yield a requirement and all that it consists of."""
    yield asked
    for part in asked.parts:
        yield from with_parts(part)


@each
def test_document_has_no_problem(name: str) -> None:
    rules = parse(document(name), draft=True)

    assert rules.program.key == name
    assert rules.program.key not in names()


@each
def test_document_names_its_source(name: str) -> None:
    source = document(name)["program"]["source"]

    assert source["title"]
    assert source["address"].startswith("http")
    assert source["note"]


@each
def test_document_survives_the_way_through_json_and_yaml(name: str) -> None:
    written = document(name)

    again = load_yaml(dump_yaml(json.loads(json.dumps(written))))

    assert again == written
    assert parse(again, draft=True) == parse(written, draft=True)


@each
def test_every_text_is_in_english_and_german(name: str) -> None:
    assert {frozenset(text) for text in texts(document(name))} == {frozenset({"en", "de"})}


@each
@pytest.mark.parametrize("language", ["en", "de"])
def test_every_level_can_be_said_to_a_partner(name: str, language: str) -> None:
    with override(language):
        said = asked_by_levels(parse(document(name), draft=True))

    found = [one for level in said for asked in level.requirements for one in with_parts(asked)]
    assert {one.language for one in found if one.text} == {language}
    assert all(one.sentence or one.parts for one in found)


@each
def test_publishing_is_refused_only_for_what_is_open_or_not_offered(
    in_northwind: Vendor, name: str
) -> None:
    rules = parse(document(name), draft=True)
    define_catalog(rules)
    version = draft_version(document=document(name), by=SYSTEM, now=cast.NOW)
    expected = set(rules.open_places)
    if rules.settings.award != "automatic":
        expected |= NOT_OFFERED

    problems = []
    try:
        publish_version(version=version, effective_on=cast.TODAY, by=SYSTEM, now=cast.NOW)
    except DocumentError as refused:
        problems = list(refused.problems)

    version.refresh_from_db()
    assert {one.place for one in problems} <= expected
    assert bool(problems) is bool(expected)
    assert (version.state == VersionState.PUBLISHED) is not expected
    assert {one.code for one in problems if one.place not in NOT_OFFERED} <= {
        ProblemCode.STILL_OPEN
    }
