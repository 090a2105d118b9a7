"""What an allocation says to one criterion at one level."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from accreditation.criteria.allocation import (
    Bounds,
    Competition,
    Decision,
    Lack,
    Outcome,
    Shortage,
)
from accreditation.criteria.gaps import Gap
from accreditation.criteria.kinds.people.role_slots import Role
from accreditation.criteria.kinds.people.seats import Placement, Seating, Unplaced
from accreditation.criteria.sharing.asked import Asked
from accreditation.criteria.verdicts import ReasonCode, Result

Results = tuple[Result, tuple[Result, ...]]
"""That of a criterion, and those of its roles."""


class Day:
    """The slots of a pool on one day, as they are allocated."""

    def __init__(self, competition: Competition, on: date, tries: int, bounds: Bounds) -> None:
        self._decision = Decision(competition, on, tries=tries, bounds=bounds)
        self.suits = {slot.id: slot.people_on(on) for slot in competition.slots}
        self._using = {slot.id for slot in competition.slots if slot.uses_up}
        self._doubtful = _doubtful(self._decision)

    def results(self, asked: Asked, level: str) -> Results:
        """Return the result of a criterion at one level, and of each of its roles that is asked."""
        name = asked.designation(level)
        if name in self._decision.kept and name not in self._doubtful:
            return Result.MET, tuple(Result.MET for _ in asked.roles(level))
        return self.of(asked, level).results()

    def of(self, asked: Asked, level: str) -> "Share":
        """Return what one criterion gets at one level."""
        name = asked.designation(level)
        return Share(self, asked, level, self._decision.lack(name), name in self._doubtful)

    def outcome(self, asked: Asked, level: str) -> Outcome:
        """Return who fills the slots that a level asks for."""
        return self._decision.of(asked.designation(level))

    def used(self, outcome: Outcome) -> Iterator[tuple[str, str]]:
        """Yield who is used up by a designation, each with a slot."""
        for slot, person in outcome.people:
            if person is not None and slot in self._using:
                yield person, slot

    def held(self, person: str) -> str:
        """Return a slot that a person fills for a designation that is kept; empty: none."""
        return next(iter(self._held.get(person, ())), "")

    @cached_property
    def _held(self) -> dict[str, list[str]]:
        held: defaultdict[str, list[str]] = defaultdict(list)
        for one in self._decision.designations:
            if one.id in self._decision.kept:
                for person, slot in self.used(self._decision.of(one.id)):
                    held[person].append(slot)
        return dict(held)


@dataclass(frozen=True)
class Share:
    """What one criterion gets at one level on one day."""

    day: Day
    asked: Asked
    level: str
    lack: Lack
    doubtful: bool

    @cached_property
    def outcome(self) -> Outcome:
        """Who fills the slots; asked only where people are shown."""
        return self.day.outcome(self.asked, self.level)

    @cached_property
    def used(self) -> dict[str, str]:
        """A slot by the person in it."""
        return dict(self.day.used(self.outcome))

    def results(self) -> Results:
        """Return the result of the criterion, and of each of its roles that is asked."""
        roles = [self.slots(role) for role in self.asked.roles(self.level)]
        whole = [slot for slots in roles for slot in slots]
        return self.result(whole), tuple(self.result(slots) for slots in roles)

    def seating(self, possible: "Share | None") -> Seating:
        """Return the slots of the criterion; `possible`: if all that is unknown turned out well."""
        roles = self.asked.roles(self.level)
        slots = [slot for role in roles for slot in self.slots(role)]
        lacking = self._lacking(slots)
        return Seating(
            result=either(self.result(slots), possible.result(slots) if possible else None),
            have=len(slots) - lacking,
            need=len(slots),
            roles=tuple(self._placement(role, possible) for role in roles),
            gaps=tuple(self._gap(one) for one in self.lack.shortages if set(one.slots) & {*slots}),
        )

    def slots(self, role: Role) -> list[str]:
        """Return the slots of a role that the level asks for."""
        return self.asked.slot_ids(role, role.need(self.level))

    def result(self, slots: Sequence[str]) -> Result:
        """Return whether some of the criterion's slots are filled."""
        lacking = self._lacking(slots)
        if self.doubtful or (lacking and not self.lack.certain):
            return Result.CANNOT_BE_JUDGED
        return Result.NOT_MET if lacking else Result.MET

    def _lacking(self, slots: Collection[str]) -> int:
        """Return how many of these slots stay empty, if every gap is theirs as far as it may be."""
        asked = set(slots)
        return sum(min(one.gap, len(asked.intersection(one.slots))) for one in self.lack.shortages)

    def _placement(self, role: Role, possible: "Share | None") -> Placement:
        slots = self.slots(role)
        # Who fills slots for which no other role competes is known, though some stay empty.
        open_slots = {
            slot
            for one in self.lack.shortages
            if not set(slots) >= set(one.slots)
            for slot in one.slots
        }
        filled = dict(self.outcome.people)
        people = [person for slot in slots if slot not in open_slots and (person := filled[slot])]
        lacking = self._lacking(slots)
        others = [one for one in self.day.suits[slots[0]] if one not in people]
        return Placement(
            role=role.key,
            result=either(self.result(slots), possible.result(slots) if possible else None),
            have=len(slots) - lacking,
            need=len(slots),
            people=tuple(people),
            unplaced=tuple(self._unplaced(one, open_slots, short=bool(lacking)) for one in others),
        )

    def _unplaced(self, person: str, open_slots: Collection[str], *, short: bool) -> Unplaced:
        """Return why somebody who suits a role does not fill any of its slots."""
        here = self.used.get(person, "")
        if not short:
            return Unplaced(
                person, ReasonCode.USED_ELSEWHERE if here else ReasonCode.SLOT_FILLED, here
            )
        rival = next((one.slot for one in self.outcome.conflicts if one.person == person), "")
        elsewhere = rival or (here if here not in open_slots else "")
        if not here:
            elsewhere = elsewhere or self.day.held(person)
        reason = ReasonCode.USED_ELSEWHERE if elsewhere else ReasonCode.TOO_FEW_PEOPLE
        return Unplaced(person, reason, elsewhere)

    def _gap(self, shortage: Shortage) -> Gap:
        return Gap(
            missing=shortage.gap,
            roles=tuple(dict.fromkeys(_role_of(slot) for slot in shortage.slots)),
            slots=shortage.contested,
            people=tuple((one.person, one.at_most) for one in shortage.suitable),
        )


def _role_of(slot: str) -> str:
    """Return the key of the finding that says how a slot's role is filled."""
    _program, criterion, role, _number = slot.split("/")
    return f"{criterion}.{role}"


def either(certain: Result, possible: Result | None) -> Result:
    """Return what is certain; what is only possible is not known."""
    if certain is Result.NOT_MET and possible not in {None, Result.NOT_MET}:
        return Result.CANNOT_BE_JUDGED
    return certain


def _doubtful(decision: Decision) -> frozenset[str]:
    """Return what is undecided, and what is kept although something undecided might win."""
    doubtful: set[str] = set()
    for one in decision.designations if decision.undecided else ():
        if one.id in decision.undecided or (one.id in decision.kept and doubtful):
            doubtful.add(one.id)
    return frozenset(doubtful)
