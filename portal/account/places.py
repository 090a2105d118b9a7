"""Where a member goes in."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import get_script_prefix, reverse
from django.utils.translation import gettext as _

from partners.models import Partner, User
from partners.queries.access import Door, doors


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the chooser."""

    name: str
    detail: str
    url: str


def entries_of(user: User) -> list[Entry]:
    """Return where the user may go in; asked outside every vendor."""
    entries = [_entry(door) for door in doors(user)]
    if user.is_operator:
        entries.append(Entry(_("Platform"), _("Operator"), reverse("operator")))
    return entries


def surface_of(partner: Partner | None) -> str:
    """Return the first page of a member, below the vendor: of a partner's, or the vendor's own."""
    return "manage/" if partner is None else f"portal/{partner.slug}/"


def _entry(door: Door) -> Entry:
    return Entry(
        name=door.partner.name if door.partner else door.vendor.name,
        detail=_("%(role)s in the program of %(vendor)s")
        % {"role": door.role.label, "vendor": door.vendor.name}
        if door.partner
        else str(door.role.label),
        url=f"{get_script_prefix()}v/{door.vendor.slug}/{surface_of(door.partner)}",
    )
