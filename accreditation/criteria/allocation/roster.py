"""One day of a competition: who suits which slot, and the problems that can be asked about it."""

from collections.abc import Sequence
from datetime import date

from accreditation.criteria.allocation.competition import NOBODY, Competition, Designation, Slot
from accreditation.criteria.allocation.flow import Seats
from accreditation.criteria.allocation.limits import Opening
from accreditation.criteria.allocation.nests import Bounds
from accreditation.criteria.allocation.search import Problem, Undecided, problem

TRIES = 200
"""How many fillings the search looks at, unless told, before it leaves a question undecided."""


class Roster:
    """The people of one day. Designations are in the order in which they win conflicts."""

    def __init__(self, competition: Competition, on: date, tries: int, bounds: Bounds) -> None:
        self.tries = tries
        self.designations = competition.by_precedence()
        self.earlier = competition.earlier
        self._bounds = bounds
        self._slots = {one.id: competition.slots_of(one) for one in self.designations}
        self._people = {slot.id: slot.people_on(on) for slot in competition.slots}

    def slots(self, designation: Designation) -> list[Slot]:
        """Return the slots of a designation, in the order of the document."""
        return self._slots[designation.id]

    def people(self, slot: str) -> tuple[str, ...]:
        """Return who suits a slot, by identifier."""
        return self._people[slot]

    def idle(self, slot: Slot) -> str | None:
        """Return who fills a slot that uses nobody up: as earlier, else the first; or None."""
        people = self._people[slot.id]
        earlier = self.earlier.get(slot.id)
        return earlier if earlier in people else next(iter(people), None)

    def problem(
        self, asked: Sequence[Designation], optional: Sequence[str] = (), missing: int = 0
    ) -> Problem:
        """Return the problem of filling all that is asked; of `optional` so many may stay empty."""
        openings = self._openings(asked)
        candidates = {one.slot: self._people[one.slot] for one in openings}
        for slot in optional:
            candidates[slot] = (*candidates[slot], NOBODY)
        return problem(openings, candidates, self._bounds, missing=missing)

    def fill(self, asked: Sequence[Designation], hint: Seats) -> Seats | None:
        """Return a filling of all that is asked, None if there is none.

        :raises Undecided: it would take too long to know.
        """
        badges = [one for level in asked for one in self.slots(level) if not one.uses_up]
        if not all(self._people[badge.id] for badge in badges):
            return None
        return self.problem(asked).ask(hint, self.tries)

    def keep(self) -> tuple[list[Designation], Seats, set[str]]:
        """Return the designations that can be kept together, a filling, and what is undecided.

        Each is kept that can be filled together with all kept before it. Mostly all can be.
        """
        try:
            everything = self.fill(self.designations, self.earlier)
        except Undecided:
            everything = None
        if everything is not None:
            return list(self.designations), everything, set()
        kept: list[Designation] = []
        seats: Seats = {}
        undecided: set[str] = set()
        for designation in self.designations:
            try:
                filled = self.fill([*kept, designation], {**self.earlier, **seats})
            except Undecided:
                undecided.add(designation.id)
                continue
            if filled is not None:
                kept.append(designation)
                seats = filled
        return kept, seats, undecided

    def _openings(self, asked: Sequence[Designation]) -> list[Opening]:
        """Return what is asked in the order of precedence, then of the document."""
        ids = frozenset(one.id for one in asked)
        ordered = [one for one in self.designations if one.id in ids]
        openings = {
            slot.id: Opening(slot.id, slot.role, level.program, ids & set(slot.designations))
            for level in ordered
            for slot in self.slots(level)
            if slot.uses_up
        }
        return list(openings.values())
