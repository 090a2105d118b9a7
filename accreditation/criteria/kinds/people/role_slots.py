"""People in roles: slots that each need a person of their own, decided over all programs."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar, Self

from accreditation.criteria.facts import Certificate, Employment
from accreditation.criteria.kinds.bars import Bar
from accreditation.criteria.kinds.criterion import Judgement, Label, rises
from accreditation.criteria.kinds.dossier import Dossier
from accreditation.criteria.kinds.people.holders import Holders
from accreditation.criteria.kinds.people.holdings import Holding, Terms
from accreditation.criteria.kinds.people.people_holding import PeopleHolding
from accreditation.criteria.kinds.people.seats import Outlook, Placement, Seating
from accreditation.criteria.kinds.people.team import Team
from accreditation.criteria.kinds.people.wanted import NAMING, OF_CERTIFICATES, Wanted
from accreditation.criteria.kinds.registry import register
from accreditation.criteria.limits import MAX_SLOTS
from accreditation.criteria.periods import earliest
from accreditation.criteria.problems import ProblemCode
from accreditation.criteria.reader import Reader
from accreditation.criteria.timelines import Timeline
from accreditation.criteria.verdicts import (
    Cause,
    Comparison,
    Counted,
    Finding,
    NotCounted,
    Result,
)

UNIT = "people"

OF_HOLDERS = ("each_holds", "equivalents", *OF_CERTIFICATES)
"""What can be asked only of somebody who has to hold something."""


class Suitable(PeopleHolding):
    """Who suits a role: as people_holding asks; or, by job roles alone, whoever has one.

    Where nothing else is asked for, the employment is the record that counts.
    """

    __slots__ = ()
    kind: ClassVar = "role_slot"

    @property
    def by_job_alone(self) -> bool:
        """Whether somebody who has the job role needs nothing else."""
        return not any(one.names_any for one in self.wanted)

    @property
    def families(self) -> frozenset[str]:
        """The families of facts that it looks at, beside employments."""
        return frozenset() if self.by_job_alone else super().families

    @classmethod
    def _check_named(cls, reader: Reader) -> None:
        named = reader.lists("each_holds") or any(name in reader for name in NAMING)
        by_job = "job_roles" in reader and not any(name in reader for name in OF_HOLDERS)
        if not named and not by_job:
            reader.problem_here(ProblemCode.NO_CERTIFICATES_NAMED)

    def _holdings(self, team: Team, wanted: Wanted) -> list[Holding]:
        if not self.by_job_alone:
            return super()._holdings(team, wanted)
        return [
            Holding(
                _as_certificate(one),
                team.service(one.person, self.working),
                Terms(),
                superseded_on=None,
                version_unknown=False,
            )
            for one in team.employments_in(self.working.job_roles)
        ]


@dataclass(frozen=True, slots=True)
class Role:
    """A role with its slots by level; slots of a badge, which is not used up, take anybody."""

    label: Label
    key: str
    needs: Mapping[str, int]
    suitable: Suitable
    uses_up: bool

    def need(self, level: str) -> int:
        """Return how many people a level needs, zero if it does not ask for the role."""
        return self.needs.get(level, 0)


@register
@dataclass(frozen=True, slots=True)
class RoleSlots:
    """Every slot of every role is filled, under the limits of what one person may do."""

    kind: ClassVar = "role_slots"
    unit: ClassVar = UNIT

    label: Label
    roles: tuple[Role, ...]

    @property
    def branches(self) -> tuple[Role, ...]:
        """The roles: all have labels."""
        return self.roles

    @classmethod
    def parse(cls, label: Label, reader: Reader) -> Self:
        """Return the criterion that a node describes; notes what is wrong with it."""
        return cls(label, tuple(_role(label, one) for one in reader.children("roles")))

    def asks(self, level: str) -> bool:
        """Return whether a level needs anybody."""
        return any(role.need(level) for role in self.roles)

    def measure(self, dossier: Dossier) -> "MeasuredSlots":
        """Return the criterion with everybody who suits its roles."""
        holders = tuple(role.suitable.holders(dossier) for role in self.roles)
        return MeasuredSlots(self, dossier, holders)


@dataclass(frozen=True, slots=True)
class MeasuredSlots:
    """Roles and who suits them (in the same order), for one partner."""

    criterion: RoleSlots
    dossier: Dossier
    holders: tuple[Holders, ...]

    def judge(self, level: str) -> Judgement | None:
        """Return the judgement for a level, None if the level is not asked."""
        if not self.criterion.asks(level):
            return None
        on, label = self.dossier.on, self.criterion.label
        outlook = self.dossier.seats.outlook(label.key, level, on)
        results = outlook.results.map(lambda one: one[0])

        def explain(day: date) -> Cause:
            return self._explain(self.holders, day, better=bool(rises(results, day)))

        now, changes_on = outlook.seating(on), results.changes_on
        finding = Finding(
            key=label.key,
            kind=label.kind,
            result=now.result,
            have=Decimal(now.have),
            need=Decimal(now.need),
            unit=label.unit,
            changes_on=changes_on,
            cause=None if changes_on is None else explain(changes_on),
            children=tuple(self._children(now, outlook)),
            gaps=now.gaps,
        )
        considered = earliest(*(one.changes_after(on) for one in self.holders))
        return Judgement(
            finding, results, outlook.changes_before(considered) or considered, explain
        )

    def _children(self, now: Seating, outlook: Outlook) -> Iterator[Finding]:
        both = zip(self.criterion.roles, self.holders, strict=True)
        known = {role.key: (role.label, holders) for role, holders in both}
        for number, placement in enumerate(now.roles):
            yield self._child(*known[placement.role], placement, outlook.of_role(number))

    def _child(
        self, label: Label, holders: Holders, now: Placement, results: Timeline[Result]
    ) -> Finding:
        changes_on, cause = results.changes_on, None
        if changes_on is not None:
            better = bool(rises(results, changes_on))
            cause = self._explain((holders, *self.holders), changes_on, better=better)
        counted, not_counted = _records(holders, now, self.dossier.on)
        return Finding(
            key=label.key,
            kind=label.kind,
            result=now.result,
            have=Decimal(now.have),
            need=Decimal(now.need),
            unit=label.unit,
            counted=counted,
            not_counted=not_counted,
            changes_on=changes_on,
            cause=cause,
        )

    def _explain(self, candidates: Sequence[Holders], day: date, *, better: bool) -> Cause:
        turns = (holders.turn(day, better=better) for holders in candidates)
        turn = next((one for one in turns if one is not None), None)
        return turn or self.dossier.seats.explain(day, better=better)


def _records(
    holders: Holders, placement: Placement, day: date
) -> tuple[tuple[Counted, ...], tuple[NotCounted, ...]]:
    """Return the records of those who fill the slots, in order, and why all others do not."""
    today = holders.snapshot(day)
    unplaced = {one.person: one for one in placement.unplaced}
    places = {person: number for number, person in enumerate(placement.people)}
    counted = sorted(
        (one for one in today.counted if one.person in places),
        key=lambda one: places[one.person or ""],
    )
    left_out = [
        NotCounted(one.record, person.person, person.reason, person.used_by)
        for one in today.counted
        if (person := unplaced.get(one.person or "")) is not None
    ]
    others = sorted([*today.not_counted, *left_out], key=lambda one: (one.person or "", one.record))
    return tuple(counted), tuple(others)


def _role(label: Label, reader: Reader) -> Role:
    key = reader.key("key", unique_as=f"role of {label.key}")
    own = Label(
        key=f"{label.key}.{key}",
        kind=Suitable.kind,
        unit=UNIT,
        text=reader.localized("text"),
        evidence=reader.localized("evidence", required=False),
        dimension=label.dimension,
    )
    suitable = Suitable.parse(own, reader)
    role = Role(
        label=own,
        key=key,
        needs=_needs(suitable.at_least, reader),
        suitable=suitable,
        uses_up=reader.flag("uses_up", default=True),
    )
    reader.notes.roles[key] = None
    _count(role, reader)
    reader.finish()
    return role


def _count(role: Role, reader: Reader) -> None:
    """Note the role with which there are more slots than can be decided at once."""
    notes = reader.notes
    before, notes.slots = notes.slots, notes.slots + max(role.needs.values(), default=0)
    if before <= MAX_SLOTS < notes.slots:
        params = {"limit": str(MAX_SLOTS), "unit": "slots"}
        reader.problem("at_least", ProblemCode.TOO_LARGE, **params)


def _needs(bar: Bar, reader: Reader) -> dict[str, int]:
    """Return the slots by level; there are as many as the document says, whatever the partner."""
    if bar.comparison is not Comparison.AT_LEAST:
        known = Comparison.AT_LEAST.value
        reader.problem(bar.comparison.value, ProblemCode.UNKNOWN_NAME, known=known)
    needs = {level: need for level, need in bar.needs.items() if isinstance(need, int)}
    if len(needs) < len(bar.needs):
        reader.problem("at_least", ProblemCode.NOT_POSITIVE)
    return needs


def _as_certificate(employment: Employment) -> Certificate:
    """Return an employment in the form in which everything that shows suitability is weighed."""
    return Certificate(employment.id, employment.person, "", employment.period)
