"""Programs that build on programs: which asks for which, in what order to judge, and cycles."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class BuiltOn:
    """A place where rules ask for levels of programs; an empty filter asks nothing.

    `place` is that of the filter; `asked_of` are the levels that are asked for it. `itself`,
    `above` and `below`: what the partner itself holds, or partners above or below it, is looked at.
    """

    place: str
    programs: frozenset[str]
    groups: frozenset[str]
    levels: frozenset[str]
    asked_of: frozenset[str]
    itself: bool
    above: bool
    below: bool

    def means(self, node: "Node") -> bool:
        """Return whether levels of a program are asked for."""
        return (
            (not self.programs or node.key in self.programs)
            and (not self.groups or bool(self.groups & node.groups))
            and (not self.levels or bool(self.levels & set(node.levels)))
        )


@dataclass(frozen=True, slots=True)
class Node:
    """A program as others see it: its key, its levels from low to high, what it is built on."""

    key: str
    groups: frozenset[str]
    levels: tuple[str, ...]
    built_on: tuple[BuiltOn, ...]


@dataclass(frozen=True, slots=True)
class Cycle:
    """A place that asks for something that asks, in the end, for the program itself.

    `path` leads from the program back to it.
    """

    place: str
    path: tuple[str, ...]


def cycles(node: Node, others: Sequence[Node]) -> Iterator[Cycle]:
    """Yield every place of a program that closes a cycle with the others.

    Several nodes of one key are versions of one program: each of them may judge on some day.
    """
    for asked in node.built_on:
        path = _way_back(asked, node, others)
        if path:
            yield Cycle(asked.place, (node.key, *path))
    yield from (Cycle(one.place, (node.key, node.key)) for one in _unreachable(node))


def in_order(programs: Mapping[Key, Node]) -> list[Key]:
    """Return the programs so that each comes after those it is built on, else in their order.

    In a cycle, which publishing refuses, the first one comes first.
    """
    placed: dict[Key, None] = {}
    begun: set[Key] = set()

    def place(key: Key) -> None:
        if key in begun:
            return
        begun.add(key)
        for other, node in programs.items():
            if any(asked.means(node) for asked in programs[key].built_on):
                place(other)
        placed[key] = None

    for key in programs:
        place(key)
    return list(placed)


def _way_back(asked: BuiltOn, home: Node, others: Sequence[Node]) -> tuple[str, ...]:
    """Return the keys from what is asked for back to a program, empty if no way leads there."""
    ways: list[tuple[Node, tuple[str, ...]]] = [
        (one, (one.key,)) for one in others if asked.means(one)
    ]
    seen = {id(one) for one, _ in ways}
    while ways:
        node, path = ways.pop(0)
        if any(one.means(home) for one in node.built_on):
            return (*path, home.key)
        for one in others:
            if id(one) not in seen and any(asks.means(one) for asks in node.built_on):
                seen.add(id(one))
                ways.append((one, (*path, one.key)))
    return ()


def _unreachable(node: Node) -> Iterator[BuiltOn]:
    """Yield the places that ask, of a level, for nothing below it in the program itself.

    What partners below hold is another matter: at the bottom of the tree nobody is left to ask.
    """
    rank = {level: number for number, level in enumerate(node.levels)}
    for asked in node.built_on:
        if asked.itself and node.key in asked.programs and asked.asked_of:
            wanted = [rank[one] for one in asked.levels or node.levels if one in rank]
            if not wanted or min(wanted) >= min(rank[one] for one in asked.asked_of):
                yield asked
