"""Facts as they would be, carried through the programs that build on each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from itertools import groupby
from uuid import UUID

from accreditation.criteria.building import Node
from accreditation.criteria.facts import PartnerFacts
from accreditation.criteria.kinds.dossier import Phase
from accreditation.criteria.phases import phase_on
from accreditation.criteria.records import Kin
from accreditation.criteria.sharing import Sharing
from accreditation.criteria.verdicts import Outlook, Verdict
from accreditation.foresight import Lived, Position, foreseen, held_on, lived
from accreditation.queries.building import judging_order
from accreditation.queries.facts.ahead import HolderProgram, positions_of
from accreditation.queries.facts.held import as_foreseen
from accreditation.queries.lives import rules_ahead
from accreditation.queries.programs import (
    InForce,
    by_program,
    programs_in_force,
    takes_part_by_rule,
    versions_ahead,
)
from accreditation.queries.sharing import sharing_by_partner
from accreditation.queries.verdicts import judged
from partners.models import Partner

Known = dict[UUID, PartnerFacts]
"""What is known, or would be, of each partner."""


@dataclass(frozen=True, slots=True)
class Chain:
    """Programs in the order in which they are judged, and where some partners stand in them today.

    ``kin`` says how these partners are related, by who looks and who is seen. ``known`` is what is
    so: where a level is not held any more in what would be, it is taken to be gone. ``coming`` are
    versions that begin to judge later, by the key of their program.
    """

    partners: Sequence[Partner]
    programs: Sequence[InForce]
    today: date
    known: Mapping[UUID, PartnerFacts]
    places: Mapping[HolderProgram, Position]
    sharing: Mapping[UUID, Sharing]
    kin: Mapping[UUID, Mapping[UUID, Kin]]
    coming: Mapping[str, tuple[InForce, ...]]

    @classmethod
    def of(
        cls,
        partners: Sequence[Partner],
        programs: Iterable[InForce],
        known: Mapping[UUID, PartnerFacts],
        today: date,
        *,
        kin: Mapping[UUID, Mapping[UUID, Kin]] | None = None,
        coming: Iterable[InForce] = (),
    ) -> Chain:
        """Load what decides beside the facts, in a constant number of statements."""
        order = judging_order(list(programs))
        keys = [one.rules.program.key for one in order]
        return cls(
            partners=partners,
            programs=order,
            today=today,
            known=known,
            places=positions_of([one.pk for one in partners], keys) if order else {},
            sharing=sharing_by_partner(partners, order, known, today) if order else {},
            kin=kin or {},
            coming=by_program(coming),
        )

    def carried(self, facts: Mapping[UUID, PartnerFacts]) -> Known:
        """Return facts with the levels that would be held, from today on, because of them."""
        found = dict(facts)
        for program in self.programs:
            for partner in self.partners:
                self._carry(partner, program, found)
        return found

    def judged(self, partner: Partner, program: InForce, facts: PartnerFacts, on: date) -> Verdict:
        """Return what a program says about a partner's facts on a day."""
        return judged(program, facts, on, self.sharing.get(partner.pk))

    def _carry(self, partner: Partner, program: InForce, found: Known) -> None:
        """Let everybody see what one partner would hold in one program."""
        rules, pk = program.rules, partner.pk
        position = self.places.get((pk, rules.program.key))
        if position is None and not takes_part_by_rule(partner, program):
            return
        if _holds(self.known[pk], rules.program.key) and not _holds(found[pk], rules.program.key):
            return
        path = self._foreseen(partner, program, found[pk], position or Position())
        own = as_foreseen(found[pk].held_levels, rules.program, path)
        found[pk] = replace(found[pk], held_levels=own)
        for other, seen in self.kin.items():
            if pk in seen and other in found:
                levels = as_foreseen(
                    found[other].held_levels,
                    rules.program,
                    path,
                    kin=seen[pk],
                    holder=str(pk),
                )
                found[other] = replace(found[other], held_levels=levels)

    def _foreseen(
        self, partner: Partner, program: InForce, facts: PartnerFacts, position: Position
    ) -> tuple[Outlook, ...]:
        """Return the level that a partner would hold in a program from each day on."""
        sharing, key = self.sharing.get(partner.pk), program.rules.program.key

        def ask(version: InForce, on: date, phase: Phase) -> Verdict:
            return judged(version, facts, on, sharing, phase=phase)

        ahead = rules_ahead([program, *self.coming.get(key, ())], ask, self.today)
        return foreseen(position, ahead, self.today, phase_on(facts.terms, key, self.today))


@dataclass(frozen=True)
class Asking:
    """Asks one program about one partner, through the programs that it builds on.

    ``ahead`` are versions that take its place on later days, in order: each day is judged by what
    is in force then, and by what the award of that day calls for. ``position`` is where the partner
    stands today, if the caller knows.
    """

    partner: Partner
    program: InForce
    facts: PartnerFacts
    sharing: Sharing | None
    below: Chain
    ahead: tuple[InForce, ...] = ()
    position: Position | None = None
    _lives: dict[int, Life] = field(default_factory=dict, compare=False)

    @classmethod
    def of(
        cls,
        partner: Partner,
        program: InForce,
        facts: PartnerFacts,
        today: date,
        sharing: Sharing | None,
        *,
        ahead: Sequence[InForce] = (),
        position: Position | None = None,
    ) -> Asking:
        """Load where the partner stands in the program and in those below, if it builds on any."""
        builds = any(one.rules.built_on for one in (program, *ahead))
        programs = programs_in_force(today) if builds else []
        coming = versions_ahead(today) if builds else []
        lower = {
            each.program.key: each
            for one in (program, *ahead)
            for each in built_below(one, programs)
        }
        known = {partner.pk: facts}
        below = Chain.of([partner], lower.values(), known, today, coming=coming)
        return cls(partner, program, facts, sharing, below, tuple(ahead), position)

    def in_force(self, on: date) -> InForce:
        """Return the version that judges on a day."""
        come = (one for one in reversed(self.ahead) if (one.version.effective_on or on) <= on)
        return next(come, self.program)

    def __call__(self, facts: PartnerFacts, on: date) -> Verdict:
        """Return what follows on a day from the facts as they are, or as they would be."""
        life = self._life(facts)
        return self._judged(self.in_force(on), life.facts, on, life.phase_on(on))

    @property
    def replaced_on(self) -> list[date]:
        """Return the later days on which other versions come into force."""
        begins = (one.version.effective_on for one in self.ahead)
        return [day for day in begins if day is not None]

    @property
    def phased(self) -> bool:
        """Return whether something is asked by the award on any day."""
        return any(one.rules.phased for one in (self.program, *self.ahead))

    def phases(self, facts: PartnerFacts) -> list[tuple[date, Phase]]:
        """Return what is asked by the award from which day on, in order."""
        groups = groupby(self._life(facts).days if self.phased else (), key=lambda one: one.phase)
        return [(next(days).day, phase) for phase, days in groups]

    def held(self) -> tuple[Outlook, ...]:
        """Return the level that is held from each day on, today first, if no new fact comes."""
        return held_on(self._life(self.facts).days)

    def lower(self, key: str) -> Asking | None:
        """Return the same about one of the programs below, None if there is none of this key."""
        program = next((one for one in self.below.programs if one.program.key == key), None)
        if program is None:
            return None
        sharing = self.below.sharing.get(self.partner.pk)
        coming = self.below.coming.get(key, ())
        return Asking(self.partner, program, self.facts, sharing, self.below, coming)

    def behind(self) -> list[Verdict]:
        """Return today's verdicts of the programs below."""
        return [
            self.below.judged(self.partner, one, self.facts, self.below.today)
            for one in self.below.programs
        ]

    def _judged(self, version: InForce, facts: PartnerFacts, on: date, phase: Phase) -> Verdict:
        return judged(version, facts, on, self.sharing, phase=phase)

    @cached_property
    def _position(self) -> Position:
        """Where the partner stands today."""
        pair = self.partner.pk, self.program.rules.program.key
        if self.position is not None:
            return self.position
        known = self.below.places.get(pair) or positions_of([pair[0]], [pair[1]]).get(pair)
        return known or Position()

    def _life(self, facts: PartnerFacts) -> Life:
        """Return what becomes of the award with these facts, from today on; followed once."""
        known = self._lives.get(id(facts))
        if known is None or known.given is not facts:
            known = self._lives[id(facts)] = self._followed(facts)
        return known

    def _followed(self, facts: PartnerFacts) -> Life:
        carried = facts
        if facts is not self.facts:
            carried = self.below.carried({self.partner.pk: facts})[self.partner.pk]
        today, key = self.below.today, self.program.rules.program.key
        phase = phase_on(facts.terms, key, today)
        if not self.phased and facts is not self.facts:
            return Life(facts, carried, phase, ())

        def ask(version: InForce, on: date, phase: Phase) -> Verdict:
            return self._judged(version, carried, on, phase)

        ahead = rules_ahead((self.program, *self.ahead), ask, today)
        return Life(facts, carried, phase, tuple(lived(self._position, ahead, today, phase)))


@dataclass(frozen=True, slots=True)
class Life:
    """What becomes of an award if there were some facts: as they are given, and as carried.

    ``phase`` is what is asked today. ``days`` are left out where nothing is asked by the award.
    """

    given: PartnerFacts
    facts: PartnerFacts
    phase: Phase
    days: tuple[Lived, ...]

    def phase_on(self, day: date) -> Phase:
        """Return what is asked on a day."""
        begun = (one.phase for one in reversed(self.days) if one.day <= day)
        return next(begun, self.phase)


def built_below(program: InForce, programs: Iterable[InForce]) -> list[InForce]:
    """Return the other programs that one builds on, itself or through others."""
    others = {one.rules.program.key: one for one in programs if one.program != program.program}
    found: dict[str, InForce] = {}
    asking: list[Node] = [program.rules.node()]
    while asking:
        node = asking.pop()
        for key, one in others.items():
            lower = one.rules.node()
            if key not in found and any(asked.means(lower) for asked in node.built_on):
                found[key] = one
                asking.append(lower)
    return list(found.values())


def _holds(facts: PartnerFacts, program: str) -> bool:
    """Return whether a partner itself holds a level of a program that no record ends."""
    return any(
        one.program == program and one.kin is Kin.SELF and (one.foreseen or one.period.end is None)
        for one in facts.held_levels
    )
