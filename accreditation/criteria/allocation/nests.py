"""The limits of one person as far as they nest: sets of slots inside each other, each with a cap.

Caps that nest make a flow problem, which augmenting paths solve exactly. What does not nest is
left to the search.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from accreditation.criteria.allocation.competition import Limit
from accreditation.criteria.allocation.limits import (
    Breach,
    Graded,
    Opening,
    at_most,
    breach,
    covers,
    graded,
)


@dataclass(frozen=True, slots=True)
class Nest:
    """Caps from the outermost inward; each names its parent by position, the first has none (-1).

    `inner` is the innermost cap of each slot, `programs` the cap of each program.
    """

    caps: tuple[int, ...]
    parents: tuple[int, ...]
    inner: dict[str, int]
    programs: dict[str, int]


class Bounds:
    """The limits, and what they mean for one person; what was worked out once is kept."""

    def __init__(self, limits: Sequence[Limit]) -> None:
        self.limits = limits
        self.grades = graded(limits)
        self._nests: dict[tuple[Opening, ...], Nest] = {}
        self._breaches: dict[tuple[Opening, ...], Breach | None] = {}

    def nest(self, openings: Sequence[Opening]) -> Nest:
        """Return the caps of a person who suits these openings."""
        suits = tuple(openings)
        nest = self._nests.get(suits)
        if nest is None:
            nest = self._nests[suits] = _nest(suits, self.grades)
        return nest

    def breach(self, openings: Sequence[Opening]) -> Breach | None:
        """Return what is wrong with one person filling all of these, None if nothing is."""
        fills = tuple(openings)
        if fills not in self._breaches:
            self._breaches[fills] = breach(fills, self.limits)
        return self._breaches[fills]


def _nest(openings: Sequence[Opening], grades: Sequence[Graded]) -> Nest:
    by_program = _by(openings, lambda one: one.program)
    slots_of = {name: frozenset(one.slot for one in part) for name, part in by_program.items()}
    family = [(frozenset(one.slot for one in openings), at_most(openings, grades))]
    family.extend((slots_of[name], at_most(part, grades)) for name, part in by_program.items())
    scopes = ([one for one in openings if covers(grade.limit, one)] for grade in grades)
    for part in chain(scopes, _by(openings, lambda one: one.role).values()):
        slots = frozenset(one.slot for one in part)
        if all(_nests(slots, other) for other, _ in family):
            family.append((slots, at_most(part, grades)))
    # Larger sets first; the sort keeps the whole before a program that is the whole.
    family.sort(key=lambda one: -len(one[0]))
    order = [slots for slots, _ in family]
    return Nest(
        caps=tuple(cap for _, cap in family),
        parents=tuple(_last(order[:number], slots) for number, slots in enumerate(order)),
        inner={one.slot: _last(order, frozenset((one.slot,))) for one in openings},
        programs={name: _last(order, slots) for name, slots in slots_of.items()},
    )


def _by(openings: Iterable[Opening], name: Callable[[Opening], str]) -> dict[str, list[Opening]]:
    parts: dict[str, list[Opening]] = {}
    for opening in openings:
        parts.setdefault(name(opening), []).append(opening)
    return parts


def _nests(slots: frozenset[str], other: frozenset[str]) -> bool:
    return slots != other and (slots <= other or slots >= other or slots.isdisjoint(other))


def _last(order: Sequence[frozenset[str]], slots: frozenset[str]) -> int:
    """Return the position of the smallest set that holds these slots, -1 if none does."""
    return max((number for number, other in enumerate(order) if slots <= other), default=-1)
