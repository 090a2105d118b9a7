"""What competes for people: designations, their slots, and the limits of what one person may do."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from accreditation.criteria.periods import Periods

NOBODY = ""
"""Stands for the person who is missing; no person has this id."""


class Measure(StrEnum):
    """What a limit counts of one person. The order is from fine to coarse."""

    SLOTS_PER_PROGRAM = "slots_per_program"
    PROGRAMS = "programs"
    ROLES = "roles"


@dataclass(frozen=True, slots=True)
class Limit:
    """One person has at most so many different slots, programs or roles, among those in scope.

    `roles` and `designations` are the scope; empty asks nothing. Examples: different people inside
    a program is `Limit(1, SLOTS_PER_PROGRAM)`; nobody used twice is `Limit(1, PROGRAMS)`; a sales
    engineer for two programs is `Limit(2, PROGRAMS, roles={"se"})`; one role type per person is
    `Limit(1, ROLES)`; a forbidden pair is `Limit(1, ROLES, roles={"se", "fe"})`.
    """

    at_most: int
    measure: Measure
    roles: frozenset[str] = frozenset()
    designations: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if self.at_most < 1:
            raise ValueError("a limit must leave a person at least one")


@dataclass(frozen=True, slots=True)
class Designation:
    """A level of a program that asks for people.

    `awarded_on` is the first day of the oldest award that still holds it without a gap, None for
    one that is only wanted. A higher `rank` is a higher level. One that is `waiting` lacks
    something else than people, or does without them: it takes nobody from the others.
    """

    id: str
    program: str
    rank: int
    awarded_on: date | None = None
    waiting: bool = False

    @property
    def precedence(self) -> tuple[bool, date, int, str]:
        """What decides a conflict: awarded first, then the higher level, then the identifier."""
        idle = self.waiting and self.awarded_on is None
        return (idle, self.awarded_on or date.max, -self.rank, self.id)


@dataclass(frozen=True, slots=True)
class Slot:
    """One place for a person in a role.

    `designations` are the levels (of one program) that ask for it: two people at silver and four
    at gold are four slots, two of which both levels ask for. `eligible` is when which people suit.
    A slot that does not `use_up` its person (a badge) takes anybody, whatever else they do.
    """

    id: str
    role: str
    designations: tuple[str, ...]
    eligible: Mapping[str, Periods]
    uses_up: bool = True

    def __post_init__(self) -> None:
        if not self.designations:
            raise ValueError(f"no designation asks for slot {self.id}")
        if NOBODY in self.eligible:
            raise ValueError(f"a person without an id is eligible for slot {self.id}")

    def people_on(self, day: date) -> tuple[str, ...]:
        """Return who suits on a day, by identifier."""
        return tuple(
            sorted(
                person
                for person, periods in self.eligible.items()
                if any(day in period for period in periods)
            )
        )


@dataclass(frozen=True, slots=True)
class Competition:
    """Everything that competes for the people of one partner.

    The slots of a program are in the order of its document; nothing else depends on any order.
    `earlier` is who filled which slot in the awards that hold now.

    :raises ValueError: two things share an id, or a slot is asked by something unknown or by
        designations of more than one program.
    """

    designations: tuple[Designation, ...]
    slots: tuple[Slot, ...]
    limits: tuple[Limit, ...] = ()
    earlier: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        programs = {one.id: one.program for one in self.designations}
        if len(programs) < len(self.designations):
            raise ValueError("two designations share an id")
        if len({slot.id for slot in self.slots}) < len(self.slots):
            raise ValueError("two slots share an id")
        for slot in self.slots:
            if not programs.keys() >= set(slot.designations):
                raise ValueError(f"slot {slot.id} is asked by an unknown designation")
            if len({programs[one] for one in slot.designations}) > 1:
                raise ValueError(f"slot {slot.id} is asked by more than one program")

    def by_precedence(self) -> list[Designation]:
        """Return the designations, first those that win a conflict."""
        return sorted(self.designations, key=lambda one: one.precedence)

    def slots_of(self, designation: Designation) -> list[Slot]:
        """Return the slots a designation asks for, in the order of the document."""
        return [slot for slot in self.slots if designation.id in slot.designations]

    def days_after(self, on: date) -> list[date]:
        """Return the later days on which somebody begins or ceases to suit, in order."""
        days = {
            day
            for slot in self.slots
            for periods in slot.eligible.values()
            for period in periods
            for day in period.bounds()
        }
        return sorted(day for day in days if day > on)
