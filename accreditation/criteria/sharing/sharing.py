"""Everything that competes for the people of one partner."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from accreditation.criteria.facts import PartnerFacts
from accreditation.criteria.kinds.seats import Seating, Seats
from accreditation.criteria.sharing.asked import Entrant
from accreditation.criteria.sharing.pools import Pool
from accreditation.criteria.timelines import Timeline
from accreditation.criteria.verdicts import Cause


class Sharing:
    """The programs with slots that a partner takes part in; their order never matters.

    Programs of one pool are decided together, every other program by itself. Programs without
    slots may be left out.
    """

    def __init__(self, entrants: Iterable[Entrant], facts: PartnerFacts) -> None:
        together: defaultdict[tuple[str, str], list[Entrant]] = defaultdict(list)
        for one in entrants:
            if one.rules.roles:
                pool = one.rules.people.pool
                together[pool, "" if pool else one.program].append(one)
        self._facts = facts
        self._entrants = together
        self._pools: dict[tuple[str, str], Pool] = {}
        self._pool_of = {one.program: key for key, mine in together.items() for one in mine}

    def seats(self, program: str) -> Seats:
        """Return the slots of a program. :raises KeyError: it does not take part."""
        key = self._pool_of[program]
        pool = self._pools.get(key)
        if pool is None:
            pool = self._pools[key] = Pool(self._entrants[key], self._facts)
        return ProgramSeats(program, pool)


@dataclass(frozen=True, slots=True)
class ProgramSeats:
    """The slots of one program within its pool."""

    program: str
    pool: Pool

    def seating(self, criterion: str, level: str, on: date) -> Timeline[Seating]:
        """Return who fills the slots of a criterion at a level, from a day onward."""
        return self.pool.seating(self.program, criterion, level, on)

    def explain(self, day: date, *, better: bool) -> Cause:
        """Return what frees somebody (or uses somebody up) on a day on which that changes."""
        return self.pool.explain(self.program, day, better=better)
