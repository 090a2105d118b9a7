"""Counts behind the key figure, within somebody's reach and as of now."""

from __future__ import annotations

from django.db.models import Count, Exists, OuterRef

from accreditation.enums import ProgramKind
from accreditation.kpi import LevelRate
from accreditation.models import Accreditation
from accreditation.models.awards import HOLDING
from partners.enums import PartnerState
from partners.models import Partner
from partners.rules import Actor


def level_rate(actor: Actor) -> LevelRate:
    """Return how many active partners in the actor's reach hold an accreditation, grace included.

    A commercial tier is none.
    """
    held = Accreditation.objects.filter(partner=OuterRef("pk"), standing__in=HOLDING).exclude(
        program__kind=ProgramKind.TIER
    )
    active = Partner.objects.visible_to(actor).filter(state=PartnerState.ACTIVE)
    counts = active.aggregate(active=Count("pk"), holding=Count("pk", filter=Exists(held)))
    return LevelRate(**counts)
