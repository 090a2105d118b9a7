"""What differs between two rules documents: what is asked, of whom, and how it is worded. Pure.

Levels and criteria are the same if their keys are. Orders in which nothing is meant (of branches,
of values) make no difference.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import zip_longest
from typing import Any

from accreditation.criteria.verdicts import Comparison

Node = Mapping[str, Any]

LISTS = ("all", "any", "none", "of", "steps", "tracks", "items", "roles")
"""Names under which a node lists further nodes."""
SINGLE = ("when", "then")
"""Names under which a node has one further node."""
NAMED = ("phases", "each")
"""Names under which a node has further nodes by name."""
TEXTS = ("text", "evidence", "dimension", "unit")
"""What says how people speak of a criterion."""
AGAIN = "again"
"""Under this name a node is the criterion of a key once more."""
PARTED = ("source", "reviews")
"""Names of the program and its settings that are told part by part."""
_SORTED = ("table", "bands", "each_holds")
"""Lists of rows that mean the same in whatever order they stand."""
_BARS = tuple(one.value for one in Comparison)
_GROUPS = ("any", "none", "of", "steps")
_ELSEWHERE = {"key", AGAIN, *TEXTS, *LISTS, *SINGLE, *NAMED}


class Change(StrEnum):
    """What kind of difference it is. Public: only added to."""

    PROGRAM = "program"
    SETTING = "setting"
    PEOPLE = "people"
    LEVEL_ADDED = "level_added"
    LEVEL_REMOVED = "level_removed"
    LEVEL_RENAMED = "level_renamed"
    LEVELS_REORDERED = "levels_reordered"
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    REGROUPED = "regrouped"
    NEED = "need"
    ASKED = "asked"
    NOT_ASKED = "not_asked"
    OTHERWISE = "otherwise"
    TEXTS = "texts"


@dataclass(frozen=True, slots=True)
class Step:
    """One node on the way to a criterion: how it asks (`form`), how many of them, its key.

    `number` is the place within an order that is meant, from 1.
    """

    form: str
    need: object = None
    key: str = ""
    number: int = 0


Way = tuple[str, *tuple[Step, ...]]
"""The way to a node: the level that asks it ("" for all), then steps."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference; `before` and `after` are values of the documents.

    `key` is that of a criterion, a setting or a field of the program, empty for a group without
    one; `level` is that of a level. `name` says which of the TEXTS it is.
    """

    change: Change
    key: str = ""
    level: str = ""
    before: Any = None
    after: Any = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class _Found:
    """A node and the way to it; `again`: it is the one of the key once more."""

    node: Node
    way: Way
    key: str
    again: bool = False


@dataclass(frozen=True, slots=True)
class _Place:
    """A node with a key, and every way to it."""

    node: Node
    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class _Group:
    """A group without a key: how it asks, and the keys of the criteria that it asks."""

    step: Step
    keys: frozenset[str]


def differences(before: Node, after: Node) -> tuple[Difference, ...]:
    """Return every difference between two documents that read as rules, in a stable order."""
    return (
        *_named(Change.PROGRAM, before["program"], after["program"]),
        *_named(Change.SETTING, before.get("settings") or {}, after.get("settings") or {}),
        *_levels(before["levels"], after["levels"]),
        *_criteria(before, after),
        *_named(Change.PEOPLE, _people(before), _people(after)),
    )


def _named(change: Change, before: Node, after: Node) -> Iterator[Difference]:
    old, new = dict(_fields(before)), dict(_fields(after))
    for name in dict.fromkeys((*old, *new)):
        if _meant(old.get(name)) != _meant(new.get(name)):
            yield Difference(change, name, before=old.get(name), after=new.get(name))


def _fields(node: Node) -> Iterator[tuple[str, Any]]:
    for name, value in node.items():
        if name in PARTED and isinstance(value, Mapping):
            yield from ((f"{name}.{part}", one) for part, one in value.items())
        else:
            yield name, value


def _people(document: Node) -> Node:
    """Return what is said about people; of roles that exclude each other no order is meant."""
    people = dict(document.get("people") or {})
    if people.get("never_both"):
        people["never_both"] = sorted(sorted(one["roles"]) for one in people["never_both"])
    return people


def _levels(before: list[Node], after: list[Node]) -> Iterator[Difference]:
    old, new = ({one["key"]: one for one in levels} for levels in (before, after))
    for key in [one for one in old if one not in new]:
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
    nodes = [list(_found(one)) for one in (before, after)]
    old, new = (_places(one) for one in nodes)
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
    stayed = frozenset(key for key in old if key in new and _same_ways(old[key], new[key]))
    yield from _regrouped(*(list(_groups(one, stayed)) for one in nodes))
    yield from _retitled(*([one.node for one in each if not one.key] for each in nodes))


def _changed(key: str, old: _Place, new: _Place, levels: list[str]) -> Iterator[Difference]:
    if not _same_ways(old, new):
        yield Difference(Change.MOVED, key, before=old.ways, after=new.ways)
    for level in levels:
        needs = _need(old.node, level), _need(new.node, level)
        if _meant(needs[0]) != _meant(needs[1]):
            yield Difference(_of_need(*needs), key, level, *needs)
    asked = [_meant(_own(one.node)) for one in (old, new)]
    if asked[0] != asked[1]:
        yield Difference(Change.OTHERWISE, key, before=asked[0], after=asked[1])
    yield from _texts(key, old.node, new.node)


def _texts(key: str, old: Node, new: Node) -> Iterator[Difference]:
    for name in TEXTS:
        texts = old.get(name), new.get(name)
        if texts[0] != texts[1]:
            yield Difference(Change.TEXTS, key, before=texts[0], after=texts[1], name=name)


def _retitled(old: list[Node], new: list[Node]) -> Iterator[Difference]:
    """Yield how groups without a key are worded otherwise, paired in the order of the documents."""
    words = [[{name: one.get(name) for name in TEXTS} for one in nodes] for nodes in (old, new)]
    gone = [one for one in words[0] if one not in words[1]]
    come = [one for one in words[1] if one not in words[0]]
    nothing: Node = {}
    for before, after in zip_longest(gone, come, fillvalue=nothing):
        yield from _texts("", before, after)


def _regrouped(old: list[_Group], new: list[_Group]) -> Iterator[Difference]:
    """Yield the groups in which criteria come together that were apart, or the other way round."""
    for group in (Counter(new) - Counter(old)).elements():
        yield Difference(Change.REGROUPED, before=group.step, after=sorted(group.keys))


def _groups(found: list[_Found], stayed: frozenset[str]) -> Iterator[_Group]:
    """Yield the groups without a key as far as they ask criteria that are asked as before."""
    for one in found:
        if not one.key:
            for form, children in _branches(one.node):
                keys = frozenset(_keys_within(children)) & stayed
                if keys and form != "all":
                    yield _Group(Step(form, _of(one.node, form)), keys)


def _keys_within(nodes: Iterable[Node]) -> Iterator[str]:
    for node in nodes:
        if key := node.get("key") or node.get(AGAIN):
            yield key
        for _form, children in _branches(node):
            yield from _keys_within(children)


def _same_ways(old: _Place, new: _Place) -> bool:
    return Counter(old.ways) == Counter(new.ways)


def _of_need(before: object, after: object) -> Change:
    if before is None:
        return Change.ASKED
    return Change.NOT_ASKED if after is None else Change.NEED


def _places(found: list[_Found]) -> dict[str, _Place]:
    ways: dict[str, list[Way]] = {}
    nodes: dict[str, Node] = {}
    for one in found:
        if one.key:
            ways.setdefault(one.key, []).append(one.way)
            if not one.again:
                nodes[one.key] = one.node
    return {key: _Place(node, tuple(ways[key])) for key, node in nodes.items()}


def _found(document: Node) -> Iterator[_Found]:
    """Yield every node of a document with the way to it, in the order of the document."""
    trees = [("", document.get("criteria"))]
    trees += [(level["key"], level.get("criteria")) for level in document["levels"]]
    for level, tree in trees:
        if tree is not None:
            yield from _within(tree, (level,), "")


def _within(node: Node, way: Way, of_role: str) -> Iterator[_Found]:
    if AGAIN in node:
        yield _Found(node, way, node[AGAIN], again=True)
        return
    key = node.get("key", "")
    yield _Found(node, way, f"{of_role}.{key}" if of_role else key)
    for form, children in _branches(node):
        for number, child in enumerate(children, start=1):
            # A plain "all of these" without a key changes nothing about what is within.
            if key or form != "all":
                step = Step(form, _of(node, form), key, number if form == "steps" else 0)
                yield from _within(child, (*way, step), key if form == "roles" else "")
            else:
                yield from _within(child, way, "")


def _of(node: Node, form: str) -> object:
    """Return how many of the nodes within a node must be met; None: that is no number."""
    return _frozen(node.get("at_least")) if form == "of" else None


def _frozen(value: object) -> object:
    """Return a value of a document in a form that can be counted: mappings as pairs, in order."""
    if isinstance(value, Mapping):
        return tuple((name, _frozen(value[name])) for name in sorted(value))
    return tuple(map(_frozen, value)) if isinstance(value, list | tuple) else value


def _branches(node: Node) -> Iterator[tuple[str, list[Node]]]:
    """Yield the nodes within a node, together by how it asks them."""
    for name in LISTS:
        if node.get(name) and all(isinstance(one, Mapping) for one in node[name]):
            yield name, list(node[name])
    for name in SINGLE:
        if node.get(name) is not None:
            yield name, [node[name]]
    for name in NAMED:
        yield from ((f"{name}.{one}", [child]) for one, child in (node.get(name) or {}).items())


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


def _meant(value: Any, name: str = "") -> Any:
    """Return a value in which orders without meaning are gone."""
    if isinstance(value, Mapping):
        return {name: _meant(one, name) for name, one in value.items() if one is not None}
    if isinstance(value, list | tuple) and all(isinstance(one, str) for one in value):
        return sorted(value)
    if isinstance(value, list) and name in _SORTED:
        return sorted(map(_meant, value), key=lambda row: str(sorted(row.items())))
    return [_meant(one) for one in value] if isinstance(value, list | tuple) else value
