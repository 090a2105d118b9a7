"""The example in the documentation is a document that works."""

from pathlib import Path

from accreditation.criteria.document import parse
from accreditation.criteria.judge import judge
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
