"""The first page: what needs attention, the key figure, the latest notices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accreditation.kpi import Band
from accreditation.queries.attention import Concern, Urgency, concerns_of
from accreditation.queries.kpi import level_rate
from accreditation.wording.codes import cause_text
from partners.periods import end_after
from partners.queries.notices import inbox
from partners.rules import Permission
from portal.look.components import Chip, Tone
from portal.look.notices import notice_lines
from portal.look.standings import requirements_met, standing_chip, title
from portal.workspace.frame import ManagePage

MOST_ROWS = 25
RECENT_NOTICES = 6

BAND_CHIPS = {
    Band.EXEMPLARY: (Tone.OK, "trending-up"),
    Band.GOOD_STANDING: (Tone.INFO, "trending-up"),
    Band.ACTION_REQUIRED: (Tone.BAD, "trending-down"),
}


@dataclass(frozen=True, slots=True)
class ConcernRow:
    """One line of what needs attention, worded."""

    partner: str
    partner_language: str
    partner_url: str
    designation: str
    url: str
    chip: Chip
    why: str
    date_label: str
    day: date
    is_past: bool


class Dashboard(ManagePage):
    """What the visitor has to look at, within their reach."""

    permission = Permission.WORKSPACE_USE
    section = "dashboard"
    template_name = "workspace/dashboard.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show urgency first, then the figure and the notices."""
        concerns = concerns_of(self.actor, self.today)
        rate = level_rate(self.actor)
        return self.page(
            lede=_lede(concerns),
            rows=[_row(one) for one in concerns[:MOST_ROWS]],
            hidden=max(len(concerns) - MOST_ROWS, 0),
            tiles=_tiles(concerns),
            rate=rate,
            band=_band_chip(rate.band),
            managed_only=self.actor.managed_only,
            notices=notice_lines(inbox(self.actor)[:RECENT_NOTICES], self.notice_url),
            may_edit=self.may(Permission.PARTNER_EDIT),
        )


def _band_chip(band: Band | None) -> Chip:
    if band is None:
        return Chip(Tone.NEUTRAL, _("No data"), "circle-dashed")
    tone, icon = BAND_CHIPS[band]
    return Chip(tone, band.label, icon)


def _tiles(concerns: Sequence[Concern]) -> list[tuple[str, int, str]]:
    """Return (label, number, explanation) of each kind of concern."""
    count = {kind: sum(one.urgency is kind for one in concerns) for kind in Urgency}
    return [
        (_("In grace"), count[Urgency.IN_GRACE], _("Still public and valid")),
        (_("At risk"), count[Urgency.AT_RISK], _("Requirements end within 90 days")),
        (_("Lapsed"), count[Urgency.LAPSED], _("In the last 30 days")),
    ]


def _lede(concerns: Sequence[Concern]) -> str:
    """Return the result in one sentence."""
    ahead = [one for one in concerns if one.urgency is not Urgency.LAPSED]
    if not ahead:
        return _("No accreditation of your partners is in grace or at risk within 90 days.")
    first = ahead[0]
    many = ngettext(
        "%(count)d accreditation needs attention.",
        "%(count)d accreditations need attention.",
        len(ahead),
    ) % {"count": len(ahead)}
    return f"{many} " + _("First: %(partner)s, through %(day)s.") % {
        "partner": first.partner.name,
        "day": date_format(first.day, "DATE_FORMAT"),
    }


def _row(concern: Concern) -> ConcernRow:
    partner, standing = concern.partner, concern.standing
    return ConcernRow(
        partner=partner.name,
        partner_language=partner.name_language,
        partner_url=reverse("workspace:partner", args=[partner.slug]),
        designation=title(standing),
        url=reverse("workspace:accreditation", args=[partner.slug, standing.program.program.key]),
        chip=standing_chip(standing),
        why=_why(concern),
        date_label=_date_label(concern),
        day=concern.day,
        is_past=concern.urgency is Urgency.LAPSED,
    )


def _why(concern: Concern) -> str:
    if concern.urgency is Urgency.AT_RISK and concern.cause is not None:
        cause = cause_text(concern.cause.code, concern.person)
        return cause[:1].upper() + cause[1:] + "."
    if concern.urgency is Urgency.AT_RISK and concern.standing.lost_on == end_after(concern.day):
        return _("What its renewal or a version that comes asks is not met.")
    met, total = requirements_met(concern.standing)
    return ngettext(
        "%(met)d of %(total)d requirement met.", "%(met)d of %(total)d requirements met.", total
    ) % {"met": met, "total": total}


def _date_label(concern: Concern) -> str:
    if concern.urgency is Urgency.IN_GRACE:
        return _("Grace through")
    if concern.urgency is Urgency.LAPSED:
        return _("Lapsed on")
    return _("Met through") if concern.standing.falls_on else _("Kept through")
