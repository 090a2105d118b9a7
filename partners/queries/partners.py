"""Asks about partners."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from partners.enums import PartnerState
from partners.models import Employment, Location, Partner
from partners.queries.people import at_work
from partners.rules import Actor

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class PartnerRow:
    """One line of the list of partners; ``people`` counts those who count there that day."""

    id: UUID
    slug: str
    name: str
    state: PartnerState
    joined_on: date
    external_id: str
    manager: str
    people: int


def partners_page(
    actor: Actor,
    *,
    on: date,
    search: str = "",
    state: PartnerState | None = None,
    page: int | str = 1,
    size: int = PAGE_SIZE,
) -> Page[PartnerRow]:
    """Return one page of the partners in the actor's reach, by name.

    ``search`` looks into name, slug and external id. A page that does not exist becomes the
    nearest that does.
    """
    found = partners_matching(actor, search=search, state=state)
    rows = found.annotate(people=_people_on(on)).select_related("manager__user")
    shown: Page[Any] = Paginator(rows.order_by("name", "pk"), size).get_page(page)
    shown.object_list = [_row(partner) for partner in shown.object_list]
    return shown


def partners_matching(
    actor: Actor, *, search: str = "", state: PartnerState | None = None
) -> QuerySet[Partner]:
    """Return the partners in the actor's reach; ``search`` as for ``partners_page``."""
    found: QuerySet[Partner] = Partner.objects.visible_to(actor)
    if search.strip():
        text = search.strip()
        found = found.filter(
            Q(name__icontains=text) | Q(slug__icontains=text) | Q(external_id__icontains=text)
        )
    return found if state is None else found.filter(state=state)


def partner_choices(actor: Actor) -> list[tuple[UUID, str]]:
    """Return (id, name) of the partners in the actor's reach that have not ended, by name."""
    open_ones = Partner.objects.visible_to(actor).exclude(state=PartnerState.ENDED)
    return list(open_ones.order_by("name").values_list("pk", "name"))


def partner_by_slug(actor: Actor, slug: str) -> Partner:
    """Return the partner in the actor's reach.

    :raises Partner.DoesNotExist: also for a partner that is there but out of reach.
    """
    found: Partner = Partner.objects.visible_to(actor).select_related("parent").get(slug=slug)
    return found


def locations_of(partner: Partner) -> list[Location]:
    """Return where the partner works, the head office first."""
    places = Location.objects.filter(partner=partner)
    return list(places.order_by("-is_head_office", "country", "city"))


def _people_on(day: date) -> Coalesce:
    counting = at_work(Employment.objects.filter(partner=OuterRef("pk"), counts=True), day)
    number = counting.values("partner").annotate(number=Count("person", distinct=True))
    return Coalesce(Subquery(number.values("number")), Value(0))


def _row(partner: Partner) -> PartnerRow:
    manager = partner.manager
    return PartnerRow(
        id=partner.pk,
        slug=partner.slug,
        name=partner.name,
        state=PartnerState(partner.state),
        joined_on=partner.joined_on,
        external_id=partner.external_id,
        manager="" if manager is None else manager.user.get_full_name(),
        people=partner.people,  # type: ignore[attr-defined]
    )
