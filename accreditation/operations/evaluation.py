"""The road of one fact, from judgement to listing, for a batch of partners in one transaction."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from accreditation.criteria.facts import PartnerFacts
from accreditation.criteria.kinds.dossier import Phase
from accreditation.criteria.kinds.people.team import Team
from accreditation.criteria.periods import DAY, earliest
from accreditation.criteria.phases import phase_on
from accreditation.criteria.sharing import Sharing
from accreditation.criteria.verdicts import Outlook, Verdict, content_hash
from accreditation.foresight import foreseen
from accreditation.models import Accreditation, Award, Evaluation
from accreditation.operations.ledger import Ledger, Moment
from accreditation.operations.listings import publish_listings
from accreditation.operations.marks import mark_relatives
from accreditation.operations.standings import Case
from accreditation.queries.building import judging_order
from accreditation.queries.evaluations import Pair, latest_evaluations
from accreditation.queries.facts import facts_for
from accreditation.queries.facts.ahead import read_ahead, written_ahead
from accreditation.queries.facts.asked import families_asked
from accreditation.queries.facts.held import after_move, as_foreseen
from accreditation.queries.lives import first_loss, rules_ahead
from accreditation.queries.programs import InForce, takes_part_by_rule
from accreditation.queries.sharing import sharing_by_partner
from accreditation.queries.verdicts import NO_FACTS, judged
from accreditation.records import Written, records_judged
from partners.enums import PartnerState
from partners.models import Partner
from partners.queries.vendors import open_vendor
from partners.rules import Actor
from partners.tenancy.statements import written_once


@transaction.atomic
def evaluate(
    *,
    partner_ids: Sequence[UUID],
    programs: Sequence[InForce],
    coming: Sequence[InForce],
    on: date,
    by: Actor,
    now: datetime,
) -> dict[UUID, date]:
    """Judge partners in every program on a day and let standings, awards and listings follow.

    ``programs`` are those in force on the day, ``coming`` the versions that begin to judge later:
    what is foreseen takes each day by the rules in force then. Returns, for each partner that time
    alone can change, the first day on which it can. The caller holds the partners' rows locked.
    """
    partners = sorted(_partners(partner_ids), key=lambda one: one.pk)
    ledger = Ledger(Moment(on, now, by))
    # What is asked for is judged first, so that what builds on it sees what it has become.
    ordered = judging_order(programs)
    batch = _Batch.of(partners, ordered, coming, ledger)
    next_days: dict[UUID, date] = {}
    for partner in partners:
        if (day := earliest(*(batch.judge(partner, program) for program in ordered))) is not None:
            next_days[partner.pk] = day
    ledger.write()
    mark_relatives(batch.moved, [*ordered, *coming], on=on)
    publish_listings(partners=partners, now=now)
    return next_days


@dataclass(frozen=True, slots=True)
class _Batch:
    """What is known of the partners of a batch, by (partner, program), and what will be written."""

    facts: dict[UUID, PartnerFacts]
    teams: dict[UUID, Team]
    sharing: dict[UUID, Sharing]
    evaluations: dict[Pair, Evaluation]
    accreditations: dict[Pair, Accreditation]
    awards: dict[UUID, Award]
    award_prefix: str
    ledger: Ledger
    coming: Sequence[InForce]
    """Versions that begin to judge later, by their first day."""
    looks_ahead: bool
    """Whether any program asks for levels, and so for how long they are held."""
    written: Written = field(default_factory=Written)
    moved: set[UUID] = field(default_factory=set)
    """Partners that hold other levels than before, or for longer, or not as long."""

    @classmethod
    def of(
        cls,
        partners: Sequence[Partner],
        programs: Sequence[InForce],
        coming: Sequence[InForce],
        ledger: Ledger,
    ) -> _Batch:
        """Load the batch with a constant number of statements."""
        partner_ids = [one.pk for one in partners]
        # A partner that left the vendor's program proves nothing any more.
        active = {one.pk for one in partners if one.state == PartnerState.ACTIVE}
        asking = [*coming, *programs]
        asked = families_asked(one.rules for one in asking)
        facts = {
            pk: known if pk in active else NO_FACTS
            for pk, known in facts_for(partner_ids, asking, asked).items()
        }
        return cls(
            facts=facts,
            teams={pk: Team(known) for pk, known in facts.items()},
            sharing=sharing_by_partner(partners, programs, facts, ledger.moment.on),
            evaluations=latest_evaluations(partner_ids, with_verdicts=False),
            accreditations=_accreditations_of(partners, programs),
            awards={one.accreditation_id: one for one in _awards_in_force(partner_ids)},
            award_prefix=open_vendor().award_prefix,
            ledger=ledger,
            coming=coming,
            looks_ahead=any(one.rules.built_on for one in asking),
        )

    def judge(self, partner: Partner, program: InForce) -> date | None:
        """Judge one partner in one program; return the first later day on which time changes it."""
        pair = (partner.pk, program.program.pk)
        accreditation = self.accreditations.get(pair)
        if accreditation is None and not takes_part_by_rule(partner, program):
            return None
        facts, sharing = self.facts[partner.pk], self.sharing.get(partner.pk)
        team = self.teams[partner.pk]
        verdict = judged(program, facts, self.ledger.moment.on, sharing, team)
        case = Case(
            partner=partner,
            program=program,
            accreditation=accreditation,
            award=self.awards.get(accreditation.pk) if accreditation else None,
            evaluation=self._stored(partner, program, verdict, facts),
            verdict=verdict,
            award_prefix=self.award_prefix,
            ledger=self.ledger,
        )
        held, moves_on = accreditation and accreditation.level, case.follow()
        self._pass_on(case, moved=case.level != held)
        # From the day after, what was granted or renewed today is asked what keeps it, and what
        # was lost today what reaches it again.
        turned = case.award_is_new or (held is not None and case.level is None)
        again = turned and program.rules.asks_by_award
        asked_again = self.ledger.moment.on + DAY if again else None
        return earliest(verdict.review_on, moves_on, asked_again)

    def _pass_on(self, case: Case, *, moved: bool) -> None:
        """Let the programs still to be judged see what is held from now on, and until when."""
        pk, on, rules = case.partner.pk, self.ledger.moment.on, case.program.rules
        held = before = self.facts[pk].held_levels
        if moved:
            held = after_move(
                held,
                rules.program,
                level=case.level.key if case.level else None,
                award=case.award.pk if case.award else None,
                on=on,
            )
        path = self._foreseen(case)
        if self.looks_ahead:
            held = as_foreseen(held, rules.program, path)
        if set(held) != set(before):
            self.moved.add(pk)
            self.facts[pk] = replace(self.facts[pk], held_levels=held)

    def _foreseen(self, case: Case) -> tuple[Outlook, ...]:
        """Return the level held from today on by the rules of each day, and keep it if it is new.

        What other phases and versions ask is judged only if the award comes to be asked by them.
        """
        pk, on, program = case.partner.pk, self.ledger.moment.on, case.program
        facts, sharing, team = self.facts[pk], self.sharing.get(pk), self.teams[pk]
        today = phase_on(facts.terms, program.rules.program.key, on)

        def ask(version: InForce, day: date, phase: Phase) -> Verdict:
            if version is program and (phase is today or not program.rules.phased):
                return case.verdict
            return judged(version, facts, day, sharing, team, phase=phase)

        versions = [program, *(one for one in self.coming if one.program == program.program)]
        path = foreseen(case.position, rules_ahead(versions, ask, on), on, today)
        self._keep(case, path, first_loss(path, versions))
        return path

    def _keep(self, case: Case, path: tuple[Outlook, ...], lost_on: date | None) -> None:
        """Store what is foreseen, unless it is what was foreseen before."""
        accreditation = case.accreditation
        assert accreditation is not None, "who is judged takes part"
        before = read_ahead(accreditation.ahead)
        if before and (before[0].level, before[1:]) == (path[0].level, path[1:]):
            return
        accreditation.ahead = written_ahead(path)
        accreditation.lost_on = lost_on
        if case.is_known:
            self.ledger.foreseen.append(accreditation)

    def _stored(
        self, partner: Partner, program: InForce, verdict: Verdict, facts: PartnerFacts
    ) -> Evaluation:
        """Return the evaluation with this verdict: the last one if nothing in it changed."""
        last = self.evaluations.get((partner.pk, program.program.pk))
        records = records_judged(verdict, facts, self.written)
        found = (content_hash(verdict), program.version.pk, records)
        if last is not None and found == (last.content_hash, last.version_id, last.records):
            return last
        made = Evaluation(
            partner=partner,
            program=program.program,
            version=program.version,
            judged_on=self.ledger.moment.on,
            recorded_at=self.ledger.moment.now,
            verdict=verdict.to_json(),
            records=records,
            content_hash=found[0],
            changes_on=verdict.changes_on,
            review_on=verdict.review_on,
        )
        self.ledger.evaluations.append(made)
        return made


def _accreditations_of(
    partners: Iterable[Partner], programs: Sequence[InForce]
) -> dict[Pair, Accreditation]:
    """Return the standings of partners in programs, with what is known of both at hand."""
    by_id = {one.pk: one for one in partners}
    judging = {one.program.pk: one.program for one in programs}
    levels = {level.pk: level for one in programs for level in one.levels.values()}
    found: dict[Pair, Accreditation] = {}
    for one in _standings(by_id):
        if one.program_id in judging:
            one.partner, one.program = by_id[one.partner_id], judging[one.program_id]
            one.level = levels.get(one.level_id)
            found[one.partner_id, one.program_id] = one
    return found


@written_once
def _partners(partner_ids: Collection[UUID]) -> QuerySet[Any, Any]:
    return Partner.objects.filter(pk__in=partner_ids)


@written_once
def _standings(partner_ids: Collection[UUID]) -> QuerySet[Any, Any]:
    return Accreditation.objects.filter(partner__in=partner_ids)


@written_once
def _awards_in_force(partner_ids: Collection[UUID]) -> QuerySet[Any, Any]:
    return Award.objects.filter(accreditation__partner__in=partner_ids, ended_on=None)
