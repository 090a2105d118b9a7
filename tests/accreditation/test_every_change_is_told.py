"""Whatever is changed in a rules document, one place at a time, a sentence mentions it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest

from accreditation.criteria.document import parse
from accreditation.criteria.problems import DocumentError
from accreditation.program_library import load, names
from accreditation.sentences.changes import change_sentences
from accreditation.sentences.document_values import PROGRAM, SETTINGS
from accreditation.sentences.people_rules import NAMES as PEOPLE
from accreditation.version_diff import PARTED, differences

Document = dict[str, Any]
Path = tuple[str | int, ...]


def _text(text: str) -> dict[str, str]:
    return {"en": text, "de": f"{text} (de)"}


def _held(key: str, at_least: Any = 1, **more: Any) -> Document:
    return {
        "key": key,
        "kind": "people_holding",
        "text": _text(f"People of {key}"),
        "at_least": at_least,
        **({} if isinstance(more.get("each_holds"), list) else {"certifications": [f"{key}-exam"]}),
        **more,
    }


RICH: Document = {
    "format": 1,
    "program": {
        "key": "voice",
        "name": _text("Voice"),
        "kind": "technical",
        "summary": _text("For voice."),
        "source": {"title": "Guide", "address": "https://example.com/guide", "note": "Page 3"},
        "groups": ["specialization"],
        "family": "voice",
    },
    "settings": {
        "award": "automatic",
        "enrollment": "automatic",
        "facts_of": "partner",
        "grace_days": 30,
        "term_months": 12,
        "renewal_window_days": 90,
        "renewal_late_days": 10,
        "nested_levels": True,
        "reviews": {"up": ["03-01", "09-01"], "down": "at_renewal"},
        "extensions": [{"from": "2020-01-01", "through": "2020-06-30", "months": 12}],
    },
    "levels": [
        {"key": "silver", "name": _text("Silver"), "designation": _text("Silver Partner")},
        {
            "key": "gold",
            "name": _text("Gold"),
            "designation": _text("Gold Partner"),
            "criteria": _held("gold-only"),
        },
    ],
    "people": {
        "slots_per_person": 2,
        "pool": "voices",
        "programs_per_person": {"seller": 4, "engineer": 2},
        "roles_per_person": 1,
        "never_both": [{"roles": ["seller", "engineer"]}, {"roles": ["seller", "designer"]}],
        "levels": ["gold"],
    },
    "criteria": {
        "all": [
            _held(
                "engineers",
                {"silver": 2, "gold": 4},
                evidence=_text("Certificates"),
                dimension="technical_capability",
                unit="people",
                job_roles=["dev"],
                countries=["DE", "FR"],
                regions=["north"],
                working_time=80,
                earned_from="2025-01-01",
                earned_within={"rolling_months": 12},
                each_holds={"at_least": 1, "distinct": True},
                newest_versions=3,
                equivalents=[{"certifications": ["old"], "counts_through": "2026-12-31"}],
            ),
            {
                "text": _text("One of two"),
                "evidence": _text("Either"),
                "any": [_held("first"), _held("second")],
            },
            {"at_least": 2, "of": [_held("third"), _held("fourth"), _held("fifth")]},
            {
                "key": "path",
                "text": _text("In order"),
                "steps": [_held("start"), _held("finish")],
            },
            {
                "key": "team",
                "kind": "role_slots",
                "text": _text("Team"),
                "roles": [
                    {"key": "seller", "text": _text("Seller"), "certifications": ["s"],
                     "at_least": 1},
                    {"key": "engineer", "text": _text("Engineer"), "certifications": ["e"],
                     "at_least": {"silver": 1, "gold": 2}, "uses_up": True},
                ],
            },
            {
                "key": "fee",
                "kind": "fee_amount",
                "text": _text("Fee"),
                "fees": ["annual"],
                "currency": "EUR",
                "at_least": {"by": "market", "table": {"mature": 3000, "growth": 2500},
                             "otherwise": 100},
            },
            {
                "key": "size",
                "kind": "metric",
                "text": _text("Size"),
                "metric": "staff",
                "take": "latest",
                "at_least": {"by": "heads", "table": [{"from": 500, "need": 3},
                                                      {"from": 0, "need": 1}]},
            },
            {
                "key": "points",
                "kind": "score",
                "text": _text("Points"),
                "at_least": 10,
                "items": [
                    {"key": "usage", "text": _text("Usage"), "points": 2, "cap": 20,
                     "minimum": {"at_least": {"silver": 1, "gold": 2}},
                     "measure": {"kind": "metric", "metric": "usage", "take": "sum"}},
                    {"key": "sales", "text": _text("Sales"), "points": 1,
                     "measure": {"kind": "metric", "metric": "sales", "take": "sum"}},
                ],
            },
            {
                "key": "number",
                "text": _text("Shown"),
                "shown": {"kind": "metric", "metric": "interest", "take": "sum"},
            },
            {
                "phases": {
                    "initial": _held("newcomers"),
                    "keep": _held("stayers"),
                    "renew": {"again": "stayers"},
                }
            },
            {
                "key": "csat",
                "kind": "satisfaction",
                "text": _text("Satisfied"),
                "minimum_answers": {"silver": 5, "gold": 10},
                "at_least": 4,
            },
            _held(
                "leads",
                each_holds=[
                    {"families": ["a"], "at_least": 1, "distinct": True},
                    {"certifications": ["b", "c"], "at_least": 1},
                    {"courses": ["d", "e", "f"], "at_least": 2, "modes": ["online"],
                     "window": {"rolling_months": 12}},
                    {"hours": 30, "courses": ["f"]},
                ],
            ),
        ]
    },
}  # fmt: skip
"""A document with something of everything that can be said."""


def told(before: Document, after: Document) -> list[str]:
    return change_sentences(differences(before, after), parse(before), parse(after))


def leaves(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    if isinstance(value, dict):
        for name, one in value.items():
            yield from leaves(one, (*path, name))
    elif isinstance(value, list):
        for number, one in enumerate(value):
            yield from leaves(one, (*path, number))
    else:
        yield path, value


def changed(document: Document, path: Path, value: Any) -> Document:
    copy = deepcopy(document)
    *way, last = path
    inside: Any = copy
    for one in way:
        inside = inside[one]
    inside[last] = value
    return copy


def without(document: Document, path: Path) -> Document:
    copy = deepcopy(document)
    *way, last = path
    inside: Any = copy
    for one in way:
        inside = inside[one]
    del inside[last]
    return copy


CHOICES = {
    "kind": "industry",
    "award": "on_application",
    "enrollment": "on_request",
    "facts_of": "subtree",
    "dimension": "delivery_quality",
    "take": "median",
    "down": "any_day",
}


def other_values(path: Path, value: Any) -> Iterator[Any]:
    """Yield values like the one at a place, of which at least one reads as rules."""
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, int):
        yield value + 1
    elif path[-1] in CHOICES:
        yield CHOICES[str(path[-1])]
    elif value[:2] == "20" or value[2:3] == "-":
        yield value[:-1] + ("2" if value[-1] != "2" else "3")
    else:
        yield from (f"{value}-other", *("silver", "gold", "designer", "start"))


def reads(document: Document) -> bool:
    try:
        parse(document)
    except DocumentError:
        return False
    return True


def changes(document: Document) -> Iterator[tuple[Path, Document]]:
    """Yield a document with each of its values changed, as far as it still reads as rules."""
    for path, value in leaves(document):
        versions = (changed(document, path, one) for one in other_values(path, value))
        found = next((one for one in versions if reads(one) and one != document), None)
        if found is not None and path not in UNTOLD:
            yield path, found


UNTOLD: set[Path] = {("format",), ("program", "key")}
"""A program's key is what makes two versions those of one program."""


def spot(path: Path) -> str:
    return ".".join(map(str, path))


CHANGES = dict(changes(RICH))


def mention(path: Path) -> str:
    """Return what a sentence about a place has to name: the field, the level or the criterion."""
    name = ".".join(map(str, path[1:3])) if path[1] in PARTED else str(path[1])
    if path[0] in LABELS:
        return str(LABELS[path[0]][name])
    if path[0] == "levels" and path[2] != "criteria":
        return str(RICH["levels"][path[1]]["name"]["en"])
    inside, title = RICH, "Text" if path[-2] == "text" else ""
    for one in path:
        inside = inside[one]  # type: ignore[index]
        if isinstance(inside, dict) and {"key", "text"} <= inside.keys():
            title = inside["text"]["en"]
    return title


LABELS: dict[str | int, Any] = {"program": PROGRAM, "settings": SETTINGS, "people": PEOPLE}
ALONE = {"format", "key", "kind", "through", "counts_through", "roles"}
"""What cannot be changed alone: something else would have to follow."""


def test_almost_every_value_can_be_changed_alone() -> None:
    stuck = [path for path, _ in leaves(RICH) if path not in CHANGES]

    assert {next(one for one in reversed(path) if isinstance(one, str)) for path in stuck} <= ALONE


@pytest.mark.parametrize("path", CHANGES, ids=spot)
def test_a_changed_value_is_told_there_and_back(path: Path) -> None:
    there, back = told(RICH, CHANGES[path]), told(CHANGES[path], RICH)

    assert mention(path) in " ".join(there)
    assert mention(path) in " ".join(back)
    assert all(". ." not in one for one in (*there, *back))


def optional(document: Document) -> Iterator[tuple[Path, Document]]:
    """Yield a document without each of its parts, as far as it still reads as rules."""
    ways = [way[:length] for way, _ in leaves(document) for length in range(1, len(way) + 1)]
    for path in dict.fromkeys(ways):
        if reads(left := without(document, path)):
            yield path, left


LEFT_OUT = dict(optional(RICH))


@pytest.mark.parametrize("path", LEFT_OUT, ids=spot)
def test_a_part_that_is_left_out_is_told_there_and_back(path: Path) -> None:
    assert told(RICH, LEFT_OUT[path])
    assert told(LEFT_OUT[path], RICH)


def turned(path: Path) -> Document:
    inside: Any = RICH
    for one in path:
        inside = inside[one]
    return changed(RICH, path, inside[::-1])


@pytest.mark.parametrize("path", [("criteria", "all", 3, "steps")], ids=spot)
def test_an_order_that_is_meant_is_told(path: Path) -> None:
    assert told(RICH, turned(path)) == [
        (
            "“People of finish”: asked of all levels, in this order, number 1 instead of all levels, "
            "in this order, number 2."
        ),
        (
            "“People of start”: asked of all levels, in this order, number 2 instead of all levels, "
            "in this order, number 1."
        ),
    ]


@pytest.mark.parametrize(
    "path",
    [
        ("settings", "reviews", "up"),
        ("people", "never_both"),
        ("people", "never_both", 0, "roles"),
        ("criteria", "all", 1, "any"),
        ("criteria", "all", 2, "of"),
        ("criteria", "all", 4, "roles"),
        ("criteria", "all", 6, "at_least", "table"),
        ("criteria", "all", 7, "items"),
        ("criteria", "all", 11, "each_holds"),
    ],
    ids=spot,
)
def test_an_order_without_meaning_is_not_told(path: Path) -> None:
    assert told(RICH, turned(path)) == []


def test_groups_that_exchange_their_criteria_are_told() -> None:
    def pairs(*keys: str) -> Document:
        held = [_held(one) for one in keys]
        return {**RICH, "people": None, "levels": RICH["levels"][:1],
                "criteria": {"all": [{"any": held[:2]}, {"any": held[2:]}]}}  # fmt: skip

    assert told(pairs("a", "b", "c", "d"), pairs("a", "c", "b", "d")) == [
        "Now together, one of these: “People of a”, “People of c”.",
        "Now together, one of these: “People of b”, “People of d”.",
    ]


def test_a_criterion_asked_once_more_is_told() -> None:
    path: Path = ("criteria", "all", 9, "phases", "renew", "again")

    assert told(RICH, changed(RICH, path, "newcomers")) == [
        (
            "“People of newcomers”: asked of all levels, to reach the level; all levels, to renew the "
            "level instead of all levels, to reach the level."
        ),
        (
            "“People of stayers”: asked of all levels, to keep the level instead of all levels, to "
            "keep the level; all levels, to renew the level."
        ),
    ]


@pytest.mark.parametrize("name", names())
def test_a_document_of_the_library_does_not_differ_from_itself(name: str) -> None:
    document = load(name)

    assert differences(document, json.loads(json.dumps(document))) == ()
