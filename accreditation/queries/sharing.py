"""What competes for a partner's people: its programs with slots, and what their awards decided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from accreditation.criteria.document import Rules
from accreditation.criteria.facts import PartnerFacts
from accreditation.criteria.sharing import Entrant, Sharing, earlier_seats
from accreditation.models import Accreditation, Award, Evaluation
from accreditation.queries.evaluations import Pair, verdict_of
from accreditation.queries.programs import InForce, programs_in_force, takes_part_by_rule
from partners.models import Partner


def sharing_by_partner(
    partners: Sequence[Partner],
    programs: Iterable[InForce],
    facts: Mapping[UUID, PartnerFacts],
    on: date,
) -> dict[UUID, Sharing]:
    """Return what competes for each partner's people on a day, awards as they were then.

    Three statements, whatever the number of partners; none, and an empty answer, where no program
    has slots.
    """
    asking = [one for one in programs if one.rules.roles]
    if not asking:
        return {}
    known = _Known.of(partners, asking, on)
    return {
        partner.pk: Sharing(
            (known.entrant(partner, one) for one in asking if known.takes_part(partner, one)),
            facts[partner.pk],
            on,
        )
        for partner in partners
    }


def sharing_for(
    partner: Partner,
    program: InForce,
    facts: PartnerFacts,
    on: date,
    ahead: Sequence[InForce] = (),
) -> Sharing | None:
    """Return what competes with a program for a partner's people; None: it has no slots.

    ``ahead`` are versions of it that come into force later and are asked as well.
    """
    versions = [one for one in (program, *ahead) if one.rules.roles]
    if not versions:
        return None
    pooled = any(one.rules.people.pool for one in versions)
    rivals = programs_in_force(on) if pooled else [program]
    return sharing_by_partner([partner], rivals, {partner.pk: facts}, on).get(partner.pk)


@dataclass(frozen=True, slots=True)
class _Held:
    """One award: of which level, from when until when, on which evaluation it rests."""

    level: str
    granted_on: date
    ended_on: date | None
    evaluation: UUID


@dataclass(frozen=True, slots=True)
class _Known:
    """Which partners take part in which programs, and the awards up to a day, the oldest first."""

    enrolled: set[Pair]
    awards: dict[Pair, list[_Held]] = field(default_factory=dict)
    evaluations: dict[UUID, Evaluation] = field(default_factory=dict)

    @classmethod
    def of(cls, partners: Sequence[Partner], programs: Sequence[InForce], on: date) -> _Known:
        held = Accreditation.objects.filter(
            partner__in=[one.pk for one in partners],
            program__in=[one.program.pk for one in programs],
        )
        accreditations = {one.pk: (one.partner_id, one.program_id) for one in held}
        rows = (
            Award.objects.filter(accreditation__in=accreditations, granted_on__lte=on)
            .order_by("granted_on", "pk")
            .values_list(
                "accreditation_id", "level__key", "granted_on", "ended_on", "evaluation_id"
            )
        )
        awards: defaultdict[Pair, list[_Held]] = defaultdict(list)
        for accreditation, level, granted_on, ended_on, evaluation in rows:
            awards[accreditations[accreditation]].append(
                _Held(level, granted_on, ended_on, evaluation)
            )
        # What ended before the day, or on it, holds nobody.
        in_force = {
            pair: mine
            for pair, mine in awards.items()
            if mine[-1].ended_on is None or mine[-1].ended_on > on
        }
        resting_on = {mine[-1].evaluation for mine in in_force.values()}
        return cls(
            enrolled=set(accreditations.values()),
            awards=in_force,
            evaluations=Evaluation.objects.in_bulk(resting_on),
        )

    def takes_part(self, partner: Partner, program: InForce) -> bool:
        """Return whether a partner is in a program, or would be when it is judged next."""
        enrolled = (partner.pk, program.program.pk) in self.enrolled
        return enrolled or takes_part_by_rule(partner, program)

    def entrant(self, partner: Partner, program: InForce) -> Entrant:
        """Return a program with what the partner's award in force decided, if there is one."""
        awards = self.awards.get((partner.pk, program.program.pk))
        if not awards:
            return Entrant(program.rules)
        latest = awards[-1]
        verdict = verdict_of(self.evaluations[latest.evaluation])
        return Entrant(
            program.rules,
            awarded_on=_awarded_on(program.rules, awards),
            earlier=earlier_seats(program.rules, verdict, latest.level),
        )


def _awarded_on(rules: Rules, awards: Sequence[_Held]) -> dict[str, date]:
    """Return since when awards hold each level without a gap; a level holds those below it too."""
    ranks = {level.key: level.rank for level in rules.levels}
    found: dict[str, date] = {}
    for level in rules.levels:
        until: date | None = None
        for award in reversed(awards):
            rank = ranks.get(award.level, 0)
            holds = rank >= level.rank if rules.settings.nested_levels else rank == level.rank
            if not holds or (until is not None and award.ended_on != until):
                break
            found[level.key] = until = award.granted_on
    return found
