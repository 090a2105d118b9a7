"""What one person may fill at once."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from accreditation.criteria.allocation.competition import Limit, Measure


@dataclass(frozen=True, slots=True)
class Opening:
    """A slot that uses up people, as some designations together ask for it."""

    slot: str
    role: str
    program: str
    designations: frozenset[str]


@dataclass(frozen=True, slots=True)
class Breach:
    """A limit that one person breaks, and one thing more than it allows."""

    limit: Limit
    values: tuple[str, ...]

    def ways_out(self, openings: Iterable[Opening]) -> list[frozenset[str]]:
        """Return the slots to do without for each value: every solution takes one of the ways."""
        inside = [one for one in openings if covers(self.limit, one)]
        return [
            frozenset(one.slot for one in inside if _value(self.limit, one) == value)
            for value in self.values
        ]


def covers(limit: Limit, opening: Opening) -> bool:
    """Return whether an opening is in the scope of a limit."""
    return (not limit.roles or opening.role in limit.roles) and (
        not limit.designations or not limit.designations.isdisjoint(opening.designations)
    )


def breach(openings: Sequence[Opening], limits: Iterable[Limit]) -> Breach | None:
    """Return what is wrong with one person filling all of these, None if nothing is."""
    for limit in limits:
        for group in _groups(limit, (one for one in openings if covers(limit, one))):
            values = list(dict.fromkeys(_value(limit, one) for one in group))
            if len(values) > limit.at_most:
                return Breach(limit, tuple(values[: limit.at_most + 1]))
    return None


@dataclass(frozen=True, slots=True)
class Graded:
    """A limit with those that bound the groups of slots it counts: all that are finer."""

    limit: Limit
    finer: "tuple[Graded, ...]"


def graded(limits: Iterable[Limit]) -> tuple[Graded, ...]:
    """Return the limits from fine to coarse."""
    grades: tuple[Graded, ...] = ()
    for measure in Measure:
        same = (Graded(limit, grades) for limit in limits if limit.measure is measure)
        grades = (*grades, *same)
    return grades


def at_most(openings: Sequence[Opening], limits: Iterable[Graded]) -> int:
    """Return a number of these that no person can exceed; not always one that can be reached."""
    most = len(openings)
    for one in limits if most > 1 else ():
        inside: list[Opening] = []
        outside: list[Opening] = []
        for opening in openings:
            (inside if covers(one.limit, opening) else outside).append(opening)
        within = _within(one, inside)
        if within < len(inside):
            most = min(most, within + at_most(outside, one.finer))
    return most


def _within(one: Graded, openings: Sequence[Opening]) -> int:
    total = 0
    for group in _groups(one.limit, openings):
        parts: defaultdict[str, list[Opening]] = defaultdict(list)
        for opening in group:
            parts[_value(one.limit, opening)].append(opening)
        if len(parts) <= one.limit.at_most:
            total += len(group)
        else:
            sizes = sorted((at_most(part, one.finer) for part in parts.values()), reverse=True)
            total += sum(sizes[: one.limit.at_most])
    return total


def _groups(limit: Limit, openings: Iterable[Opening]) -> Iterable[list[Opening]]:
    """Return the openings that the limit counts together."""
    groups: defaultdict[str, list[Opening]] = defaultdict(list)
    for opening in openings:
        apart = limit.measure is Measure.SLOTS_PER_PROGRAM
        groups[opening.program if apart else ""].append(opening)
    return groups.values()


def _value(limit: Limit, opening: Opening) -> str:
    """Return the thing a limit counts."""
    if limit.measure is Measure.ROLES:
        return opening.role
    return opening.program if limit.measure is Measure.PROGRAMS else opening.slot
