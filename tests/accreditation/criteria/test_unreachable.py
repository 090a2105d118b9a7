"""What nobody could ever meet is the author's mistake, and is named by its place."""

import pytest

from accreditation.criteria.document import parse
from accreditation.criteria.problems import DocumentError
from tests.accreditation.criteria.figures import item, measure, score
from tests.accreditation.criteria.test_wrapping import node
from tests.accreditation.criteria.worlds import document, leaf, people

NEVER = "can never be reached: there are at most"
DECIDED = leaf("decided_by_person", "one", at_least=2)
COURSES = leaf("course_completed", "one", courses=["a", "b"], count="courses")
HELD = leaf("holds_level", "one", programs=["a"])
LISTED = {"kind": "listed", "listings": ["page"]}


def capped(**more):
    return item("a", points=1, measure=measure("a"), **more)


UNREACHABLE = [
    (
        people(each_holds={"at_least": 3, "distinct": True}, certifications=["a", "b"]),
        f"criteria.each_holds.at_least: {NEVER} 2",
    ),
    (
        people(each_holds=[{"certifications": ["a"], "at_least": 1},
                           {"certifications": ["b", "c"], "at_least": 3}]),
        f"criteria.each_holds[1].at_least: {NEVER} 2",
    ),
    ({**COURSES, "at_least": 3}, f"criteria.at_least: {NEVER} 2"),
    (score(capped(cap=1234567.5), at_least=2_000_000), f"criteria.at_least: {NEVER} 1234567.5"),
    (score(capped(cap=1_000_000), at_least=2_000_000), f"criteria.at_least: {NEVER} 1000000"),
    ({**COURSES, "at_least": {"gold": 3}}, f"criteria.at_least.gold: {NEVER} 2"),
    ({**COURSES, "more_than": 2}, f"criteria.more_than: {NEVER} 2"),
    (DECIDED, f"criteria.at_least: {NEVER} 1"),
    (leaf("attribute", "one", attribute="x", at_least=2, **{"is": ["y"]}),
     f"criteria.at_least: {NEVER} 1"),
    ({**HELD, "at_least": 2}, f"criteria.at_least: {NEVER} 1"),
    (leaf("checklist_score", "one", checklists=["a"], at_least=1.5), f"criteria.at_least: {NEVER} 1"),
    (leaf("checklist_score", "one", checklists=["a"], less_than=0),
     "criteria.less_than: can never be met: there are never fewer than 0"),
    (leaf("records_counted", "one", records="references", distinct="record", less_than=0),
     "criteria.less_than: must be a positive whole number"),
    (score(capped(cap=5), at_least=6), f"criteria.at_least: {NEVER} 5"),
    (
        score(item("a", up_to={"points": 4, "at": 1}), item("b", bands=[{"from": 1, "points": 3}]),
              at_least=7.5),
        f"criteria.at_least: {NEVER} 7",
    ),
    (score(capped(cap=5, minimum={"at_least": 6}), at_least=1),
     f"criteria.items[0].minimum.at_least: {NEVER} 5"),
    (score(capped(cap=5, minimum={"at_least": {"gold": 6}}), at_least=1),
     f"criteria.items[0].minimum.at_least.gold: {NEVER} 5"),
    (
        score(capped(category="skill"), at_least=1,
              categories=[{"key": "skill", "cap": 5, "minimum": {"more_than": 5}}]),
        f"criteria.categories[0].minimum.more_than: {NEVER} 5",
    ),
    (
        leaf("records_counted", "one", records="transactions", distinct="record", at_least=1,
             where={"numbers": {"value": {"at_least": 10, "less_than": 10}}}),
        ("criteria.where.numbers.value.at_least: contradicts "
        "criteria.where.numbers.value.less_than: nothing can meet both"),
    ),
    (
        people(earned_from="2026-01-01", counts_through="2025-12-31"),
        "criteria.counts_through: must not be before 2026-01-01",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("asked", "problem"), UNREACHABLE)
def test_what_nobody_can_meet_is_refused(asked, problem):
    with pytest.raises(DocumentError) as caught:
        parse(document(asked))

    assert str(caught.value) == problem


@pytest.mark.parametrize(
    "asked",
    [
        people(each_holds={"at_least": 2, "distinct": True}, certifications=["a", "b"]),
        people(each_holds={"at_least": 2, "distinct": False}, certifications=["a"]),
        people(
            each_holds={"at_least": 2, "distinct": True},
            certifications=["a"],
            equivalents=[{"certifications": ["b"]}],
        ),
        {**COURSES, "at_least": 2},
        {**COURSES, "count": "people", "at_least": 3},
        {**HELD, "distinct": "partner", "held_by": "children", "at_least": 2},
        leaf("checklist_score", "one", checklists=["a"], at_most=0),
        score(capped(cap=5), item("b", points=1, measure=LISTED), at_least=6),
        score(capped(cap="open"), at_least=6),
    ],
)
def test_what_somebody_can_meet_is_not(asked):
    assert parse(document(asked), draft=True)


def test_a_draft_whose_numbers_are_open_is_not_judged_by_what_stands_for_them():
    assert parse(document({**COURSES, "at_least": "open"}), draft=True).open_places


def test_a_mistake_hides_nothing_at_a_place_that_begins_alike():
    each = {"cloud-plus": {**COURSES, "key": "two"}, "cloud": {**COURSES, "at_least": 3}}
    present = {"metric": "spend", "by": "area", "at_least": 1}

    with pytest.raises(DocumentError) as caught:
        parse(document(node("for_each", present, each=each)))

    assert f"criteria.each.cloud.at_least: {NEVER} 2" in str(caught.value).splitlines()
