"""Why a designation cannot be filled: which people are missing, and who holds those there are.

The proof is Hall's: a set of slots whose suitable people can fill fewer of them than there are.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from accreditation.criteria.allocation.competition import NOBODY, Designation
from accreditation.criteria.allocation.flow import Flow, Seats
from accreditation.criteria.allocation.limits import Opening, at_most
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
    nobody = dict.fromkeys(own, NOBODY)
    # Limits that interlock can only make it worse than what the flow cannot seat.
    flow = Flow(whole.question)
    flow.fill(seats)
    gap, certain = max(at_least, len(whole.openings) - len(flow.seats)), True
    while True:
        fewest = roster.problem(asked, own, gap)
        if gap >= len(own):
            # All own slots empty is always a filling.
            filling: Seats | None = {slot: {**seats, **nobody}[slot] for slot in fewest.openings}
        else:
            filling, known = _ask(fewest, seats, roster.tries)
            certain = certain and known
        if filling is not None:
            return Want(own, gap, certain, roster.tries, whole, fewest, filling)
        gap += 1


def _ask(problem: Problem, hint: Seats, tries: int) -> tuple[Seats | None, bool]:
    """Return a filling if one is found, and whether it is known that there is none if not."""
    try:
        return problem.ask(hint, tries), True
    except Undecided:
        return None, False


def shortages(found: Want) -> tuple[Shortage, ...]:
    """Return what is missing, each set of slots that share people by itself."""
    if not found.gap:
        return ()
    flow = Flow(found.whole.question)
    flow.fill({slot: one for slot, one in found.filling.items() if one != NOBODY})
    candidates = found.whole.question.candidates
    missing: list[Shortage] = []
    for part in _parts(candidates, list(candidates)):
        gap = sum(found.filling[slot] == NOBODY for slot in part)
        if gap and gap == sum(slot not in flow.seats for slot in part):
            deficient = [slot for slot in part if slot in flow.deficient]
            missing.extend(_proven(found, flow, few) for few in _parts(candidates, deficient))
        elif gap:
            missing.append(_unproven(found, part, gap))
    return tuple(missing)


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
            if held and found.whole.bounds.breach([*held, openings[slot]]):
                helpful[person] = None
    return tuple(
        Conflict(person, slot, kept[slot])
        for person in helpful
        for slot, holder in rivals.items()
        if holder == person
    )


def _lacking(found: Want, slots: Sequence[str]) -> tuple[str, ...]:
    """Return the slots that may be the empty ones; what is asked alike is looked at once."""
    candidates, openings = found.whole.question.candidates, found.whole.openings
    answers: dict[tuple[Opening, tuple[str, ...]], bool] = {}
    lacking = []
    for slot in slots:
        alike = replace(openings[slot], slot=""), candidates[slot]
        if alike not in answers:
            answers[alike] = _may_lack(found, slot)
        if answers[alike]:
            lacking.append(slot)
    return tuple(lacking)


def _may_lack(found: Want, slot: str) -> bool:
    """Return whether a slot is the empty one in some filling with as few as possible."""
    filling, known = _ask(found.fewest.pinned(slot, NOBODY), found.filling, found.tries)
    return filling is not None or not known


def _proven(found: Want, flow: Flow, part: Sequence[str]) -> Shortage:
    """Return what the flow shows: it has seated everybody who suits as often as possible."""
    seated = [flow.seats[slot] for slot in part if slot in flow.seats]
    places = {person: seated.count(person) for person in _crowd(found.whole, part)}
    return _shortage(found, part, len(part) - len(seated), places)


def _unproven(found: Want, part: Sequence[str], gap: int) -> Shortage:
    whole = found.whole
    suits = {
        person: [
            opening
            for slot, opening in whole.openings.items()
            if slot in part and person in whole.question.candidates[slot]
        ]
        for person in _crowd(whole, part)
    }
    places = {person: at_most(mine, whole.bounds.grades) for person, mine in suits.items()}
    return _shortage(found, part, gap, places)


def _shortage(found: Want, part: Sequence[str], gap: int, places: Mapping[str, int]) -> Shortage:
    return Shortage(
        gap=gap,
        slots=_lacking(found, [slot for slot in found.own if slot in part]),
        contested=tuple(slot for slot in found.whole.openings if slot in part),
        suitable=tuple(Suitable(person, most) for person, most in places.items()),
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
