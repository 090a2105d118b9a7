"""What a level asks, told without anybody's facts."""

from __future__ import annotations

from typing import Any

from django.utils import translation

from accreditation.criteria.document import Rules, parse
from accreditation.requirements import Requirement, asked_by, asked_by_levels
from tests.accreditation.public_cast import document


def leaf(key: str, at_least: object, **texts: str) -> dict[str, Any]:
    return {
        "key": key,
        "kind": "people_holding",
        "text": texts or {"en": key.title()},
        "evidence": {"en": "Certificate"},
        "dimension": "technical_capability",
        "certifications": ["exam"],
        "at_least": at_least,
    }


def rules(criteria: dict[str, Any], *levels: str, **settings: Any) -> Rules:
    return parse(document("delivery", *levels or ("Gold",), criteria=criteria, **settings))


def test_requirements_name_what_each_level_needs() -> None:
    levels = asked_by_levels(rules(leaf("people", {"silver": 1, "gold": 4}), "Silver", "Gold"))

    rest = ", each with the certification exam; each person counts once."
    assert [one.requirements for one in levels] == [
        (Requirement("People", "en", sentence=f"{need}{rest}", key="people"),)
        for need in ("At least 1 person", "At least 4 people")
    ]


def test_lower_level_is_named_only_where_it_adds_something() -> None:
    criteria = {
        "all": [
            leaf("people", {"silver": 1, "gold": 4, "platinum": 2}),
            leaf("experts", {"silver": 1, "gold": 2, "platinum": 2}),
        ]
    }
    levels = asked_by_levels(rules(criteria, "Silver", "Gold", "Platinum"))

    assert [one.below.key if one.below else None for one in levels] == [None, None, "gold"]


def test_what_a_lower_level_asks_alike_is_told_once() -> None:
    criteria = {
        "all": [
            leaf("people", {"silver": 1, "gold": 4}),
            leaf("audit", 1),
            leaf("plan", {"silver": 2}),
        ]
    }
    _, gold = asked_by_levels(rules(criteria, "Silver", "Gold"))

    assert gold.below
    assert [one.key for one in gold.requirements] == ["people", "audit"]
    assert [one.key for one in gold.further] == ["people"]


def test_levels_that_are_not_nested_stand_alone() -> None:
    criteria = {"all": [leaf("people", {"silver": 1}), leaf("experts", {"gold": 1})]}
    levels = asked_by_levels(rules(criteria, "Silver", "Gold", nested_levels=False))

    assert [one.below for one in levels] == [None, None]


def test_groups_say_how_many_of_their_parts_are_asked() -> None:
    criteria = {
        "all": [
            {"any": [leaf("a", 1), leaf("b", 2)]},
            {
                "key": "two",
                "text": {"en": "Two skills"},
                "at_least": 2,
                "of": [leaf("c", 1), leaf("d", 1), leaf("e", 1)],
            },
            {"none": [leaf("f", 1)]},
        ]
    }

    found = asked_by(rules(criteria), "gold")

    assert found
    assert [(one.text, one.choice, len(one.parts)) for one in found.requirements] == [
        ("", "One of these", 2),
        ("Two skills", "At least 2 of these", 3),
        ("", "None of these", 1),
    ]


def test_text_is_in_the_readers_language_and_says_which_it_is() -> None:
    found = rules(leaf("people", 1, en="People", de="Leute"))

    with translation.override("de"):
        german = asked_by(found, "gold")
    with translation.override("fr"):
        french = asked_by(found, "gold")

    assert german
    assert french
    assert (german.requirements[0].text, german.requirements[0].language) == ("Leute", "de")
    assert (french.requirements[0].text, french.requirements[0].language) == ("People", "en")


def test_unknown_level_asks_nothing() -> None:
    assert asked_by(rules(leaf("people", 1)), "bronze") is None
