from datetime import timedelta
from itertools import product

import pytest

from accreditation.criteria.judge import judge
from accreditation.criteria.kinds.nodes.groups import Form
from accreditation.criteria.verdicts import Cause, CauseCode, Result
from tests.accreditation.criteria.worlds import (
    TODAY,
    certificate,
    employee,
    facts,
    finding_on,
    people,
    rules,
    team,
)

TOMORROW = TODAY + timedelta(days=1)
MET, NOT, OPEN = Result.MET, Result.NOT_MET, Result.CANNOT_BE_JUDGED


def branch(certification, **more):
    return people(certification, certifications=[certification], **more)


A, B, C = branch("a"), branch("b"), branch("c")


@pytest.mark.parametrize(
    ("form", "results", "expected"),
    [
        (Form.ALL, [MET, MET], MET),
        (Form.ALL, [MET, OPEN], OPEN),
        (Form.ALL, [OPEN, NOT], NOT),
        (Form.ALL, [MET, NOT], NOT),
        (Form.ANY, [NOT, MET], MET),
        (Form.ANY, [OPEN, MET], MET),
        (Form.ANY, [NOT, OPEN], OPEN),
        (Form.ANY, [NOT, NOT], NOT),
        (Form.AT_LEAST, [MET, MET, NOT], MET),
        (Form.AT_LEAST, [MET, OPEN, NOT], OPEN),
        (Form.AT_LEAST, [OPEN, OPEN, NOT], OPEN),
        (Form.AT_LEAST, [MET, NOT, NOT], NOT),
        (Form.NONE, [NOT, NOT], MET),
        (Form.NONE, [NOT, OPEN], OPEN),
        (Form.NONE, [OPEN, MET], NOT),
    ],
)
def test_group_follows_from_its_branches(form, results, expected):
    need = 2 if form is Form.AT_LEAST else form.need(len(results))

    assert form.result(results, need) is expected


@pytest.mark.parametrize("form", list(Form))
@pytest.mark.parametrize("results", list(product([MET, NOT, OPEN], repeat=3)))
def test_group_is_open_exactly_where_the_unknown_decides(form, results):
    need = 2 if form is Form.AT_LEAST else form.need(3)
    outcomes = {
        form.result(known, need)
        for known in product(*([MET, NOT] if one is OPEN else [one] for one in results))
    }

    assert form.result(results, need) is (outcomes.pop() if len(outcomes) == 1 else OPEN)


@pytest.mark.parametrize(
    ("node", "held", "result", "have", "need"),
    [
        ({"all": [A, B]}, "ab", MET, 2, 2),
        ({"all": [A, B]}, "a", NOT, 1, 2),
        ({"any": [A, B]}, "b", MET, 1, 1),
        ({"any": [A, B]}, "c", NOT, 0, 1),
        ({"at_least": 2, "of": [A, B, C]}, "ac", MET, 2, 2),
        ({"at_least": 2, "of": [A, B, C]}, "c", NOT, 1, 2),
        ({"none": [A, B]}, "c", MET, 0, 0),
        ({"none": [A, B]}, "ac", NOT, 1, 0),
    ],
)
def test_group_counts_the_branches_that_are_met(node, held, result, have, need):
    known = facts(employee("Edda"), *(certificate("Edda", one) for one in held))

    finding = finding_on(TODAY, node, known)

    assert (finding.result, finding.have, finding.need) == (result, have, need)
    assert finding.unit == "criteria"
    assert len(finding.children) == len(next(v for v in node.values() if isinstance(v, list)))


@pytest.mark.parametrize(
    ("held", "level"),
    [("", None), ("a", "silver"), ("ab", "silver"), ("abc", "platinum")],
)
def test_each_level_may_need_its_own_number_of_branches(held, level):
    """Gold is not named, so its share of the tree is only what silver asks below it."""
    tree = {"at_least": {"silver": 1, "platinum": 3}, "of": [A, B, C]}
    known = facts(employee("Edda"), *(certificate("Edda", one) for one in held))
    own = {"key": "gold", "name": {"en": "Gold"}, "criteria": branch("gold")}

    verdict = judge(rules(tree, "silver", own, "platinum", nested_levels=False), known, TODAY)

    assert verdict.level == level
    assert verdict.of("gold").finding.key == "gold"


def test_group_names_the_branch_that_changes_it():
    known = facts(employee("Edda"), certificate("Edda", "a"), certificate("Edda", "b", last=TODAY))

    finding = finding_on(TODAY, {"all": [A, B]}, known)

    assert finding.changes_on == TOMORROW
    assert finding.cause == Cause(CauseCode.CERTIFICATE_EXPIRES, "Edda-b", "Edda")


def test_group_names_the_later_change_of_a_branch_that_changes_twice():
    """The engineer leaves and comes back before the architect starts to count."""
    second, third, fourth = (TODAY + number * (TOMORROW - TODAY) for number in (1, 2, 3))
    known = facts(
        employee("Edda", record="first", last=TODAY),
        employee("Edda", record="second", since=fourth),
        certificate("Edda", "a"),
        employee("Paul"),
        certificate("Paul", "b", since=third),
    )

    finding = finding_on(TODAY, {"all": [A, B]}, known)

    assert [child.changes_on for child in finding.children] == [second, third]
    assert (finding.result, finding.changes_on) == (NOT, fourth)
    assert finding.cause == Cause(CauseCode.PERSON_STARTS, "Edda-a", "Edda")


def test_none_becomes_met_when_its_branch_ends():
    known = facts(employee("Edda"), certificate("Edda", "a", last=TODAY))

    finding = finding_on(TODAY, {"none": [A]}, known)

    assert (finding.result, finding.changes_on) == (NOT, TOMORROW)
    assert finding.cause == Cause(CauseCode.CERTIFICATE_EXPIRES, "Edda-a", "Edda")


def test_change_of_a_branch_that_decides_nothing_is_no_change():
    known = facts(employee("Edda"), certificate("Edda", "a"), certificate("Edda", "b", last=TODAY))

    finding = finding_on(TODAY, {"any": [A, B]}, known)

    assert finding.changes_on is None
    assert finding.children[1].changes_on == TOMORROW


def test_branch_that_a_level_is_not_asked_is_left_out_there():
    tree = {"all": [branch("a"), {"any": [branch("b", at_least={"gold": 1})]}]}

    verdict = judge(rules(tree, "silver", "gold"), facts(*team("Edda", certification="a")), TODAY)

    assert verdict.level == "silver"
    assert [len(level.finding.children) for level in verdict.levels] == [1, 2]
