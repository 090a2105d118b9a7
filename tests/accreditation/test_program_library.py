"""The library of published programs: every document says what its source says, or why not.

`published_programs/` holds the sources in a neutral schema (its README), word for word; they are
not read by the product. `program_differences.yaml` lists every difference with its reason.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.utils.translation import override

from accreditation.criteria.document import parse
from accreditation.criteria.problems import DocumentError, ProblemCode
from accreditation.criteria.yaml_source import load_yaml
from accreditation.program_library import UnknownProgram, load, names
from accreditation.requirements import asked_by_levels
from tests.accreditation.claims import Claims, differences
from tests.accreditation.claims_of_documents import claims_of_document
from tests.accreditation.claims_of_sources import claims_of_source

HERE = Path(__file__).parent
SOURCES = {path.stem: path for path in (HERE / "published_programs").glob("*.yaml")}
LISTED: Mapping[str, Mapping[str, str]] = yaml.safe_load(
    (HERE / "program_differences.yaml").read_text()
)
NAMES: Mapping[str, Mapping[str, str]] = yaml.safe_load(
    (HERE / "program_unit_names.yaml").read_text()
)


def source_of(name: str) -> str:
    """Return the source of a document: the one whose slug its program's key is or begins."""
    key = name.partition(".")[0]
    fitting = [slug for slug in SOURCES if key == slug or key.startswith(f"{slug}-")]
    return max(fitting, key=len)


def documents_of(slug: str) -> dict[str, Mapping[str, Any]]:
    return {name: load(name) for name in names() if source_of(name) == slug}


COVERED = sorted({source_of(name) for name in names()})


def found(slug: str) -> set[str]:
    """Return the differences; with several documents, a unit may be in any, but not differ in one."""
    source = claims_of_source(yaml.safe_load(SOURCES[slug].read_text()), NAMES.get(slug, {}))
    documents = documents_of(slug)
    lines: list[set[str]] = []
    for document in documents.values():
        written = claims_of_document(document, set(source.units))
        lines.append(differences(source, written) | _levels(source, written))
    missing = set.intersection(*lines)
    return missing | {line for each in lines for line in each if "only in the source" not in line}


def _levels(source: Claims, document: Claims) -> set[str]:
    asked, written = ([one.casefold() for one in each.levels] for each in (source, document))
    return set() if asked == written else {f"levels | {', '.join(document.levels)}"}


@pytest.mark.parametrize("slug", COVERED)
def test_document_asks_what_its_source_asks_or_says_why_not(slug):
    listed = LISTED.get(slug, {})

    assert found(slug) == set(listed)
    assert all(reason.strip() for reason in listed.values())


def test_every_source_has_a_document():
    assert set(COVERED) == set(SOURCES)
    assert set(LISTED) | set(NAMES) <= set(SOURCES)


@pytest.mark.parametrize("name", names())
def test_file_is_named_after_its_program(name):
    assert load(name)["program"]["key"] == name.partition(".")[0]


@pytest.mark.parametrize("name", names())
def test_document_can_be_published_unless_a_number_is_open(name):
    document = load(name)
    rules = parse(document, draft=True)

    if rules.open_places:
        with pytest.raises(DocumentError) as refused:
            parse(document)
        assert {one.place for one in refused.value.problems} == set(rules.open_places)
        assert {one.code for one in refused.value.problems} == {ProblemCode.STILL_OPEN}
    else:
        assert parse(document) == rules


@pytest.mark.parametrize("name", names())
def test_number_is_open_only_where_the_source_gives_none(name):
    """What the comparison cannot see: a number that the source states was left open."""
    source = SOURCES[source_of(name)].read_text()
    is_open = bool(parse(load(name), draft=True).open_places)

    assert not is_open or any(
        words in source for words in ("not stated", "differs per", "example:", "all_met")
    )


@pytest.mark.parametrize("name", names())
def test_document_survives_the_way_through_json(name):
    document = load(name)

    there = json.loads(json.dumps(document))
    again = load_yaml(yaml.safe_dump(there, allow_unicode=True, sort_keys=False))

    assert again == document
    assert parse(again, draft=True) == parse(document, draft=True)


@pytest.mark.parametrize("name", names())
def test_every_text_is_in_english_and_german(name):
    assert {place for place, text in texts(load(name)) if set(text) != {"en", "de"}} == set()


@pytest.mark.parametrize("name", names())
@pytest.mark.parametrize("language", ["en", "de"])
def test_every_level_can_be_said_to_a_partner(name, language):
    with override(language):
        said = asked_by_levels(parse(load(name), draft=True))

    assert all(level.requirements for level in said)
    assert {one.language for level in said for one in level.requirements if one.text} <= {language}


@pytest.mark.parametrize("name", names())
def test_kind_is_one_of_those_of_the_source(name):
    source = yaml.safe_load(SOURCES[source_of(name)].read_text())

    assert load(name)["program"]["kind"] in source["type"]


@pytest.mark.parametrize("name", names())
def test_document_names_its_source(name):
    source = load(name)["program"]["source"]

    assert source["title"]
    assert source["note"]


def texts(node: Any, place: str = "") -> Iterator[tuple[str, Mapping[str, str]]]:
    """Yield every text by language, with its place."""
    if isinstance(node, list):
        for position, child in enumerate(node):
            yield from texts(child, f"{place}[{position}]")
    elif isinstance(node, Mapping):
        for name, child in node.items():
            if name in {"name", "summary", "designation", "text", "evidence"}:
                yield f"{place}.{name}", child
            else:
                yield from texts(child, f"{place}.{name}")


def test_unknown_name_is_refused_and_leads_nowhere_else():
    for name in ("nothing-of-the-kind", "../programs/aws-services-tiers"):
        with pytest.raises(UnknownProgram):
            load(name)
