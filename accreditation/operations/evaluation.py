"""The road of one fact, from judgement to listing, for a batch of partners in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from accreditation.criteria.document import Enrollment
from accreditation.criteria.facts import PartnerFacts
from accreditation.criteria.judge import judge
from accreditation.criteria.periods import earliest
from accreditation.criteria.verdicts import Verdict, content_hash
from accreditation.models import Accreditation, Evaluation
from accreditation.operations.listings import publish_listings
from accreditation.operations.standings import Case, Moment
from accreditation.queries.evaluations import latest_evaluations
from accreditation.queries.facts import facts_for
from accreditation.queries.programs import InForce, programs_in_force
from partners.enums import PartnerState
from partners.models import Partner
from partners.rules import Actor

_NO_FACTS = PartnerFacts()


@dataclass(frozen=True, slots=True)
class _Known:
    """What is stored of the batch before it is judged."""

    facts: dict[UUID, PartnerFacts]
    evaluations: dict[tuple[UUID, UUID], Evaluation]
    accreditations: dict[tuple[UUID, UUID], Accreditation]


@transaction.atomic
def evaluate(
    *, partner_ids: Sequence[UUID], on: date, by: Actor, now: datetime
) -> dict[UUID, date]:
    """Judge partners in every program on a day and let standings, awards and listings follow.

    Returns, for each partner that time alone can change, the first day on which it can. The caller
    holds the partners' rows locked.
    """
    partners = list(
        Partner.objects.filter(pk__in=partner_ids).select_related("manager").order_by("pk")
    )
    programs = programs_in_force(on)
    known = _known(partner_ids)
    next_days: dict[UUID, date] = {}
    for partner in partners:
        days = [_judge_in(partner, program, known, Moment(on, now, by)) for program in programs]
        if (day := earliest(*days)) is not None:
            next_days[partner.pk] = day
    publish_listings(partners=partners, now=now)
    return next_days


def _known(partner_ids: Sequence[UUID]) -> _Known:
    return _Known(
        facts=facts_for(partner_ids),
        evaluations=latest_evaluations(partner_ids),
        accreditations={
            (one.partner_id, one.program_id): one
            for one in Accreditation.objects.filter(partner__in=partner_ids).select_related("level")
        },
    )


def _judge_in(partner: Partner, program: InForce, known: _Known, moment: Moment) -> date | None:
    """Judge one partner in one program; return the first later day on which time changes it."""
    pair = (partner.pk, program.program.pk)
    accreditation = known.accreditations.get(pair)
    if accreditation is None and not _takes_part(partner, program):
        return None
    # A partner that left the vendor's program proves nothing any more.
    active = partner.state == PartnerState.ACTIVE
    facts = known.facts[partner.pk] if active else _NO_FACTS
    verdict = judge(program.rules, facts, moment.on)
    evaluation = _store(partner, program, verdict, known.evaluations.get(pair), moment)
    case = Case(
        partner=partner,
        program=program,
        accreditation=accreditation,
        evaluation=evaluation,
        verdict=verdict,
        moment=moment,
    )
    return earliest(verdict.review_on, case.follow())


def _takes_part(partner: Partner, program: InForce) -> bool:
    """Return whether a partner without a standing is enrolled by rule."""
    return (
        partner.state == PartnerState.ACTIVE
        and program.rules.settings.enrollment is Enrollment.AUTOMATIC
    )


def _store(
    partner: Partner,
    program: InForce,
    verdict: Verdict,
    last: Evaluation | None,
    moment: Moment,
) -> Evaluation:
    """Return the evaluation that holds this verdict: the last one if nothing in it changed."""
    digest = content_hash(verdict)
    if last is not None and last.content_hash == digest and last.version_id == program.version.pk:
        return last
    made: Evaluation = Evaluation.objects.create(
        partner=partner,
        program=program.program,
        version=program.version,
        judged_on=moment.on,
        recorded_at=moment.now,
        verdict=verdict.to_json(),
        content_hash=digest,
        changes_on=verdict.changes_on,
        review_on=verdict.review_on,
    )
    return made
