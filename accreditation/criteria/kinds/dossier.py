"""The facts of one partner, sorted and indexed for one judgement."""

from collections import defaultdict
from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from accreditation.criteria.facts import PartnerFacts
from accreditation.criteria.kinds.people.holdings import BEGINNINGS, ENDINGS
from accreditation.criteria.kinds.people.seats import Granted, Seats
from accreditation.criteria.kinds.people.team import Team
from accreditation.criteria.kinds.working import Working
from accreditation.criteria.periods import DAY, depths
from accreditation.criteria.records import AttributeValue, Decision, OrganizationAttribute
from accreditation.criteria.timelines import Timeline
from accreditation.criteria.verdicts import Cause, CauseCode, Result

T = TypeVar("T")

NO_SEATS = Granted(Result.NOT_MET)
"""Nobody fills a slot."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to the organization on a day, and the record that says so."""

    record: str
    day: date


class Phase(StrEnum):
    """What a partner is asked for: to reach a level, to keep it, to renew it."""

    INITIAL = "initial"
    KEEP = "keep"
    RENEW = "renew"


class Dossier:
    """One partner's facts on the day they are judged; every answer is computed once.

    `program` is the key of the program that is judged, `seats` who fills its slots. `team` are the
    people of these facts, if somebody asked about them before.
    """

    def __init__(
        self,
        facts: PartnerFacts,
        on: date,
        phase: Phase = Phase.INITIAL,
        program: str = "",
        seats: Seats = NO_SEATS,
        *,
        team: Team | None = None,
    ) -> None:
        self.facts = facts
        self.on = on
        self.phase = phase
        self.program = program
        self.seats = seats
        self.team = Team(facts) if team is None else team
        self.answers: dict[int, tuple[object, Any]] = {}
        self._attributes: defaultdict[str, list[OrganizationAttribute]] = defaultdict(list)
        for attribute in facts.attributes:
            self._attributes[attribute.name].append(attribute)
        for attributes in self._attributes.values():
            # Where several are in force, the one that began last is.
            attributes.sort(key=lambda one: (one.period.start, one.id), reverse=True)

    def at(self, day: date) -> "Dossier":
        """Return the same facts to be judged on another day; what is computed is shared."""
        other = copy(self)
        other.on = day
        return other

    def with_facts(self, facts: PartnerFacts, team: Team | None = None) -> "Dossier":
        """Return the same partner with other dated records; attributes stay.

        `team`: the people, if they are not all that there are.
        """
        other = copy(self)
        other.facts = facts
        other.answers = {}
        other.team = self.team if team is None else team
        return other

    def made(self, criterion: object, make: Callable[[], T]) -> T:
        """Return what a criterion makes of the facts whatever the day, made for the first day.

        The history of a criterion asks for many days at once.
        """
        found = self.answers.get(id(criterion))
        if found is None:
            # The criterion is kept as well: no other one takes its place in memory.
            found = self.answers[id(criterion)] = (criterion, make())
        made: T = found[1]
        return made

    def attribute(self, name: str) -> Timeline[AttributeValue | None]:
        """Return what an attribute of the organization is from the judged day onward."""
        return self.attribute_record(name).map(lambda one: None if one is None else one.value)

    def attribute_record(self, name: str) -> Timeline[OrganizationAttribute | None]:
        """Return the record in force of an attribute from the judged day onward."""
        attributes = self._attributes.get(name, [])
        days = {day for one in attributes for day in one.period.bounds() if day > self.on}
        return Timeline.of(
            (day, next((one for one in attributes if day in one.period), None))
            for day in sorted({self.on, *days})
        )

    def attribute_changed(self, name: str, day: date) -> str:
        """Return the id of the attribute's record that begins or ends on a day."""
        return next(one.id for one in self._attributes[name] if day in one.period.bounds())

    def event(self, name: str) -> Event | None:
        """Return an event of the organization, None if there is none recorded."""
        events = (
            Event(one.id, one.value)
            for one in self._attributes.get(name, [])
            if isinstance(one.value, date)
        )
        return next(events, None)

    def population(self, asked: Working) -> Timeline[int]:
        """Return how many people work as is asked from the judged day onward."""
        working = self.team.narrowed(asked)
        services = (self.team.service(person, working) for person in self.team.people)
        steps = depths(service.periods for service in services)
        now = [count for day, count in steps if day <= self.on]
        later = [step for step in steps if step[0] > self.on]
        return Timeline.of([(self.on, now[-1] if now else 0), *later])

    def newcomer(self, asked: Working, day: date) -> Cause:
        """Return who begins or stops to work as is asked on a day on which somebody does."""
        person, starts = next(
            (person, day == period.start)
            for person in self.team.people
            for period in self.team.service(person, self.team.narrowed(asked)).periods
            if day in period.bounds()
        )
        return Cause(
            self._move(person, asked, day, starts=starts),
            self.team.first_employment(person),
            person,
        )

    def _move(self, person: str, asked: Working, day: date, *, starts: bool) -> CauseCode:
        """Return what happens on the day on which a person begins or stops to work as is asked."""
        service = self.team.service(person, self.team.narrowed(asked))
        other = day - DAY if starts else day
        absent = service.absence(other) is not None
        if asked.job_roles and absent:
            # Who comes takes up a role, and who goes gives one up.
            return CauseCode.JOB_ROLE_STARTS if starts else CauseCode.JOB_ROLE_ENDS
        if absent:
            return CauseCode.PERSON_STARTS if starts else CauseCode.PERSON_LEAVES
        return (BEGINNINGS if starts else ENDINGS)[service.misfit(other)]

    def decisions(self, criterion: str) -> list[Decision]:
        """Return what was decided about a criterion of the program that asks."""
        return [
            one
            for one in self.facts.decisions
            if one.criterion == criterion and one.program in {"", self.program}
        ]
