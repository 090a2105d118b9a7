"""The published projection: rewritten with every evaluation, in its transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from accreditation.enums import ProgramKind
from accreditation.models import Award, Listing
from accreditation.queries.awards import last_valid_day
from accreditation.queries.programs import rules_of
from accreditation.search_text import searchable
from partners.enums import PartnerState
from partners.models import Location, Partner
from partners.tenancy.statements import written_once


def publish_listings(*, partners: Iterable[Partner], now: datetime) -> None:
    """List each partner that holds a public designation; take every other one off the directory."""
    chosen = list(partners)
    wanted = [one.pk for one in chosen]
    awards, locations = _awards(wanted), _locations(wanted)
    held: dict[UUID, Listing] = {one.partner_id: one for one in _listings(wanted)}
    for partner in chosen:
        listed = held.get(partner.pk)
        designations = awards[partner.pk] if partner.state == PartnerState.ACTIVE else []
        if not designations:
            if listed is not None:
                listed.delete()
            continue
        values = _values(partner, designations, locations[partner.pk])
        if listed is None:
            Listing.objects.create(partner=partner, listed_at=now, **values)
        elif any(getattr(listed, name) != value for name, value in values.items()):
            Listing.objects.filter(pk=listed.pk).update(**values)


def _values(
    partner: Partner, designations: list[dict[str, Any]], locations: list[dict[str, Any]]
) -> dict[str, Any]:
    return {
        "slug": partner.slug,
        "name": partner.name,
        "name_language": partner.name_language,
        "summary": partner.summary,
        "website": partner.website,
        "industries": partner.industries,
        "locations": locations,
        "designations": designations,
        "programs": sorted({one["program"] for one in designations}),
        "levels": sorted(f"{one['program']}:{one['level']}" for one in designations),
        "countries": sorted({one["country"] for one in locations}),
        "search": _search_text(partner, designations, locations),
        "weight": _weight(designations),
    }


def _search_text(
    partner: Partner, designations: list[dict[str, Any]], locations: list[dict[str, Any]]
) -> str:
    """Return what a visitor's words are looked up in; the name comes first, lists sort by it."""
    return searchable(
        partner.name,
        *(one["city"] for one in locations),
        *partner.industries,
        *partner.summary.values(),
        *(text for one in designations for text in one["designation"].values()),
    )


def _weight(designations: list[dict[str, Any]]) -> int:
    """Return the place in the list: accreditations before tiers, higher shares of levels first."""
    return sum(
        round(100 * one["rank"] / one["ranks"])
        for one in designations
        if one["kind"] != ProgramKind.TIER
    )


def _awards(partner_ids: list[UUID]) -> defaultdict[UUID, list[dict[str, Any]]]:
    found: defaultdict[UUID, list[dict[str, Any]]] = defaultdict(list)
    awards = (
        Award.objects.filter(
            accreditation__partner__in=partner_ids,
            accreditation__program__is_public=True,
            ended_on=None,
        )
        .select_related("level", "version", "accreditation__program")
        .defer("version__document")
        .order_by("accreditation__program__position", "number")
    )
    for award in awards:
        program = award.accreditation.program
        # Ranks as the award's own rules count them: newer rules may know other levels.
        levels = [one.key for one in rules_of(award.version).levels]
        until = last_valid_day(award)
        found[award.accreditation.partner_id].append(
            {
                "program": program.key,
                "kind": program.kind,
                "name": program.name,
                "level": award.level.key,
                "level_name": award.level.name,
                "rank": levels.index(award.level.key) + 1,
                "ranks": len(levels),
                "designation": award.level.designation,
                "since": award.granted_on.isoformat(),
                "until": until.isoformat() if until else None,
                "award": award.number,
            }
        )
    return found


def _locations(partner_ids: list[UUID]) -> defaultdict[UUID, list[dict[str, Any]]]:
    found: defaultdict[UUID, list[dict[str, Any]]] = defaultdict(list)
    for one in _location_rows(partner_ids):
        found[one.partner_id].append(
            {
                "city": one.city,
                "region": one.region,
                "country": one.country,
                "latitude": one.latitude,
                "longitude": one.longitude,
            }
        )
    return found


@written_once
def _listings(partner_ids: Collection[UUID]) -> QuerySet[Any, Any]:
    return Listing.objects.filter(partner__in=partner_ids)


@written_once
def _location_rows(partner_ids: Collection[UUID]) -> QuerySet[Any, Any]:
    return Location.objects.filter(partner__in=partner_ids).order_by("-is_head_office", "city")
