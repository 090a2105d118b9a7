"""What one person may do is said once for a program, by the names of roles and programs."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import translation

from accreditation.criteria.document import Rules, parse
from accreditation.sentences.people_rules import people_sentences

SELLER = {"key": "seller", "text": {"en": "Account manager.", "de": "Kundenbetreuung."}}
ENGINEER = {"key": "engineer", "text": {"en": "Systems engineer"}}
ONE_PLACE = "One person fills at most 1 place in this program."
ALONE = "People are counted together in all programs of the pool “All voice”: Voice."
TOGETHER = "People are counted together in these programs: Voice, Data."


def rules(
    key: str = "voice", people: dict[str, Any] | None = None, *, draft: bool = False, **role: Any
) -> Rules:
    team = [
        {**one, "certifications": ["exam"], "at_least": 1, **role} for one in (SELLER, ENGINEER)
    ]
    levels = [{"key": "silver", "name": {"en": "Silver"}}, {"key": "gold", "name": {"en": "Gold"}}]
    document = {
        "format": 1,
        "program": {"key": key, "name": {"en": key.title()}, "kind": "technical"},
        "levels": levels,
        "criteria": {"key": "team", "kind": "role_slots", "text": {"en": "Team"}, "roles": team},
    }
    return parse(document | ({"people": people} if people else {}), draft=draft)


POOLED: list[tuple[dict[str, Any], list[str]]] = [
    ({"programs_per_person": 1}, ["Nobody counts in two of these programs."]),
    ({"programs_per_person": 3}, ["One person counts in at most 3 of these programs."]),
    (
        {"programs_per_person": {"seller": 4, "engineer": 1}},
        [
            "One person counts as “Account manager” in at most 4 of these programs.",
            "Nobody counts as “Systems engineer” in two of these programs.",
        ],
    ),
    ({"roles_per_person": 1}, ["One person fills only one role in these programs."]),
    ({"roles_per_person": 2}, ["One person fills at most 2 different roles in these programs."]),
    (
        {"never_both": [{"roles": ["seller", "field-engineer"]}]},
        [
            (
                "Nobody fills more than one of these roles in these programs: "
                "“Field engineer”, “Account manager”."
            )
        ],
    ),
]


@pytest.mark.parametrize(("people", "told"), POOLED)
def test_limits_of_a_pool_are_told(people: dict[str, Any], told: list[str]) -> None:
    found = people_sentences(rules(people={"pool": "all-voice", **people}))

    assert found == (ONE_PLACE, ALONE, *told)


@pytest.mark.parametrize(("people", "told"), POOLED)
def test_what_another_program_of_the_pool_says_holds_as_well(
    people: dict[str, Any], told: list[str]
) -> None:
    mine, other = rules(people={"pool": "p"}), rules("data", {"pool": "p", **people})

    assert people_sentences(mine, [other]) == (ONE_PLACE, TOGETHER, *told)


def test_the_strictest_of_the_pool_is_told() -> None:
    numbers = {"programs_per_person": 3, "roles_per_person": 1}
    mine = rules(people={"pool": "p", "programs_per_person": 2, "roles_per_person": 2})

    assert people_sentences(mine, [rules("data", {"pool": "p", **numbers})]) == (
        ONE_PLACE,
        TOGETHER,
        "One person counts in at most 2 of these programs.",
        "One person fills only one role in these programs.",
    )


def test_levels_that_are_counted_together_are_named() -> None:
    mine = rules(people={"pool": "p", "levels": ["gold"]})

    assert people_sentences(mine, [rules("data", {"pool": "p"})])[1] == (
        "People are counted together in these programs: Voice (only Gold), Data."
    )


def test_without_a_pool_limits_are_of_the_program() -> None:
    people = {"slots_per_person": 2, "never_both": [{"roles": ["seller", "engineer"]}]}

    assert people_sentences(rules(people=people)) == (
        "One person fills at most 2 places in this program, each in another role.",
        (
            "Nobody fills more than one of these roles in this program: "
            "“Systems engineer”, “Account manager”."
        ),
    )


def test_what_holds_without_a_word_is_told_where_there_are_roles() -> None:
    assert people_sentences(rules()) == (ONE_PLACE,)


def test_nothing_is_told_where_no_role_uses_anybody_up() -> None:
    assert people_sentences(rules(uses_up=False)) == ()


def test_open_numbers_are_told_as_open() -> None:
    people = {"pool": "p", "slots_per_person": "open", "programs_per_person": {"seller": "open"}}

    assert people_sentences(rules(people=people, draft=True)) == (
        "People are counted together in all programs of the pool “P”: Voice.",
        (
            "Still open: Programs in which one person counts at most, "
            "Places that one person fills at most."
        ),
    )


def test_roles_are_named_in_the_language_of_the_reader() -> None:
    found = rules(people={"pool": "p", "programs_per_person": {"seller": 4}})

    with translation.override("de"):
        assert "Kundenbetreuung" in people_sentences(found)[2]
