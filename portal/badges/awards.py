"""Awards as the public reads them: status, sentence, facts, and the badge."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from accreditation.enums import ProgramKind
from accreditation.queries.awards import PublicAward, PublicState
from accreditation.queries.catalog_names import names_for
from accreditation.queries.programs import rules_of
from accreditation.requirements import Requirement, asked_by
from partners.models import Vendor
from partners.texts import localized
from portal.badges.picture import Badge
from portal.look.components import Chip, SealSpec, Tone
from portal.look.seal import metal_for

_CHIPS: Mapping[PublicState, Chip] = {
    PublicState.VALID: Chip(Tone.OK, gettext_lazy("Valid"), "circle-check"),
    PublicState.REPLACED: Chip(Tone.INFO, gettext_lazy("Replaced"), "refresh-cw"),
    PublicState.LAPSED: Chip(Tone.BAD, gettext_lazy("Lapsed"), "circle-x"),
    PublicState.ENDED: Chip(Tone.BAD, gettext_lazy("Ended"), "circle-x"),
}
_FOOTERS: Mapping[PublicState, Promise] = {
    PublicState.VALID: gettext_lazy("Valid · %(number)s"),
    PublicState.LAPSED: gettext_lazy("No longer valid · %(number)s"),
    PublicState.ENDED: gettext_lazy("No longer valid · %(number)s"),
}


@dataclass(frozen=True, slots=True)
class Successor:
    """The award that took the place of the one shown."""

    designation: str
    number: str
    url: str


@dataclass(frozen=True, slots=True)
class AwardCard:
    """An award in words, for its page."""

    state: PublicState
    chip: Chip
    seal: SealSpec
    partner: str
    partner_language: str
    partner_url: str
    designation: str
    program: str
    program_url: str
    kind: str
    level: str
    is_tier: bool
    since: date
    until: date | None
    number: str
    url: str
    picture_url: str
    rules_number: int
    rules_since: date | None
    requirements: Sequence[Requirement]
    below: str
    successor: Successor | None

    @property
    def is_valid(self) -> bool:
        """Return whether the award is valid now."""
        return self.state is PublicState.VALID

    @property
    def is_replaced(self) -> bool:
        """Return whether another award of the same accreditation is in force."""
        return self.state is PublicState.REPLACED

    @property
    def is_lapsed(self) -> bool:
        """Return whether the award lapsed."""
        return self.state is PublicState.LAPSED


def card_of(one: PublicAward) -> AwardCard:
    """Return an award as its page shows it, in the language of the moment."""
    award, program = one.award, one.award.accreditation.program
    rules = rules_of(award.version)
    asks = asked_by(rules, award.level.key, names_for(rules))
    slug = one.partner.slug
    return AwardCard(
        state=one.state,
        chip=_CHIPS[one.state],
        seal=_seal(one),
        partner=one.partner.name,
        partner_language=one.partner.name_language,
        partner_url=reverse("directory:partner", args=[slug]) if one.is_listed else "",
        designation=localized(award.level.designation),
        program=localized(program.name),
        program_url=reverse("directory:program", args=[program.key]),
        kind=str(ProgramKind(program.kind).label),
        level=localized(award.level.name),
        is_tier=program.kind == ProgramKind.TIER,
        since=award.granted_on,
        until=one.until,
        number=award.number,
        url=reverse("badges:award", args=[award.number]),
        picture_url=reverse("badges:picture", args=[award.number]),
        rules_number=award.version.number,
        rules_since=award.version.effective_on,
        requirements=asks.further if asks else (),
        below=localized(asks.below.designation) if asks and asks.below else "",
        successor=_successor(one),
    )


def badge_of(one: PublicAward, vendor: Vendor) -> Badge:
    """Return what the picture of an award says, in the language of the moment."""
    award, program = one.award, one.award.accreditation.program
    designation, partner = localized(award.level.designation), one.partner.name
    footer = str(_FOOTERS[one.state]) % {"number": award.number}
    words = {"designation": designation, "partner": partner, "vendor": vendor.name}
    return Badge(
        title=_("%(designation)s: %(partner)s. Awarded by %(vendor)s.") % words + f" {footer}",
        language=vendor.language,
        heading=f"{vendor.name} · {ProgramKind(program.kind).label}",
        designation=designation,
        partner=partner,
        partner_language=one.partner.name_language,
        footer=footer,
        is_valid=one.is_valid,
        seal=_seal(one),
        color=vendor.brand_color,
    )


def checked_at(now: datetime, vendor: Vendor) -> str:
    """Return a moment with its zone, as it is called in the vendor's time zone."""
    local = now.astimezone(ZoneInfo(vendor.time_zone))
    zone = local.tzname() or ""
    # Zones without a name of their own are called by their distance ("-03").
    called = f"UTC{zone}" if zone.startswith(("+", "-")) else zone
    # Translators: a short date for tables in the syntax of Django's date filter.
    day = date_format(local, pgettext("date format", "j M Y"))
    return f"{day}, {date_format(local, 'H:i')} {called}"


def _seal(one: PublicAward) -> SealSpec:
    level = one.award.level.key
    levels = [each.key for each in rules_of(one.award.version).levels]
    kind = one.award.accreditation.program.kind
    return SealSpec(
        kind, levels.index(level) + 1, len(levels), held=one.is_valid, metal=metal_for(level)
    )


def _successor(one: PublicAward) -> Successor | None:
    if one.successor is None:
        return None
    number = one.successor.number
    return Successor(
        designation=localized(one.successor.level.designation),
        number=number,
        url=reverse("badges:award", args=[number]),
    )
