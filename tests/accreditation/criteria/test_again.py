"""A criterion that is asked once more, in another way or for another level."""

from datetime import date

import pytest

from accreditation.criteria.judge import judge
from accreditation.criteria.verdicts import Result
from tests.accreditation.criteria.test_document import problems
from tests.accreditation.criteria.worlds import (
    TODAY,
    certificate,
    document,
    employee,
    facts,
    finding_of,
    people,
    rules,
)

GOLD = {
    "key": "gold",
    "name": {"en": "Gold"},
    "criteria": {
        "key": "for_long",
        "text": {"en": "Held for more than six months."},
        "sustained": {"months": 6},
        "then": {"again": "engineers"},
    },
}
TWO_LEVELS = rules(people("engineers", at_least={"silver": 1, "gold": 1}), "silver", GOLD)


@pytest.mark.parametrize(("since", "level"), [(3, "silver"), (2, "gold")])
def test_criterion_is_asked_over_some_months_as_well(since, level):
    known = facts(employee("Edda"), certificate("Edda", since=date(2025, 9, since)))

    verdict = judge(TWO_LEVELS, known, TODAY)

    assert verdict.level == level
    assert finding_of(verdict, "gold", "for_long").children[0].key == "engineers"


def test_criterion_asked_again_needs_what_the_level_needs():
    two = rules(people("engineers", at_least={"silver": 1, "gold": 2}), "silver", GOLD)
    known = facts(employee("Edda"), certificate("Edda"))

    verdict = judge(two, known, TODAY)

    again = finding_of(verdict, "gold", "for_long").children[0]
    assert (again.have, again.need, again.result) == (1, 2, Result.NOT_MET)


@pytest.mark.parametrize(
    ("tree", "problem"),
    [
        (
            {"all": [{"again": "later"}, people("later")]},
            "criteria.all[0].again: later is no criterion that stands earlier in the document",
        ),
        (
            {"all": [people("one"), {"again": "one", "key": "two"}]},
            "criteria.all[1].key: is not known here; known names: again",
        ),
    ],
    ids=["later", "more"],
)
def test_again_with_a_mistake_is_refused_at_its_place(tree, problem):
    assert problems(document(tree)) == [problem]
