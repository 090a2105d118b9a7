"""Why a designation cannot be filled: which people are missing, and who holds those there are.

The proof is Hall's: a set of slots whose suitable people can fill fewer of them than there are.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from accreditation.criteria.allocation.competition import NOBODY, Designation
from accreditation.criteria.allocation.flow import Flow, Seats
from accreditation.criteria.allocation.limits import Opening, at_most, breach
from accreditation.criteria.allocation.roster import Roster
from accreditation.criteria.allocation.search import Problem, Undecided


@dataclass(frozen=True, slots=True)
class Suitable:
    """Somebody who suits slots of a proof, and how many of them they can fill at most."""

    person: str
    at_most: int


@dataclass(frozen=True, slots=True)
class Shortage:
    """People are missing: `gap` slots stay empty, and each of `slots` may be one of them.

    The proof, if `proven`: these `contested` slots, own ones and those of kept designations, have
    only these `suitable` people, who can fill `gap` too few. Without proof the limits of several
    people interlock; then the search itself has shown it.
    """

    gap: int
    slots: tuple[str, ...]
    contested: tuple[str, ...]
    suitable: tuple[Suitable, ...]

    @property
    def proven(self) -> bool:
        """Whether the numbers alone show that so many slots stay empty."""
        return sum(one.at_most for one in self.suitable) + self.gap == len(self.contested)


@dataclass(frozen=True, slots=True)
class Conflict:
    """A person who would help, but is held by `slot` of a kept designation."""

    person: str
    slot: str
    designation: str


@dataclass(frozen=True, slots=True)
class Want:
    """A designation that fails beside the kept ones, and how near it comes.

    `gap` is the fewest of its `own` slots that stay empty, `certain` if no search was given up.
    `whole` is the problem without empty slots, `fewest` the one with so many, `filling` an answer.
    """

    own: tuple[str, ...]
    gap: int
    certain: bool
    tries: int
    whole: Problem
    fewest: Problem
    filling: Seats


def want(
    roster: Roster, kept: Sequence[Designation], lost: Designation, seats: Seats, at_least: int
) -> Want:
    """Return how near a designation comes to being filled beside those kept, filled by `seats`.

    At least so many slots are known to stay empty.
    """
    asked = [*kept, lost]
    whole = roster.problem(asked)
    own = tuple(one.id for one in roster.slots(lost) if one.uses_up)
    gap, certain = at_least, True
    while True:
        fewest = roster.problem(asked, own, gap)
        # Nothing has to be found where all own slots are empty: so this ends.
        hint = {**seats, **dict.fromkeys(own, NOBODY)} if gap == len(own) else seats
        try:
            filling = fewest.ask(hint, roster.tries)
        except Undecided:
            filling, certain = None, False
        if filling is not None:
            return Want(own, gap, certain, roster.tries, whole, fewest, filling)
        gap += 1


def shortages(found: Want) -> tuple[Shortage, ...]:
    """Return what is missing, each set of slots that share people by itself."""
    if not found.gap:
        return ()
    flow = Flow(found.whole.question)
    flow.fill({slot: one for slot, one in found.filling.items() if one != NOBODY})
    empty = len(found.whole.openings) - len(flow.seats)
    if empty < found.gap:
        return (_unproven(found),)
    may_lack = [slot for slot in found.own if slot in flow.deficient and _may_lack(found, slot)]
    return tuple(
        _proven(found, flow, part, tuple(slot for slot in may_lack if slot in part))
        for part in _parts(found.whole.question.candidates, list(flow.deficient))
    )


def conflicts(
    found: Want, missing: Sequence[Shortage], seats: Seats, kept: Mapping[str, str]
) -> tuple[Conflict, ...]:
    """Return who would help if no kept designation (`kept`: by slot) held them."""
    openings = found.whole.openings
    program = openings[found.own[0]].program if found.own else ""
    rivals = {slot: one for slot, one in seats.items() if openings[slot].program != program}
    helpful: dict[str, None] = {}
    for slot in (slot for shortage in missing for slot in shortage.slots):
        for person in found.whole.question.candidates[slot]:
            held = [openings[one] for one, holder in rivals.items() if holder == person]
            if held and breach([*held, openings[slot]], found.whole.bounds.limits):
                helpful[person] = None
    return tuple(
        Conflict(person, slot, kept[slot])
        for person in helpful
        for slot, holder in rivals.items()
        if holder == person
    )


def _may_lack(found: Want, slot: str) -> bool:
    """Return whether a slot is the empty one in some filling with as few as possible."""
    try:
        return found.fewest.pinned(slot, NOBODY).ask(found.filling, found.tries) is not None
    except Undecided:
        return True


def _proven(found: Want, flow: Flow, part: Sequence[str], own: tuple[str, ...]) -> Shortage:
    seated = [flow.seats[slot] for slot in part if slot in flow.seats]
    crowd = _crowd(found.whole, part)
    return Shortage(
        gap=len(part) - len(seated),
        slots=own,
        contested=tuple(slot for slot in found.whole.openings if slot in part),
        suitable=tuple(Suitable(person, seated.count(person)) for person in crowd),
    )


def _unproven(found: Want) -> Shortage:
    contested = tuple(found.whole.openings)
    crowd = _crowd(found.whole, contested)
    suits = {
        person: [
            opening
            for slot, opening in found.whole.openings.items()
            if person in found.whole.question.candidates[slot]
        ]
        for person in crowd
    }
    return Shortage(
        gap=found.gap,
        slots=tuple(slot for slot in found.own if _may_lack(found, slot)),
        contested=contested,
        suitable=tuple(
            Suitable(person, at_most(mine, found.whole.bounds.grades))
            for person, mine in suits.items()
        ),
    )


def _crowd(problem: Problem, slots: Sequence[str]) -> list[str]:
    return sorted({person for slot in slots for person in problem.question.candidates[slot]})


def _parts(candidates: Mapping[str, tuple[str, ...]], slots: Sequence[str]) -> list[list[str]]:
    """Return the slots in parts that have no suitable person in common."""
    parts: list[tuple[list[str], set[str]]] = []
    for slot in slots:
        people = set(candidates[slot])
        joined = [part for part in parts if part[1] & people]
        parts = [part for part in parts if not part[1] & people]
        parts.append(
            (
                [*(one for members, _ in joined for one in members), slot],
                people.union(*(crowd for _, crowd in joined)),
            )
        )
    return [members for members, _ in parts]


def held_slots(openings: Mapping[str, Opening], kept: Sequence[Designation]) -> dict[str, str]:
    """Return the designation that holds each slot: the first kept one that asks for it."""
    return {
        slot: next(one.id for one in kept if one.id in opening.designations)
        for slot, opening in openings.items()
    }
