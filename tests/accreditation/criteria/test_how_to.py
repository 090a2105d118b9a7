"""The example in the documentation is a document that works."""

from pathlib import Path

import pytest

from accreditation.criteria.document import parse
from accreditation.criteria.judge import judge
from accreditation.criteria.kinds import registry
from accreditation.criteria.kinds.timing import FORMS as WINDOWS
from accreditation.criteria.kinds.tree import FORMS
from accreditation.criteria.periods import Period
from accreditation.criteria.yaml_source import load_yaml
from tests.accreditation.criteria.worlds import LONG_AGO, TODAY, certificate, employee, facts

PAGE = Path(__file__).parents[3] / "docs" / "how-to" / "write-a-program.md"


def test_example_of_the_page_can_be_published_and_judged():
    example = PAGE.read_text().partition("```yaml\n")[2].partition("```")[0]
    names = ["Edda", "Mara", "Paul", "Ute"]
    known = facts(
        *(employee(name, roles={"architect": Period(LONG_AGO)}) for name in names),
        *(certificate(name, "platform-engineer", family="platform") for name in names),
        certificate("Edda", "architect-professional"),
    )

    assert judge(parse(load_yaml(example)), known, TODAY).level == "gold"


def test_every_kind_is_shown_on_the_page_in_a_document_that_can_be_published():
    (example,) = (one for one in documents() if "every-kind" in one)

    shown = {label.kind for label in parse(load_yaml(example)).labels()}

    assert {*registry.names(), "score_item"} - shown == {"people_holding", "certificates_held"}


def test_every_document_of_the_page_can_be_published():
    assert len([parse(load_yaml(one)) for one in documents()]) == 3


def documents() -> list[str]:
    """Return the complete documents of the page."""
    examples = (one.partition("```")[0] for one in PAGE.read_text().split("```yaml\n")[1:])
    return [one for one in examples if one.startswith("format:")]


@pytest.mark.parametrize("form", FORMS)
def test_every_form_of_a_node_is_explained_on_the_page(form):
    assert f"| `{form}: " in PAGE.read_text()


@pytest.mark.parametrize("form", WINDOWS)
def test_every_window_is_explained_on_the_page(form):
    assert f"{{{form}: " in PAGE.read_text()
