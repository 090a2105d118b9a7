"""Competitions for people in a line, and what an allocation means, word for word and very slowly."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations, count

from accreditation.criteria.allocation import (
    Allocation,
    Competition,
    Designation,
    Limit,
    Measure,
    Slot,
    allocate,
)
from accreditation.criteria.periods import Period
from tests.accreditation.criteria.worlds import LONG_AGO, TODAY

ALWAYS = (Period(LONG_AGO),)

DIFFERENT_PEOPLE = Limit(1, Measure.SLOTS_PER_PROGRAM)
ONE_ROLE_TYPE = Limit(1, Measure.ROLES)
NOBODY_TWICE = Limit(1, Measure.PROGRAMS)
CAPS = (
    Limit(4, Measure.PROGRAMS, roles=frozenset({"AM"})),
    Limit(2, Measure.PROGRAMS, roles=frozenset({"SE"})),
    Limit(2, Measure.PROGRAMS, roles=frozenset({"FE"})),
)
SPECIALIZATIONS = (DIFFERENT_PEOPLE, ONE_ROLE_TYPE, *CAPS)
"""One role type per person, for four, two or two specializations at most."""


def slot(name: str, *people: str, role: str = "", levels: Sequence[str] = (), **more) -> Slot:
    """Return a slot named `designation role`, for good or `until` (a day by person)."""
    designation, _, named = name.partition(" ")
    until: Mapping[str, date] = more.pop("until", {})
    since: Mapping[str, date] = more.pop("since", {})
    eligible = {
        one: (Period(since.get(one, LONG_AGO), until.get(one)),)
        if {one} & {*until, *since}
        else ALWAYS
        for one in people
    }
    return Slot(name, role or named, tuple(levels or (designation,)), eligible, **more)


def line(designation: str, *people: str, need: int) -> list[Slot]:
    """Return so many slots for people of one kind."""
    return [slot(f"{designation} {number}", *people, role="any") for number in range(1, need + 1)]


def competing(*slots: Slot, limits: Sequence[Limit], awarded=None, earlier=None) -> Competition:
    """Return a competition of all designations the slots name; a program is a word before a dot."""
    names = dict.fromkeys(name for one in slots for name in one.designations)
    ranks = {"silver": 1, "gold": 2}
    return Competition(
        designations=tuple(
            Designation(
                name,
                name.split(".")[0],
                ranks.get(name.partition(".")[2], 1),
                (awarded or {}).get(name),
            )
            for name in names
        ),
        slots=slots,
        limits=tuple(limits),
        earlier=earlier or {},
    )


def people_of(allocation: Allocation, designation: str) -> list[str | None]:
    return [person for _, person in allocation.of(designation).people]


def allocated(competition: Competition, on: date = TODAY) -> dict[str, list[str | None]]:
    """Return the people of every designation that is kept, in the order of its slots."""
    allocation = allocate(competition, on)
    return {name: people_of(allocation, name) for name in sorted(allocation.kept)}


# --- What it means -----------------------------------------------------------------------------

Filling = dict[str, str | None]


class Meaning:
    """The definition: every filling is tried."""

    def __init__(self, competition: Competition, on: date) -> None:
        self.competition = competition
        self.on = on
        self.ranked = sorted(
            competition.designations,
            key=lambda one: (one.awarded_on or date.max, -one.rank, one.id),
        )
        self.kept: list[Designation] = []
        for one in self.ranked:
            if self.possible([*self.kept, one]):
                self.kept.append(one)

    def slots(self, asked: Sequence[Designation]) -> list[Slot]:
        """Return all that is asked: by precedence, then in the order of the document."""
        ranked = [one for one in self.ranked if one in asked]
        found = {one.id: one for level in ranked for one in self.competition.slots_of(level)}
        return list(found.values())

    def possible(self, asked: Sequence[Designation]) -> bool:
        return next(self.fillings(asked), None) is not None

    def fillings(
        self, asked: Sequence[Designation], lacking: frozenset[str] = frozenset()
    ) -> Iterator[Filling]:
        """Yield every filling; the slots in `lacking` may stay empty."""
        names = {one.id for one in asked}

        def extend(filling: Filling, rest: Sequence[Slot]) -> Iterator[Filling]:
            if not rest:
                yield filling
                return
            for person in rest[0].people_on(self.on):
                longer = {**filling, rest[0].id: person}
                if self.allowed(longer, person, names):
                    yield from extend(longer, rest[1:])
            if rest[0].id in lacking:
                yield from extend({**filling, rest[0].id: None}, rest[1:])

        yield from extend({}, self.slots(asked))

    def allowed(self, filling: Filling, person: str, asked: set[str]) -> bool:
        held = [
            one for one in self.competition.slots if one.uses_up and filling.get(one.id) == person
        ]
        programs = {one.id: one.program for one in self.competition.designations}
        for limit in self.competition.limits:
            inside = [
                one
                for one in held
                if (not limit.roles or one.role in limit.roles)
                and (not limit.designations or limit.designations & set(one.designations) & asked)
            ]
            mine = [programs[one.designations[0]] for one in inside]
            amount = {
                Measure.SLOTS_PER_PROGRAM: max(map(mine.count, mine), default=0),
                Measure.PROGRAMS: len(set(mine)),
                Measure.ROLES: len({one.role for one in inside}),
            }[limit.measure]
            if amount > limit.at_most:
                return False
        return True

    def best(self) -> Filling:
        """Return the filling that keeps people, then their slots, then the first by identifier."""
        programs = {one.id: one.program for one in self.competition.designations}
        slots = [one for one in self.slots(self.kept) if one.uses_up]
        earlier = self.competition.earlier
        stays = dict.fromkeys(
            (earlier[one.id], programs[one.designations[0]]) for one in slots if one.id in earlier
        )

        def merit(filling: Filling) -> tuple:
            used = {(filling[one.id], programs[one.designations[0]]) for one in slots}
            return (
                [stay not in used for stay in stays],
                [earlier.get(one.id) != filling[one.id] for one in slots if one.id in earlier],
                [filling[one.id] for one in slots],
            )

        return min(self.fillings(self.kept), key=merit)

    def empty_slots(self, lost: Designation) -> list[set[str]]:
        """Return the slots of a lost designation that stay empty, in every way to lack fewest."""
        own = frozenset(one.id for one in self.competition.slots_of(lost))
        empties = [
            {one for one in own if filling[one] is None}
            for filling in self.fillings([*self.kept, lost], lacking=own)
        ]
        fewest = min(map(len, empties))
        return [one for one in empties if len(one) == fewest]

    def most_of(self, person: str, slots: Sequence[str], asked: Sequence[Designation]) -> int:
        """Return how many of these slots a person can fill at once."""
        names = {one.id for one in asked}
        mine = [
            one.id
            for one in self.competition.slots
            if one.id in slots and person in one.people_on(self.on)
        ]
        for size in count(len(mine), -1):
            if any(
                self.allowed(dict.fromkeys(part, person), person, names)
                for part in combinations(mine, size)
            ):
                return size
        raise AssertionError
