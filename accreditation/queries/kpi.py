"""How many partners hold an accreditation: today and on any past day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from accreditation.enums import ProgramKind
from accreditation.models import StandingChange
from accreditation.models.awards import HOLDING
from partners.enums import PartnerState
from partners.models import Partner


@dataclass(frozen=True, slots=True)
class HoldingShare:
    """The two counts of the figure: partners at a level, of all active partners."""

    holders: int
    active: int


def holding_share(on: date) -> HoldingShare:
    """Return how many partners held an accreditation at the end of a day, of those active then.

    Grace counts as held; tiers are commercial and never counted (decision 29).
    """
    active = Partner.objects.filter(
        Q(state=PartnerState.ACTIVE) | Q(ended_on__gt=on), joined_on__lte=on
    )
    latest = (
        StandingChange.objects.filter(on__lte=on, accreditation__partner__in=active)
        .exclude(accreditation__program__kind=ProgramKind.TIER)
        .order_by("accreditation_id", "-on", "-recorded_at", "-id")
        .distinct("accreditation_id")
        .values_list("accreditation__partner_id", "to_standing")
    )
    holders = {partner for partner, standing in latest if standing in HOLDING}
    return HoldingShare(holders=len(holders), active=active.count())
