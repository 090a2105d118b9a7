"""Listings as pages show them: worded, with their pictures and addresses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accreditation.enums import ProgramKind
from accreditation.models import Listing
from partners.countries import country_name
from partners.texts import language_of, localized
from portal.look.components import SealSpec
from portal.look.seal import metal_for


@dataclass(frozen=True, slots=True)
class Designation:
    """A designation that a partner holds; ``until`` is its last valid day, None has no end."""

    text: str
    program: str
    program_url: str
    seal: SealSpec
    since: date
    until: date | None
    number: str
    url: str
    is_tier: bool


@dataclass(frozen=True, slots=True)
class PartnerCard:
    """A listed partner. Tiers are commercial and kept apart from what was earned."""

    name: str
    name_language: str
    url: str
    place: str
    places: Sequence[str]
    countries: Sequence[str]
    summary: str
    summary_language: str
    industries: Sequence[str]
    website: str
    website_host: str
    designations: Sequence[Designation]
    tiers: Sequence[Designation]


def card_of(listing: Listing) -> PartnerCard:
    """Return a listing as the list and the profile show it."""
    held = [_designation(one) for one in listing.designations]
    places = [_place(one) for one in listing.locations]
    return PartnerCard(
        name=listing.name,
        name_language=listing.name_language,
        url=reverse("directory:partner", args=[listing.slug]),
        place=_first_of(places),
        places=places,
        countries=[country_name(code) for code in listing.countries],
        summary=localized(listing.summary),
        summary_language=language_of(listing.summary),
        industries=listing.industries,
        website=listing.website,
        website_host=urlsplit(listing.website).netloc.removeprefix("www."),
        designations=[one for one in held if not one.is_tier],
        tiers=[one for one in held if one.is_tier],
    )


def _designation(one: Mapping[str, Any]) -> Designation:
    return Designation(
        text=localized(one["designation"]),
        program=localized(one["name"]),
        program_url=reverse("directory:program", args=[one["program"]]),
        seal=SealSpec(one["kind"], one["rank"], one["ranks"], metal=metal_for(one["level"])),
        since=date.fromisoformat(one["since"]),
        until=date.fromisoformat(one["until"]) if one["until"] else None,
        number=one["award"],
        url=reverse("badges:award", args=[one["award"]]),
        is_tier=one["kind"] == ProgramKind.TIER,
    )


def _place(location: Mapping[str, Any]) -> str:
    return _("%(city)s, %(country)s") % {
        "city": location["city"],
        "country": country_name(location["country"]),
    }


def _first_of(places: Sequence[str]) -> str:
    """Return the head office, and how many more places there are."""
    if len(places) < 2:
        return "".join(places)
    more = len(places) - 1
    others = ngettext("%(count)d more location", "%(count)d more locations", more)
    return f"{places[0]} · {others % {'count': more}}"
