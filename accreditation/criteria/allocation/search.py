"""The exact answer where limits do not nest: assume less of one person at a time, and ask again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from accreditation.criteria.allocation.competition import NOBODY
from accreditation.criteria.allocation.flow import Flow, Question, Seats, Stay
from accreditation.criteria.allocation.limits import Breach, Opening
from accreditation.criteria.allocation.nests import Bounds, Nest


class Undecided(Exception):
    """The search was given up: the limits interlock more than it was allowed to try."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Openings and their candidates, in order, under limits. NOBODY is under none but its own.

    `ask` finds the same answer to the same question, whatever was asked before.
    """

    openings: Mapping[str, Opening]
    bounds: Bounds
    question: Question

    def pinned(self, slot: str, person: str) -> "Problem":
        """Return the problem in which this person fills the slot."""
        return self._asking({**self.question.candidates, slot: (person,)})

    def staying(self, stay: Stay) -> "Problem":
        """Return the problem in which one more person must stay."""
        stays = (*self.question.stays, stay)
        return replace(self, question=replace(self.question, stays=stays))

    def without(self, person: str, slots: frozenset[str]) -> "Problem":
        """Return the problem in which a person does not fill any of these slots."""
        candidates = {
            slot: tuple(one for one in people if one != person) if slot in slots else people
            for slot, people in self.question.candidates.items()
        }
        rest = [self.openings[slot] for slot, people in candidates.items() if person in people]
        nests = {**self.question.nests, person: self.bounds.nest(rest)} if rest else None
        return self._asking(candidates, nests)

    def ask(self, hint: Seats, tries: int) -> Seats | None:
        """Return a filling, None if there is none; the hint only makes it quicker.

        :raises Undecided: more than `tries` fillings would have to be looked at.
        """
        waiting = [(self, hint)]
        while waiting:
            if not tries:
                raise Undecided
            tries -= 1
            problem, hint = waiting.pop()
            flow = Flow(problem.question)
            if flow.fill(hint):
                broken = problem.first_breach(flow.seats)
                if broken is None:
                    return flow.seats
                narrower = problem.narrower(*broken)
                waiting.extend((one, flow.seats) for one in reversed(narrower))
        return None

    def first_breach(self, seats: Seats) -> tuple[str, Breach] | None:
        """Return the first person who does too much, and of what."""
        held: dict[str, list[Opening]] = {}
        for slot in self.openings:
            held.setdefault(seats[slot], []).append(self.openings[slot])
        for person, openings in held.items():
            if len(openings) > 1 and person != NOBODY:
                broken = self.bounds.breach(openings)
                if broken is not None:
                    return person, broken
        return None

    def narrower(self, person: str, broken: Breach) -> list["Problem"]:
        """Return problems that leave a person less; every answer to this one answers one."""
        candidates = self.question.candidates
        suits = [one for slot, one in self.openings.items() if person in candidates[slot]]
        return [self.without(person, slots) for slots in broken.ways_out(suits)]

    def _asking(
        self,
        candidates: Mapping[str, tuple[str, ...]],
        nests: Mapping[str, Nest] | None = None,
    ) -> "Problem":
        question = replace(self.question, candidates=candidates, nests=nests or self.question.nests)
        return replace(self, question=question)


def problem(
    openings: Sequence[Opening],
    candidates: Mapping[str, tuple[str, ...]],
    bounds: Bounds,
    *,
    missing: int = 0,
) -> Problem:
    """Return the problem of filling the openings; at most `missing` of them may go to NOBODY."""
    suits: dict[str, list[Opening]] = {}
    for opening in openings:
        for person in candidates[opening.slot]:
            suits.setdefault(person, []).append(opening)
    nests = {person: bounds.nest(mine) for person, mine in suits.items() if person != NOBODY}
    if NOBODY in suits:
        nests[NOBODY] = _absence(suits[NOBODY], missing)
    programs = {one.slot: one.program for one in openings}
    return Problem(
        openings={one.slot: one for one in openings},
        bounds=bounds,
        question=Question(candidates, programs, nests),
    )


def _absence(openings: Sequence[Opening], missing: int) -> Nest:
    return Nest(
        caps=(missing,), parents=(-1,), inner={one.slot: 0 for one in openings}, programs={}
    )
