"""Which of several equally good fillings it is: one question at a time, each answered exactly.

A decision stands if everything decided before can stand with it. So the outcome depends on the
order of the decisions alone, not on how the search finds its fillings.
"""

from collections.abc import Iterator

from accreditation.criteria.allocation.flow import Seats, Stay
from accreditation.criteria.allocation.search import Problem, Undecided


def settle(problem: Problem, found: Seats, earlier: Seats, tries: int) -> Seats:
    """Return the filling that keeps most of the earlier one, starting from any filling.

    First, in the order of the slots, everybody stays in their program who can. Then they stay in
    their slots. Then each slot in order gets the first suitable person by identifier. A wish that
    cannot be decided in so many tries is not granted.
    """
    problem, found = _keep_people(problem, found, earlier, tries)
    for slot, person in _wishes(problem, earlier):
        if problem.question.candidates[slot] == (found[slot],):
            continue
        if found[slot] == person:
            problem = problem.pinned(slot, person)
        elif _has_room(problem, slot, person):
            problem, found = _try(problem.pinned(slot, person), problem, found, tries)
    return found


def _keep_people(
    problem: Problem, found: Seats, earlier: Seats, tries: int
) -> tuple[Problem, Seats]:
    programs = problem.question.programs
    wanted = dict.fromkeys(
        Stay(earlier[slot], program) for slot, program in programs.items() if slot in earlier
    )
    for stay in wanted:
        suits = any(
            stay.person in people and programs[slot] == stay.program
            for slot, people in problem.question.candidates.items()
        )
        if any(found[slot] == stay.person for slot in programs if programs[slot] == stay.program):
            problem = problem.staying(stay)
        elif suits:
            problem, found = _try(problem.staying(stay), problem, found, tries)
    return problem, found


def _wishes(problem: Problem, earlier: Seats) -> Iterator[tuple[str, str]]:
    """Yield slots with people who should have them, in the order in which to decide."""
    candidates = problem.question.candidates
    for slot, people in candidates.items():
        if earlier.get(slot) in people:
            yield slot, earlier[slot]
    for slot, people in candidates.items():
        for person in people:
            yield slot, person


def _has_room(problem: Problem, slot: str, person: str) -> bool:
    """Return False if the slots decided for a person already rule out one more."""
    decided = [
        other for other, people in problem.question.candidates.items() if people == (person,)
    ]
    nest = problem.question.nests[person]
    inside = sum(nest.inner.get(other) == nest.inner[slot] for other in decided)
    return len(decided) < nest.caps[0] and inside < nest.caps[nest.inner[slot]]


def _try(wish: Problem, problem: Problem, found: Seats, tries: int) -> tuple[Problem, Seats]:
    """Return the wish and its filling, or what there was before if it cannot be had."""
    try:
        answer = wish.ask(found, tries)
    except Undecided:
        answer = None
    return (problem, found) if answer is None else (wish, answer)
