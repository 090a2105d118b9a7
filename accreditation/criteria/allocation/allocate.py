"""The people of one day for all designations at once."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from accreditation.criteria.allocation.competition import Competition, Designation
from accreditation.criteria.allocation.flow import Seats
from accreditation.criteria.allocation.nests import Bounds
from accreditation.criteria.allocation.roster import TRIES, Roster
from accreditation.criteria.allocation.settling import settle
from accreditation.criteria.allocation.shortages import (
    Conflict,
    Shortage,
    Want,
    conflicts,
    held_slots,
    shortages,
    want,
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one designation gets.

    `people` has every slot in the order of the document, with its person or None. Kept: all are
    filled. Otherwise they are the most that can be filled beside the kept designations; they hold
    nobody, and may need a kept designation to change people.

    The search may be given up (see `Problem.ask`): a designation left `undecided` is not kept, but
    might be; where the gap is not `certain`, it might be smaller.
    """

    designation: str
    kept: bool
    people: tuple[tuple[str, str | None], ...]
    shortages: tuple[Shortage, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    undecided: bool = False
    certain: bool = True

    @property
    def gap(self) -> int:
        """How many slots stay empty."""
        return sum(person is None for _, person in self.people)


@dataclass(frozen=True, slots=True)
class Allocation:
    """The outcomes of all designations, those that win conflicts first."""

    outcomes: tuple[Outcome, ...]

    @property
    def kept(self) -> frozenset[str]:
        """The designations that can be held together."""
        return frozenset(one.designation for one in self.outcomes if one.kept)

    def of(self, designation: str) -> Outcome:
        """Return the outcome of a designation. :raises KeyError: it does not compete."""
        for outcome in self.outcomes:
            if outcome.designation == designation:
                return outcome
        raise KeyError(designation)


def allocate(competition: Competition, on: date, *, tries: int = TRIES) -> Allocation:
    """Return who fills which slot on a day of the vendor's calendar.

    A designation is kept if it can be filled together with all that win against it. Within that,
    earlier people stay, then slots in order get people by identifier. `tries` bounds the search;
    it is spent only where limits interlock.
    """
    decision = Decision(competition, on, tries=tries, bounds=Bounds(competition.limits))
    return Allocation(tuple(decision.of(one.id) for one in decision.designations))


@dataclass(frozen=True, slots=True)
class Lack:
    """What a designation lacks, without who fills the rest; `certain` as of an outcome."""

    shortages: tuple[Shortage, ...]
    certain: bool


NOTHING = Lack((), certain=True)
"""A designation that is kept lacks nothing."""


@dataclass(frozen=True, slots=True)
class _Lost:
    """How near a designation comes that is not kept; `missing` are the people that it lacks."""

    want: Want
    missing: tuple[Shortage, ...]
    lack: Lack


class Decision:
    """What `allocate` says, as far as it is asked for: who fills what costs more than what holds.

    `designations` are in the order in which they win conflicts. `bounds` are those of the
    competition's limits: whoever decides about several days passes the same for all of them, so
    that what is worked out of the limits is shared.
    """

    def __init__(
        self,
        competition: Competition,
        on: date,
        *,
        tries: int,
        bounds: Bounds,
    ) -> None:
        self._roster = Roster(competition, on, tries, bounds)
        self._kept, self._found, self._undecided = self._roster.keep()
        self.designations = tuple(self._roster.designations)
        self.kept = frozenset(one.id for one in self._kept)
        self.undecided = frozenset(self._undecided)
        self._outcomes: dict[str, Outcome] = {}
        self._lacking: dict[str, _Lost] = {}

    def lack(self, designation: str) -> Lack:
        """Return what a designation lacks: nothing if it is kept. Asks less than `of`.

        :raises KeyError: it does not compete.
        """
        return NOTHING if designation in self.kept else self._lost(designation).lack

    def of(self, designation: str) -> Outcome:
        """Return the outcome of a designation. :raises KeyError: it does not compete."""
        found = self._outcomes.get(designation)
        if found is None:
            found = self._outcomes[designation] = self._outcome(designation)
        return found

    @cached_property
    def _seats(self) -> Seats:
        roster = self._roster
        return settle(roster.problem(self._kept), self._found, roster.earlier, roster.tries)

    def _outcome(self, name: str) -> Outcome:
        if name in self.kept:
            people = _people(self._roster, self._designation(name), self._seats)
            return Outcome(name, kept=True, people=people)
        lost, roster, seats = self._lost(name), self._roster, self._seats
        found = lost.want
        near = settle(found.fewest, found.filling, {**roster.earlier, **seats}, roster.tries)
        held = held_slots(roster.problem(self._kept).openings, self._kept)
        return Outcome(
            designation=name,
            kept=False,
            people=_people(roster, self._designation(name), near),
            shortages=lost.lack.shortages,
            conflicts=conflicts(found, lost.missing, seats, held),
            undecided=name in self.undecided,
            certain=found.certain,
        )

    def _lost(self, name: str) -> _Lost:
        lost = self._lacking.get(name)
        if lost is None:
            roster, designation = self._roster, self._designation(name)
            badges = _unfilled_badges(roster, designation)
            at_least = 0 if badges else 1
            found = want(roster, self._kept, designation, self._seats, at_least)
            missing = shortages(found)
            lack = Lack((*missing, *badges), found.certain)
            lost = self._lacking[name] = _Lost(found, missing, lack)
        return lost

    def _designation(self, name: str) -> Designation:
        found = next((one for one in self.designations if one.id == name), None)
        if found is None:
            raise KeyError(name)
        return found


def _people(
    roster: Roster, designation: Designation, seats: Seats
) -> tuple[tuple[str, str | None], ...]:
    return tuple(
        (slot.id, (seats[slot.id] or None) if slot.uses_up else roster.idle(slot))
        for slot in roster.slots(designation)
    )


def _unfilled_badges(roster: Roster, designation: Designation) -> list[Shortage]:
    return [
        Shortage(gap=1, slots=(slot.id,), contested=(slot.id,), suitable=())
        for slot in roster.slots(designation)
        if not slot.uses_up and not roster.people(slot.id)
    ]
