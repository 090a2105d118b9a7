"""The figure that vendors steer by: active partners that hold an accreditation, now and then.

A partner holds one while it stands at a level of any program, grace included. A commercial tier is
no accreditation.
"""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from accreditation.enums import ProgramKind
from accreditation.kpi import LevelRate
from accreditation.models import Accreditation, StandingChange
from accreditation.models.awards import HOLDING
from partners.enums import PartnerState
from partners.models import Partner
from partners.rules import Actor


def level_rate(actor: Actor) -> LevelRate:
    """Return the rate as of now, of the partners in the actor's reach."""
    active = Partner.objects.visible_to(actor).filter(state=PartnerState.ACTIVE)
    return _rate(active, Accreditation.objects.filter(standing__in=HOLDING))


def level_rate_on(day: date) -> LevelRate:
    """Return the rate at the end of a past day, of all partners that were active then."""
    was_active = Q(state=PartnerState.ACTIVE) | Q(ended_on__gt=day)
    latest = (
        StandingChange.objects.filter(accreditation=OuterRef("pk"), on__lte=day)
        .order_by("-on", "-recorded_at", "-id")
        .values("to_standing")[:1]
    )
    held = Accreditation.objects.annotate(then=Subquery(latest)).filter(then__in=HOLDING)
    return _rate(Partner.objects.filter(was_active, joined_on__lte=day), held)


def _rate(active: QuerySet[Partner], held: QuerySet[Accreditation]) -> LevelRate:
    accredited = held.exclude(program__kind=ProgramKind.TIER).filter(partner=OuterRef("pk"))
    counts = active.aggregate(active=Count("pk"), holding=Count("pk", filter=Exists(accredited)))
    return LevelRate(**counts)
