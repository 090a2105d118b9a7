"""A document written as YAML reads back as the same one, to the order of its names."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accreditation.criteria.yaml_source import load_yaml
from accreditation.criteria.yaml_text import dump_yaml

PROGRAMS = sorted((Path(__file__).parents[3] / "accreditation" / "programs").glob("*.yaml"))

texts = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=30) | st.sampled_from(
    ("no", "on", "null", "true", "010", "1e3", "0x1F", "1:30", "~", "", " x ", "- a", "a: b", "#")
)
values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)


def written(document):
    """Return the document's JSON, with names in their order."""
    return json.dumps(document)


@given(st.dictionaries(texts, values, max_size=5))
def test_every_document_reads_back_the_same(document):
    assert written(load_yaml(dump_yaml(document))) == written(document)


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
def test_published_programs_read_back_the_same(path):
    document = load_yaml(path.read_text())

    assert written(load_yaml(dump_yaml(document))) == written(document)


def test_what_is_written_is_what_an_author_would_write():
    document = {
        "format": 1,
        "program": {"key": "cloud", "name": {"en": "Cloud", "de": "Wolke"}},
        "criteria": {"any": [{"key": "a", "earned_from": "2026-01-01", "certifications": ["b"]}]},
        "country": "no",
        "share": 1e-07,
    }

    assert dump_yaml(document) == (
        "format: 1\n"
        "program:\n"
        "  key: cloud\n"
        "  name: {en: Cloud, de: Wolke}\n"
        "criteria:\n"
        "  any:\n"
        "    - key: a\n"
        "      earned_from: '2026-01-01'\n"
        "      certifications:\n"
        "        - b\n"
        "country: 'no'\n"
        "share: 0.0000001\n"
    )
