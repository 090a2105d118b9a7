"""How an allocation goes on by itself, while nobody gains or loses more than is known today."""

from datetime import date, timedelta

from accreditation.criteria.allocation.competition import Competition
from accreditation.criteria.allocation.roster import TRIES, Roster
from accreditation.criteria.allocation.search import Undecided
from accreditation.criteria.timelines import Timeline


def outlook(competition: Competition, on: date, *, tries: int = TRIES) -> Timeline[frozenset[str]]:
    """Return which designations can be kept, from a day onward."""
    days = (on, *competition.days_after(on))
    kept = ((day, Roster(competition, day, tries).keep()[0]) for day in days)
    return Timeline.of((day, frozenset(one.id for one in held)) for day, held in kept)


def holds_until(competition: Competition, on: date, *, tries: int = TRIES) -> date | None:
    """Return the last day through which all designations kept on a day can still be filled.

    People may change places meanwhile. None: for good. Where the search gives up, the last day
    that is certain.
    """
    kept, seats, _ = Roster(competition, on, tries).keep()
    for day in competition.days_after(on):
        roster = Roster(competition, day, tries)
        try:
            filled = roster.fill(kept, seats)
        except Undecided:
            filled = None
        if filled is None:
            return day - timedelta(days=1)
        seats = filled
    return None
