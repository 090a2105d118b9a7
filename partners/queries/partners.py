"""Asks about partners."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from partners.enums import PartnerState
from partners.models import Location, Partner
from partners.rules import Actor


def partners_matching(
    actor: Actor, *, search: str = "", state: PartnerState | None = None
) -> QuerySet[Partner]:
    """Return the partners in the actor's reach.

    ``search`` looks into name, slug and external id.
    """
    found: QuerySet[Partner] = Partner.objects.visible_to(actor)
    if search.strip():
        text = search.strip()
        found = found.filter(
            Q(name__icontains=text) | Q(slug__icontains=text) | Q(external_id__icontains=text)
        )
    return found if state is None else found.filter(state=state)


def locations_of(partner: Partner) -> list[Location]:
    """Return where the partner works, the head office first."""
    places = Location.objects.filter(partner=partner)
    return list(places.order_by("-is_head_office", "country", "city"))
