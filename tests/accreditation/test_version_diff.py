"""What changes from one version to the next, told in sentences."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from accreditation.criteria.document import parse
from accreditation.sentences.changes import change_sentences
from accreditation.version_diff import differences
from tests.accreditation.public_cast import document
from tests.accreditation.sentences.rules import leaf, people

METRIC = {"kind": "metric", "metric": "usage", "take": "sum", "if_none": "zero"}


def engineers(at_least: Any = 2, **more: Any) -> dict[str, Any]:
    return people(at_least, "engineers", text={"en": "Engineers"}, **more)


def architects(**more: Any) -> dict[str, Any]:
    return people(1, "architects", text={"en": "Architects"}, **more)


def version(criteria: dict[str, Any], *levels: str, **settings: Any) -> dict[str, Any]:
    return document("delivery", *levels or ("Silver", "Gold"), criteria=criteria, **settings)


def renamed(name: dict[str, str]) -> dict[str, Any]:
    rules = version(engineers())
    return {**rules, "program": {**rules["program"], "name": name}}


def told(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    return change_sentences(differences(before, after), parse(before), parse(after))


BOTH = [engineers(), architects()]
CHANGES: list[tuple[dict[str, Any], dict[str, Any], list[str]]] = [
    (version(engineers({"silver": 2, "gold": 4})), version(engineers({"silver": 2, "gold": 6})),
     ["“Engineers”, Gold: at least 6 people instead of at least 4 people."]),
    (version(engineers(2)), version(engineers({"silver": 1, "gold": 2})),
     ["“Engineers”, Silver: at least 1 person instead of at least 2 people."]),
    (version({"all": [engineers(), people({"silver": 1}, "b")]}),
     version({"all": [engineers(), people({"gold": 3}, "b")]}),
     ["“Free text”, Silver: no longer asked.",
      "“Free text”, Gold: now asked, at least 3 people."]),
    (version(engineers(2)), version(engineers(2, earned_from="2025-01-01", job_roles=["dev"])),
     ["“Engineers”: now also “in the job role dev; earned from 1 January 2025 on”."]),
    (version(engineers(2, job_roles=["dev"])), version(engineers(2)),
     ["“Engineers”: no longer “in the job role dev”."]),
    (version(engineers(2, families=["a"])), version(engineers(2, families=["a", "b"])),
     ["“Engineers”: now “of the family a or b” instead of “of the family a”."]),
    (version(engineers(2)), version({"all": BOTH}),
     [("New: “Architects”. At least 1 person, each with the certification exam; each person counts "
      "once.")]),
    (version({"at_least": 1, "of": BOTH}),
     version({"at_least": {"silver": 1, "gold": 2}, "of": BOTH}),
     [("“Engineers”: asked of all levels, of these at least (Gold: 2, Silver: 1) instead of all "
       "levels, at least 1 of these."),
      ("“Architects”: asked of all levels, of these at least (Gold: 2, Silver: 1) instead of all "
       "levels, at least 1 of these.")]),
    (version({"all": BOTH}), version(engineers()), ["No longer asked: “Architects”."]),
    (version({"all": [engineers(), people(1, "b", text={"en": "A full sentence."})]}),
     version(engineers()), ["No longer asked: “A full sentence”."]),
    (version({"all": BOTH}), version({"any": BOTH}),
     ["“Engineers”: asked of all levels, one of these instead of all levels.",
      "“Architects”: asked of all levels, one of these instead of all levels."]),
    (version(engineers(), grace_days=30, term_months=12),
     version(engineers(), grace_days=60, nested_levels=False),
     ["Days of grace: 60 instead of 30.", "Months of an award: nothing instead of 12.",
      "Levels include those below: no instead of nothing."]),
    (version(engineers(), "Silver", "Gold"), version(engineers(), "Gold", "Platinum"),
     ["Level Silver is gone.", "Level Platinum is new."]),
    (version(engineers(), "Silver", "Gold"), version(engineers(), "Gold", "Silver"),
     ["Order of the levels: Gold, Silver."]),
    (version(engineers()), version({**engineers(), "text": {"en": "Certified engineers"}}),
     ["Text: “Certified engineers” instead of “Engineers”."]),
    (version(engineers()), version({**engineers(), "text": {"en": "Engineers", "de": "Leute"}}),
     ["“Engineers”: worded otherwise."]),
    (renamed({"en": "Delivery"}), renamed({"en": "Delivery", "de": "Lieferung"}),
     ["Name of the program: worded otherwise."]),
    (version(leaf("attribute", attribute="x", at_least=1)),
     version(leaf("attribute", attribute="x", more_than=1)),
     ["“Free text”, Silver: more than 1 instead of at least 1.",
      "“Free text”, Gold: more than 1 instead of at least 1."]),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after", "sentences"), CHANGES)
def test_a_difference_is_told_in_words(
    before: dict[str, Any], after: dict[str, Any], sentences: list[str]
) -> None:
    assert told(before, after) == sentences


@pytest.mark.parametrize(("before", "after", "_sentences"), CHANGES)
def test_the_way_back_is_told_as_well(
    before: dict[str, Any], after: dict[str, Any], _sentences: list[str]
) -> None:
    assert told(after, before)


@pytest.mark.parametrize("one", [before for before, _, _ in CHANGES])
def test_a_document_does_not_differ_from_itself(one: dict[str, Any]) -> None:
    assert differences(one, deepcopy(one)) == ()


def test_orders_without_meaning_make_no_difference() -> None:
    before = version({"all": [engineers(certifications=["a", "b"]), architects()]})
    after = version({"all": [architects(), engineers(certifications=["b", "a"])]})

    assert differences(before, after) == ()


def test_items_of_a_score_are_compared_one_by_one() -> None:
    item = {"key": "i", "text": {"en": "Usage"}, "points": 1, "measure": METRIC}
    before = version(leaf("score", at_least=10, items=[item]))
    after = version(leaf("score", at_least=10, items=[{**item, "points": 2}]))

    assert told(before, after) == [
        (
            "“Usage”: now “2 points each for: sum of “usage”; no figure counts as zero” instead of "
            "“1 point each for: sum of “usage”; no figure counts as zero”."
        )
    ]
