"""The people of one day for all designations at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from accreditation.criteria.allocation.competition import Competition, Designation
from accreditation.criteria.allocation.flow import Seats
from accreditation.criteria.allocation.roster import TRIES, Roster
from accreditation.criteria.allocation.settling import settle
from accreditation.criteria.allocation.shortages import (
    Conflict,
    Shortage,
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
    decision = Decision(competition, on, tries=tries)
    return Allocation(tuple(decision.of(one.id) for one in decision.designations))


class Decision:
    """What `allocate` says, as far as it is asked for: who fills what costs more than what holds.

    `designations` are in the order in which they win conflicts.
    """

    def __init__(self, competition: Competition, on: date, *, tries: int = TRIES) -> None:
        self._roster = Roster(competition, on, tries)
        self._kept, self._found, self._undecided = self._roster.keep()
        self.designations = tuple(self._roster.designations)
        self.kept = frozenset(one.id for one in self._kept)
        self.undecided = frozenset(self._undecided)

    def of(self, designation: str) -> Outcome:
        """Return the outcome of a designation. :raises KeyError: it does not compete."""
        found = self._outcomes.get(designation)
        if found is None:
            found = self._outcomes[designation] = self._outcome(designation)
        return found

    @cached_property
    def _outcomes(self) -> dict[str, Outcome]:
        return {}

    @cached_property
    def _seats(self) -> Seats:
        roster = self._roster
        return settle(roster.problem(self._kept), self._found, roster.earlier, roster.tries)

    def _outcome(self, name: str) -> Outcome:
        one = next((one for one in self.designations if one.id == name), None)
        if one is None:
            raise KeyError(name)
        if name in self.kept:
            return Outcome(name, kept=True, people=_people(self._roster, one, self._seats))
        undecided = name in self.undecided
        return _lost(self._roster, one, self._kept, self._seats, undecided=undecided)


def _lost(
    roster: Roster,
    lost: Designation,
    kept: Sequence[Designation],
    seats: Seats,
    *,
    undecided: bool,
) -> Outcome:
    badges = _unfilled_badges(roster, lost)
    found = want(roster, kept, lost, seats, at_least=0 if badges else 1)
    near = settle(found.fewest, found.filling, {**roster.earlier, **seats}, roster.tries)
    missing = shortages(found)
    held = held_slots(roster.problem(kept).openings, kept)
    return Outcome(
        designation=lost.id,
        kept=False,
        people=_people(roster, lost, near),
        shortages=(*missing, *badges),
        conflicts=conflicts(found, missing, seats, held),
        undecided=undecided,
        certain=found.certain,
    )


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
