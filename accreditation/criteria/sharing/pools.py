"""Programs that count their people together, from a day onward."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from accreditation.criteria.allocation import Bounds, Competition, Designation, Limit
from accreditation.criteria.facts import PartnerFacts
from accreditation.criteria.kinds.dossier import NO_SEATS, Dossier, Phase
from accreditation.criteria.kinds.people.holders import Holders
from accreditation.criteria.kinds.people.seats import Granted, Outlook, Seating, Seats
from accreditation.criteria.kinds.people.team import Team
from accreditation.criteria.measuring import judgements_of, known_to, results_of
from accreditation.criteria.sharing.asked import Asked, Entrant, asked_by, designations_of
from accreditation.criteria.sharing.seatings import Day, Results, either
from accreditation.criteria.timelines import Timeline, combine, paired
from accreditation.criteria.verdicts import Cause, CauseCode, Result

Waiting = frozenset[str]
"""Designations that take nobody from others: they lack something else, or do without people."""


class Pool:
    """The programs of one pool and one partner's people; every answer is computed once."""

    def __init__(self, entrants: Sequence[Entrant], facts: PartnerFacts, tries: int) -> None:
        self._tries = tries
        self._entrants = sorted(entrants, key=lambda one: one.program)
        self._facts = {one.program: known_to(one.rules, facts) for one in self._entrants}
        self._team = Team(facts)
        self._asked = {one.program: asked_by(one) for one in self._entrants}
        # Who suits a role, and when, is the same whatever the day that is judged.
        self._holders = {
            (entrant.program, one.criterion.label.key): {
                role.key: role.suitable.holders(dossier) for role in one.criterion.roles
            }
            for entrant in self._entrants
            for dossier in [self._dossier(entrant, date.max, NO_SEATS)]
            for one in self._asked[entrant.program]
        }
        self._designations = {
            entrant.program: designations_of(entrant, self._asked[entrant.program])
            for entrant in self._entrants
        }
        every = (one for roles in self._holders.values() for one in roles.values())
        self._certain = self._competition(unknown=False)
        self._bounds = Bounds(self._certain.limits)
        self._possible = self._competition(unknown=True) if any(x.unknown for x in every) else None
        self._waiting: dict[date, Timeline[Waiting]] = {}
        self._days: dict[tuple[date, Waiting, bool], Day] = {}

    def outlook(self, program: str, criterion: str, level: str, on: date) -> Outlook:
        """Return how the slots of a criterion are filled at a level, from a day onward."""
        asked = next(one for one in self._asked[program] if one.criterion.label.key == criterion)
        waiting = self._waiting_from(on)
        days = {on, *(day for day, _ in waiting.steps), *self._certain.days_after(on)}
        if self._possible is not None:
            days.update(self._possible.days_after(on))

        def results(day: date) -> Results:
            return self._results(asked, level, day, waiting.at(day))

        def seating(day: date) -> Seating:
            return self._seating(asked, level, day, waiting.at(day))

        steps = sorted(days)
        return Outlook(Timeline.of((day, results(day)) for day in steps), steps, seating)

    def explain(self, program: str, day: date, *, better: bool) -> Cause:
        """Return what moves somebody on a day: in the program first, then in the others."""
        mine = [roles for (one, _), roles in self._holders.items() if one == program]
        others = [roles for (one, _), roles in self._holders.items() if one != program]
        holders = [one for roles in (*mine, *others) for one in roles.values()]
        return _turn(holders, day, better=better) or Cause(CauseCode.PEOPLE_REASSIGNED, "")

    def _results(self, asked: Asked, level: str, day: date, waiting: Waiting) -> Results:
        whole, roles = self._day(self._certain, day, waiting).results(asked, level)
        if self._possible is None or whole is Result.MET:
            return whole, roles
        better, of_roles = self._day(self._possible, day, waiting).results(asked, level)
        return either(whole, better), tuple(map(either, roles, of_roles))

    def _seating(self, asked: Asked, level: str, day: date, waiting: Waiting) -> Seating:
        possible = None
        if self._possible is not None:
            possible = self._day(self._possible, day, waiting).of(asked, level)
        return self._day(self._certain, day, waiting).of(asked, level).seating(possible)

    def _day(self, competition: Competition, day: date, waiting: Waiting) -> Day:
        question = (day, waiting, competition is self._certain)
        found = self._days.get(question)
        if found is None:
            asking = _with_waiting(competition, waiting)
            found = self._days[question] = Day(asking, day, self._tries, self._bounds)
        return found

    def _competition(self, *, unknown: bool) -> Competition:
        return Competition(
            designations=tuple(
                one for mine in self._designations.values() for one in mine.values()
            ),
            slots=tuple(
                slot
                for program, asked in self._asked.items()
                for one in asked
                for slot in one.slots(
                    self._holders[program, one.criterion.label.key], unknown=unknown
                )
            ),
            limits=self._limits(),
            earlier={
                slot: person
                for one in self._entrants
                for seats in one.earlier.values()
                for slot, person in seats.items()
            },
        )

    def _limits(self) -> tuple[Limit, ...]:
        """Return the limits of all programs; what one says of the pool holds for all of it."""
        counted: set[str] = set()
        limits: dict[Limit, None] = {}
        for entrant in self._entrants:
            mine, people = self._designations[entrant.program], entrant.rules.people
            limits.update(dict.fromkeys(people.inside(mine, entrant.rules.roles)))
            levels = [one.key for one in entrant.rules.levels if one.key in people.levels]
            counted.update(name for name in mine if not levels or name.split("/")[1] in levels)
        for entrant in self._entrants:
            limits.update(dict.fromkeys(entrant.rules.people.across(frozenset(counted))))
        return tuple(limits)

    def _waiting_from(self, on: date) -> Timeline[Waiting]:
        found = self._waiting.get(on)
        if found is None:
            lines = [] if self._undisputed else [self._waits(one, on) for one in self._entrants]
            none: Timeline[Waiting] = Timeline(((on, frozenset()),))
            found = combine(lambda sets: frozenset().union(*sets), [none, *lines])
            self._waiting[on] = found
        return found

    @property
    def _undisputed(self) -> bool:
        """Whether every designation includes all lower ones, so that none takes from another."""
        asked = [one for mine in self._asked.values() for one in mine]
        return len(self._entrants) == 1 and all(one.nested and not one.choice for one in asked)

    def _waits(self, entrant: Entrant, on: date) -> Timeline[Waiting]:
        """Return which levels of a program are not a question of people, from a day onward."""
        rules = entrant.rules
        filled, empty = (
            results_of(rules, judgements_of(rules, self._dossier(entrant, on, Granted(granted))))
            for granted in (Result.MET, Result.NOT_MET)
        )
        lines = [
            paired(lambda yes, no: yes is Result.MET and no is not Result.MET, *both)
            for both in zip(filled, empty, strict=True)
        ]
        keys = [level.key for level in rules.levels]
        names = self._designations[entrant.program]
        return combine(
            lambda decide: frozenset(
                name
                for key, one in zip(keys, decide, strict=True)
                for name in names
                if not one and name.split("/")[1] == key
            ),
            lines,
        )

    def _dossier(self, entrant: Entrant, on: date, seats: Seats) -> Dossier:
        """Return what a program knows on a day; programs that know the same people share them."""
        known, phase = self._facts[entrant.program], entrant.phase or Phase.INITIAL
        team = self._team if self._team.is_of(known) else None
        return Dossier(known, on, phase, entrant.program, seats, team=team)


def _with_waiting(competition: Competition, waiting: Waiting) -> Competition:
    if not waiting:
        return competition
    designations: tuple[Designation, ...] = tuple(
        replace(one, waiting=one.id in waiting) for one in competition.designations
    )
    return replace(competition, designations=designations)


def _turn(holders: Sequence[Holders], day: date, *, better: bool) -> Cause | None:
    """Return who begins (or ceases) to suit a role on a day, else what moves the other way."""
    for way in (better, not better):
        turns = (one.turn(day, better=way) for one in holders)
        turn = next((one for one in turns if one is not None), None)
        if turn is not None:
            return turn
    return None
