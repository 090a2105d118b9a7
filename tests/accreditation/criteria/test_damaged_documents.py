"""Whatever somebody does to a document: it reads as rules, or every mistake has its place."""

import json
from datetime import date

from hypothesis import given

from accreditation.criteria.document import Rules, document_hash, parse
from accreditation.criteria.facts import PartnerFacts
from accreditation.criteria.judge import judge
from accreditation.criteria.problems import DocumentError
from accreditation.criteria.yaml_source import load_yaml
from accreditation.criteria.yaml_text import dump_yaml
from accreditation.requirements import asked_by_levels
from accreditation.sentences.people_rules import people_sentences
from tests.accreditation.criteria.damage import damaged

TODAY = date(2026, 3, 2)


def read(document) -> Rules | list[str]:
    """Return the rules of a draft, or what is wrong with it: nothing else may happen."""
    try:
        return parse(document, draft=True)
    except DocumentError as error:
        return [str(one) for one in error.problems]


@given(damaged())
def test_damaged_document_reads_as_rules_or_names_its_problems(document):
    found = read(document)

    if isinstance(found, list):
        assert found
        assert len(set(found)) == len(found)
        assert all(one.partition(": ")[2] or one.startswith("the document ") for one in found)
        return
    # What is accepted is kept, taken away as YAML and read again as the very same rules.
    again = load_yaml(dump_yaml(document))
    assert json.dumps(again) == json.dumps(document)
    assert document_hash(again) == document_hash(document)
    assert parse(again, draft=True) == found


@given(damaged())
def test_what_is_accepted_can_be_said_and_judged(document):
    found = read(document)

    if isinstance(found, Rules):
        assert len(asked_by_levels(found)) == len(found.levels)
        people_sentences(found, [])
        if not found.open_places:
            assert len(judge(found, PartnerFacts(), TODAY).levels) == len(found.levels)
