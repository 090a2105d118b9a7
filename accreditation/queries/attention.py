"""What a channel manager has to look at first: grace, risk, recent lapses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from django.db.models import (
    Case,
    DateField,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce

from accreditation.criteria.periods import earliest
from accreditation.criteria.verdicts import Cause
from accreditation.models import Accreditation, Evaluation
from accreditation.queries.standings import AT_RISK_DAYS, ProgramStanding, standings_of_all
from accreditation.standing import Standing
from partners.enums import PartnerState
from partners.models import Partner, Person
from partners.periods import last_day
from partners.rules import Actor

RECENT_DAYS = 30
MOST = 300
"""Accreditations looked at; the most urgent come first."""


class Urgency(StrEnum):
    """Why an accreditation needs attention, the most urgent first."""

    IN_GRACE = "in_grace"
    AT_RISK = "at_risk"
    LAPSED = "lapsed"


@dataclass(frozen=True, slots=True)
class Concern:
    """An accreditation that needs attention.

    ``day`` is inclusive: the last day of the grace, the last day on which the level is met, or is
    kept although it is met no more, or the day of the lapse. ``cause`` says what happens after the
    last day; ``person`` to whom. Without a cause, what is kept or renewed is lost, or another
    version asks more.
    """

    partner: Partner
    standing: ProgramStanding
    urgency: Urgency
    day: date
    cause: Cause | None = None
    person: str = ""


def concerns_of(actor: Actor, on: date) -> list[Concern]:
    """Return what needs attention among the active partners in the actor's reach, by urgency.

    Grace by its end, risks within 90 days by their day, lapses of the last 30 days newest first. A
    fixed number of statements.
    """
    candidates = list(_candidates(actor, on))
    partners = {one.partner_id: one.partner for one in candidates}
    standings = standings_of_all(partners.values(), on)
    pairs = {(one.partner_id, one.program_id) for one in candidates}
    found = [
        concern
        for partner in partners.values()
        for standing in standings[partner.pk]
        if (partner.pk, standing.program.program.pk) in pairs
        and (concern := _concern(partner, standing)) is not None
    ]
    return sorted(_named(found), key=_order)


def _candidates(actor: Actor, on: date) -> QuerySet[Accreditation]:
    newest = Evaluation.objects.filter(
        partner=OuterRef("partner"), program=OuterRef("program")
    ).order_by("-recorded_at", "-id")
    accreditations: QuerySet[Accreditation] = Accreditation.objects.filter(
        partner__in=Partner.objects.visible_to(actor).filter(state=PartnerState.ACTIVE)
    ).annotate(
        changes_on=Subquery(newest.values("changes_on")[:1], output_field=DateField()),
        met=Subquery(newest.values_list(KT("verdict__level"))[:1], output_field=TextField()),
    )
    horizon, recent = on + timedelta(days=AT_RISK_DAYS), on - timedelta(days=RECENT_DAYS)
    return (
        accreditations.filter(
            Q(standing=Standing.IN_GRACE)
            | Q(standing=Standing.ACCREDITED, changes_on__lte=horizon)
            # A renewal that would fail, or a version that comes and asks more.
            | Q(standing=Standing.ACCREDITED, lost_on__gt=on, lost_on__lte=horizon)
            # What is met no more is kept until a review, or until the award ends.
            | (Q(standing=Standing.ACCREDITED) & (Q(met=None) | ~Q(met=F("level__key"))))
            | Q(standing=Standing.LAPSED, standing_since__gte=recent)
        )
        .select_related("partner")
        .order_by(
            Case(When(standing=Standing.IN_GRACE, then=Value(0)), default=Value(1)),
            Coalesce("grace_ends_on", "changes_on", F("standing_since")),
            "pk",
        )[:MOST]
    )


def _concern(partner: Partner, standing: ProgramStanding) -> Concern | None:
    """Return why the standing needs attention; None if the change ahead leaves the level held."""
    accreditation = standing.accreditation
    assert accreditation is not None
    if accreditation.grace_ends_on is not None:
        return Concern(partner, standing, Urgency.IN_GRACE, last_day(accreditation.grace_ends_on))
    if standing.standing is Standing.LAPSED:
        return Concern(partner, standing, Urgency.LAPSED, accreditation.standing_since)
    lost_on = earliest(standing.falls_on, standing.taken_on, standing.lost_on)
    level, verdict = standing.level, standing.verdict
    if not standing.at_risk or lost_on is None or level is None or verdict is None:
        return None
    falls = standing.falls_on == lost_on
    cause = verdict.of(level.key).cause if falls else None
    return Concern(partner, standing, Urgency.AT_RISK, last_day(lost_on), cause)


def _named(concerns: Iterable[Concern]) -> Iterator[Concern]:
    chosen = list(concerns)
    people = {UUID(one.cause.person) for one in chosen if one.cause and one.cause.person}
    names = dict(Person.objects.filter(pk__in=people).values_list("pk", "name"))
    for one in chosen:
        person = one.cause.person if one.cause else None
        name = names.get(UUID(person), "") if person else ""
        yield Concern(one.partner, one.standing, one.urgency, one.day, one.cause, name)


def _order(concern: Concern) -> tuple[int, int, str]:
    days = concern.day.toordinal()
    newest_first = concern.urgency is Urgency.LAPSED
    rank = list(Urgency).index(concern.urgency)
    return rank, -days if newest_first else days, concern.partner.name
