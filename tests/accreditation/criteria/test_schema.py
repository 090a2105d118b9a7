"""The JSON Schema of rules documents is the parser's own, and never stricter than it."""

from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from accreditation.criteria.document import parse
from accreditation.criteria.problems import DocumentError
from accreditation.criteria.schema import program_schema
from accreditation.criteria.yaml_source import load_yaml
from accreditation.management.commands.print_program_schema import PAGE, page
from tests.accreditation.bad_documents import BAD, rules

PROGRAMS = sorted((Path(__file__).parents[3] / "accreditation" / "programs").glob("*.yaml"))
SHAPE = {  # What is wrong with the shape of a document is wrong by its schema as well.
    "unknown kind",
    "unknown parameter",
    "number as text",
    "negative number",
    "fraction of a person",
    "two problems",
}


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    schema = program_schema()
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def test_page_is_not_stale():
    assert PAGE.read_text() == page(), "run: manage.py print_program_schema"


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
def test_every_published_program_fits(validator, path):
    assert [one.message for one in validator.iter_errors(load_yaml(path.read_text()))] == []


def test_the_document_around_the_bad_ones_fits(validator):
    assert validator.is_valid(load_yaml(rules()))


@pytest.mark.parametrize("name", sorted(SHAPE))
def test_a_document_of_another_shape_is_refused_by_both(validator, name):
    document = load_yaml(BAD[name][0])

    assert not validator.is_valid(document)
    with pytest.raises(DocumentError):
        parse(document, draft=True)
