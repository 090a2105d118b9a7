"""The partner's accreditations: the list, and one explained record by record."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from accreditation.queries.standings import standings_of
from partners.rules import Permission
from portal.look.components import Crumb
from portal.look.embed import Embed, embed_of
from portal.look.explained import ProgramOfPartner
from portal.look.standings import card, title
from portal.partner.frame import PortalPage


class Accreditations(PortalPage):
    """Every program, with where the partner stands in it."""

    permission = Permission.ACCREDITATION_VIEW
    section = "accreditations"
    template_name = "partner/accreditations.html"

    def get(self, request: HttpRequest, partner: str) -> HttpResponse:
        """Show accreditations and tiers apart."""
        cards = [
            (one.is_tier, card(one, self.url("accreditation", one.program.program.key)))
            for one in standings_of(self.partner, self.today)
        ]
        return self.page(
            accreditations=[one for is_tier, one in cards if not is_tier],
            tiers=[one for is_tier, one in cards if is_tier],
        )


class AccreditationDetail(ProgramOfPartner, PortalPage):
    """One program: what is met and missing, which records count and why not the others."""

    permission = Permission.ACCREDITATION_VIEW
    section = "accreditations"
    template_name = "partner/accreditation.html"

    def get(self, request: HttpRequest, partner: str, program: str) -> HttpResponse:
        """Show the level asked for, by default the next one to reach."""
        return self.page(
            trail=[
                Crumb(_("Accreditations"), self.url("accreditations")),
                Crumb(self.header.title),
            ],
            embed=self._embed(),
            **self.explanation(),
        )

    def _embed(self) -> Embed | None:
        award = self.standing.award
        if award is None or not self.standing.holds:
            return None
        return embed_of(award.number, title(self.standing), self.partner.name)
