"""Everything that competes for the people of one partner."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Self

from accreditation.criteria.allocation import TRIES
from accreditation.criteria.document import Rules
from accreditation.criteria.facts import PartnerFacts
from accreditation.criteria.kinds.dossier import Phase
from accreditation.criteria.kinds.people.seats import Outlook, Seats
from accreditation.criteria.phases import phase_on
from accreditation.criteria.sharing.asked import Entrant
from accreditation.criteria.sharing.pools import Pool
from accreditation.criteria.verdicts import Cause


class Sharing:
    """The programs with slots that a partner takes part in; their order never matters.

    Programs of one pool are decided together, every other program by itself. Programs without
    slots may be left out. `tries` bounds the search of one question, see `allocate`.
    """

    def __init__(
        self, entrants: Iterable[Entrant], facts: PartnerFacts, on: date, *, tries: int = TRIES
    ) -> None:
        self._entrants = {one.program: one for one in entrants if one.rules.roles}
        self._facts = facts
        self._on = on
        self._tries = tries
        self._pools: dict[tuple[str, str], Pool] = {}

    def about(self, rules: Rules, facts: PartnerFacts, on: date, phase: Phase) -> Self:
        """Return the same for a program as these rules have it, for these facts, on this day.

        The program takes part even if it did not: the question is what would be if it did.
        """
        mine = self._entrants.get(rules.program.key)
        same = mine is not None and mine.rules is rules and self._phase(mine) is phase
        if same and facts is self._facts and on == self._on:
            return self
        known = replace(mine or Entrant(rules), rules=rules)
        if phase_on(facts.terms, known.program, on) is not phase:
            known = replace(known, phase=phase)
        entrants = {**self._entrants, known.program: known}
        return type(self)(entrants.values(), facts, on, tries=self._tries)

    def seats(self, program: str) -> Seats:
        """Return the slots of a program. :raises KeyError: it does not take part."""
        key = _pool_of(self._entrants[program])
        pool = self._pools.get(key)
        if pool is None:
            mine = [
                replace(one, phase=self._phase(one))
                for one in self._entrants.values()
                if _pool_of(one) == key
            ]
            pool = self._pools[key] = Pool(mine, self._facts, self._tries)
        return ProgramSeats(program, pool)

    def _phase(self, entrant: Entrant) -> Phase:
        """Return what a program asks for, by default what the partner's awards call for."""
        return entrant.phase or phase_on(self._facts.terms, entrant.program, self._on)


def _pool_of(entrant: Entrant) -> tuple[str, str]:
    """Return the name of a program's pool; without one, the program is a pool of its own."""
    pool = entrant.rules.people.pool
    return pool, "" if pool else entrant.program


@dataclass(frozen=True, slots=True)
class ProgramSeats:
    """The slots of one program within its pool."""

    program: str
    pool: Pool

    def outlook(self, criterion: str, level: str, on: date) -> Outlook:
        """Return how the slots of a criterion are filled at a level, from a day onward."""
        return self.pool.outlook(self.program, criterion, level, on)

    def explain(self, day: date, *, better: bool) -> Cause:
        """Return what frees somebody (or uses somebody up) on a day on which that changes."""
        return self.pool.explain(self.program, day, better=better)
