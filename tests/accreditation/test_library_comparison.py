"""The comparison of documents with their sources notices what it is for."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
import yaml

from accreditation.program_library import load, names
from tests.accreditation.claims import differences
from tests.accreditation.claims_of_documents import claims_of_document
from tests.accreditation.claims_of_sources import claims_of_source
from tests.accreditation.test_program_library import NAMES, SOURCES, source_of

Path = tuple[str | int, ...]


def compared(name: str, document: Mapping[str, Any]) -> set[str]:
    slug = source_of(name)
    source = claims_of_source(yaml.safe_load(SOURCES[slug].read_text()), NAMES.get(slug, {}))
    return differences(source, claims_of_document(document, set(source.units)))


def numbers(node: Any, path: Path = ()) -> Iterator[Path]:
    """Yield the places of all numbers of a document that could say something about a source.

    Rows of a table whose need is open say nothing yet, and sources say in words over which months a
    growth is measured.
    """
    if isinstance(node, Mapping) and node.get("need") != "open":
        for name, child in node.items():
            if not (name in {"window", "against_months"} and node.get("kind") == "growth"):
                yield from numbers(child, (*path, name))
    elif isinstance(node, list):
        for position, child in enumerate(node):
            yield from numbers(child, (*path, position))
    elif isinstance(node, int | float) and not isinstance(node, bool) and path != ("format",):
        yield path


def changed(node: Any, path: Path) -> Any:
    """Return a document with another number at a place, one that no other place has."""
    if not path:
        return node + 10_001
    first, *rest = path
    if isinstance(node, list):
        return [changed(one, tuple(rest)) if n == first else one for n, one in enumerate(node)]
    return {**node, first: changed(node[first], tuple(rest))}


@pytest.mark.parametrize("name", names())
def test_every_number_of_a_document_is_compared(name):
    document = load(name)
    listed = compared(name, document)

    unnoticed = [
        path for path in numbers(document) if compared(name, changed(document, path)) == listed
    ]

    assert unnoticed == []


def test_certificates_instead_of_people_are_noticed():
    document = load("atlassian-solution-2017")
    (professionals,) = document["criteria"]["all"]
    counted = {**professionals, "kind": "certificates_held"}

    found = compared("atlassian-solution-2017", {**document, "criteria": counted})

    assert found == {"professionals | people entered as certificates_held"}


def test_requirement_that_is_left_to_a_person_is_noticed():
    document = load("google-partners-badge")
    decided = {"key": "performance", "kind": "decided_by_person", "text": {"en": "Well."}}
    others = document["criteria"]["all"][1:]

    found = compared("google-partners-badge", {**document, "criteria": {"all": [decided, *others]}})

    assert "performance | decided by a person" in found


def test_alternative_that_became_a_must_is_noticed():
    document = load("finops-enterprise")
    (members, *others) = document["criteria"]["all"]
    criteria = {"all": [*members["any"], *others]}

    found = compared("finops-enterprise", {**document, "criteria": criteria})

    missed = {f"{key}_member | source: one way of several" for key in ("general", "premier")}
    assert found - compared("finops-enterprise", document) == missed
