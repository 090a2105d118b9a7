"""What differs between two rules documents: what is asked, of whom, and how it is worded. Pure.

Levels and criteria are the same if their keys are. Orders in which nothing is meant (of branches,
of values) make no difference.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from accreditation.criteria.verdicts import Comparison

Node = Mapping[str, Any]

LISTS = ("all", "any", "none", "of", "steps", "tracks", "items", "roles")
"""Names under which a node lists further nodes."""
SINGLE = ("when", "then", "shown")
"""Names under which a node has one further node."""
NAMED = ("phases", "each")
"""Names under which a node has further nodes by name."""
TEXTS = ("text", "evidence", "dimension", "unit")
"""What says how people speak of a criterion."""
_BARS = tuple(one.value for one in Comparison)
_GROUPS = ("any", "none", "of", "steps")
_ELSEWHERE = {"key", *TEXTS, *LISTS, *SINGLE, *NAMED}


class Change(StrEnum):
    """What kind of difference it is. Public: only added to."""

    PROGRAM = "program"
    SETTING = "setting"
    LEVEL_ADDED = "level_added"
    LEVEL_REMOVED = "level_removed"
    LEVEL_RENAMED = "level_renamed"
    LEVELS_REORDERED = "levels_reordered"
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    NEED = "need"
    ASKED = "asked"
    NOT_ASKED = "not_asked"
    OTHERWISE = "otherwise"
    TEXTS = "texts"


@dataclass(frozen=True, slots=True)
class Step:
    """One node on the way to a criterion: how it asks (`form`), how many of them, its key."""

    form: str
    need: object = None
    key: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference; `before` and `after` are values of the documents.

    `key` is that of a criterion, a setting or a field of the program, `level` that of a level.
    """

    change: Change
    key: str = ""
    level: str = ""
    before: Any = None
    after: Any = None


@dataclass(frozen=True, slots=True)
class _Place:
    """A node with a key, and the way to it: the level that asks it ("" for all), then steps."""

    node: Node
    level: str
    way: tuple[Step, ...]


def differences(before: Node, after: Node) -> tuple[Difference, ...]:
    """Return every difference between two documents that read as rules, in a stable order."""
    return (
        *_named(Change.PROGRAM, before["program"], after["program"]),
        *_named(Change.SETTING, before.get("settings") or {}, after.get("settings") or {}),
        *_levels(before["levels"], after["levels"]),
        *_criteria(before, after),
    )


def _named(change: Change, before: Node, after: Node) -> Iterator[Difference]:
    for name in dict.fromkeys((*before, *after)):
        if _meant(before.get(name)) != _meant(after.get(name)):
            yield Difference(change, name, before=before.get(name), after=after.get(name))


def _levels(before: list[Node], after: list[Node]) -> Iterator[Difference]:
    old, new = ({one["key"]: one for one in levels} for levels in (before, after))
    for key in old.keys() - new.keys():
        yield Difference(Change.LEVEL_REMOVED, level=key, before=old[key])
    for key, level in new.items():
        if key not in old:
            yield Difference(Change.LEVEL_ADDED, level=key, after=level)
        elif any(level.get(name) != old[key].get(name) for name in ("name", "designation")):
            yield Difference(Change.LEVEL_RENAMED, level=key, before=old[key], after=level)
    kept = [key for key in old if key in new]
    if kept != [key for key in new if key in old]:
        yield Difference(Change.LEVELS_REORDERED, before=list(old), after=list(new))


def _criteria(before: Node, after: Node) -> Iterator[Difference]:
    old, new = dict(_places(before)), dict(_places(after))
    levels = [one["key"] for one in after["levels"]]
    common = [key for key in levels if key in {one["key"] for one in before["levels"]}]
    for key, place in old.items():
        if key not in new:
            yield Difference(Change.REMOVED, key, before=place.node)
    for key, place in new.items():
        if key not in old:
            yield Difference(Change.ADDED, key, after=place.node)
        else:
            yield from _changed(key, old[key], place, common)


def _changed(key: str, old: _Place, new: _Place, levels: list[str]) -> Iterator[Difference]:
    if (old.level, old.way) != (new.level, new.way):
        ways = ((old.level, *old.way), (new.level, *new.way))
        yield Difference(Change.MOVED, key, before=ways[0], after=ways[1])
    for level in levels:
        needs = _need(old.node, level), _need(new.node, level)
        if needs[0] != needs[1]:
            yield Difference(_of_need(*needs), key, level, *needs)
    asked = [_meant(_own(one.node)) for one in (old, new)]
    if asked[0] != asked[1]:
        yield Difference(Change.OTHERWISE, key, before=old.node, after=new.node)
    texts = [{name: one.node.get(name) for name in TEXTS} for one in (old, new)]
    if texts[0] != texts[1]:
        yield Difference(Change.TEXTS, key, before=texts[0], after=texts[1])


def _of_need(before: object, after: object) -> Change:
    if before is None:
        return Change.ASKED
    return Change.NOT_ASKED if after is None else Change.NEED


def _places(document: Node) -> Iterator[tuple[str, _Place]]:
    trees = [("", document.get("criteria"))]
    trees += [(level["key"], level.get("criteria")) for level in document["levels"]]
    for level, tree in trees:
        if tree is not None:
            yield from _keyed(tree, level, ())


def _keyed(node: Node, level: str, way: tuple[Step, ...]) -> Iterator[tuple[str, _Place]]:
    key = node.get("key", "")
    if key:
        yield key, _Place(node, level, way)
    for form, child in _children(node):
        # A plain "all of these" without a key changes nothing about what is within.
        step = Step(form, node.get("at_least") if form == "of" else None, key)
        plain = not key and form == "all"
        yield from _keyed(child, level, way if plain else (*way, step))


def _children(node: Node) -> Iterator[tuple[str, Node]]:
    for name in LISTS:
        yield from ((name, child) for child in node.get(name) or ())
    for name in SINGLE:
        if node.get(name) is not None:
            yield name, node[name]
    for name in NAMED:
        yield from ((f"{name}.{one}", child) for one, child in (node.get(name) or {}).items())


def _need(node: Node, level: str) -> object:
    """Return what a level needs, with how it is compared; None if it is not asked."""
    if "of" in node:
        return None
    for name in _BARS:
        need = node.get(name)
        if isinstance(need, Mapping) and not need.keys() & {"by", "share"}:
            return None if need.get(level) is None else (name, need[level])
        if need is not None:
            return name, need
    return None


def _own(node: Node) -> Node:
    """Return what a node asks beside its need and the nodes within; for groups: how it asks."""
    left_out = _ELSEWHERE if "of" in node else {*_ELSEWHERE, *_BARS}
    own = {name: value for name, value in node.items() if name not in left_out}
    return own | {"form": [name for name in _GROUPS if name in node]}


def _meant(value: Any) -> Any:
    """Return a value in which orders without meaning are gone."""
    if isinstance(value, Mapping):
        return {name: _meant(one) for name, one in value.items() if one is not None}
    if isinstance(value, list | tuple) and all(isinstance(one, str) for one in value):
        return sorted(value)
    return [_meant(one) for one in value] if isinstance(value, list | tuple) else value
