"""The partner's home: what is held, what is at risk, and the one thing to do next."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accreditation.queries.standings import ProgramStanding, standings_of
from partners.periods import last_day
from partners.queries.notices import inbox
from partners.rules import Permission
from portal.look.notices import notice_lines
from portal.look.standings import StandingCard, card, title
from portal.partner.frame import PortalPage

RECENT = 6


class Home(PortalPage):
    """Standing at a glance."""

    permission = Permission.PORTAL_USE
    section = "home"
    template_name = "partner/home.html"

    def get(self, request: HttpRequest, partner: str) -> HttpResponse:
        """Show what the partner holds, in the order of urgency."""
        standings = standings_of(self.partner, self.today)
        held = sorted((one for one in standings if one.holds), key=_urgency)
        return self.page(
            headline=headline(held),
            lede=_lede(held),
            accreditations=[self._card(one) for one in held if not one.is_tier],
            tiers=[self._card(one) for one in held if one.is_tier],
            open_programs=[self._card(one) for one in standings if not one.holds],
            notices=notice_lines(inbox(self.actor)[:RECENT], self.notice_url),
        )

    def _card(self, standing: ProgramStanding) -> StandingCard:
        return card(standing, self.url("accreditation", standing.program.program.key))


def headline(held: Sequence[ProgramStanding]) -> str:
    """Return one sentence: how many designations are held, and how many are at risk."""
    if not held:
        return _("You hold no designation yet.")
    risky = sum(one.at_risk for one in held)
    holds = ngettext(
        "You hold %(count)d designation.", "You hold %(count)d designations.", len(held)
    ) % {"count": len(held)}
    if not risky:
        return _("%(holds)s All requirements are met for at least 90 days.") % {"holds": holds}
    return f"{holds} " + ngettext("%(count)d is at risk.", "%(count)d are at risk.", risky) % {
        "count": risky
    }


def _lede(held: Sequence[ProgramStanding]) -> str:
    """Return what happens first if nothing is done."""
    if not held:
        return _("Each program below says what is missing, person by person.")
    first = held[0]
    if first.accreditation and first.accreditation.grace_ends_on:
        return _("%(designation)s lapses after %(day)s unless every requirement is met again.") % {
            "designation": title(first),
            "day": date_format(last_day(first.accreditation.grace_ends_on), "DATE_FORMAT"),
        }
    if first.falls_on is not None:
        return _("%(designation)s meets every requirement through %(day)s.") % {
            "designation": title(first),
            "day": date_format(last_day(first.falls_on), "DATE_FORMAT"),
        }
    return _("Nothing that counts for your designations has an end date in sight.")


def _urgency(standing: ProgramStanding) -> tuple[bool, str, int]:
    grace = standing.accreditation.grace_ends_on if standing.accreditation else None
    first = grace or standing.falls_on
    return (first is None, first.isoformat() if first else "", standing.program.program.position)
