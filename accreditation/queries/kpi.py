"""The figure that vendors steer by: active partners that hold an accreditation now.

A partner holds one while it stands at a level of any program, grace included. A commercial tier is
no accreditation.
"""

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
    """Return the rate as of now, of the partners in the actor's reach."""
    active = Partner.objects.visible_to(actor).filter(state=PartnerState.ACTIVE)
    held = Accreditation.objects.filter(standing__in=HOLDING, partner=OuterRef("pk"))
    accredited = Exists(held.exclude(program__kind=ProgramKind.TIER))
    return LevelRate(**active.aggregate(active=Count("pk"), holding=Count("pk", filter=accredited)))
