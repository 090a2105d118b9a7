"""The partner's accreditations: the list, and one explained record by record."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from accreditation.queries.explanations import ExplainedLevel, explain
from accreditation.queries.standings import ProgramStanding, standing_in, standings_of
from partners.rules import Permission
from partners.texts import localized
from portal.look.components import Crumb, NavItem
from portal.look.embed import Embed, embed_of
from portal.look.standings import (
    card,
    lede,
    requirement_rows,
    seal_of,
    standing_chip,
    subtitle,
    title,
)
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


class AccreditationDetail(PortalPage):
    """One program: what is met and missing, which records count and why not the others."""

    permission = Permission.ACCREDITATION_VIEW
    section = "accreditations"
    template_name = "partner/accreditation.html"

    def get(self, request: HttpRequest, partner: str, program: str) -> HttpResponse:
        """Show the level asked for, by default the next one to reach."""
        standing = self.standing
        return self.page(
            trail=[
                Crumb(_("Accreditations"), self.url("accreditations")),
                Crumb(title(standing)),
            ],
            standing=standing,
            title=title(standing),
            subtitle=subtitle(standing),
            lede=lede(standing),
            seal=seal_of(standing),
            chip=standing_chip(standing),
            levels=self._tabs(),
            level_name=self._level_name(),
            requirements=requirement_rows(self.shown, self.today) if self.shown else [],
            embed=self._embed(),
        )

    @cached_property
    def standing(self) -> ProgramStanding:
        """Return the partner's standing in the program of the address.

        :raises Http404: if no such program is in force.
        """
        standing = standing_in(self.partner, self.kwargs["program"], self.today)
        if standing is None:
            raise Http404
        return standing

    @cached_property
    def explained(self) -> list[ExplainedLevel]:
        """Return every level, explained; empty before the first judgement."""
        verdict = self.standing.verdict
        return explain(self.standing.program, verdict) if verdict else []

    @cached_property
    def shown(self) -> ExplainedLevel | None:
        """Return the level to show."""
        aimed = self.standing.aimed_at
        wanted = self.request.GET.get("level") or (aimed.level if aimed else "")
        by_key = {one.verdict.level: one for one in self.explained}
        return by_key.get(wanted) or next(iter(by_key.values()), None)

    def _tabs(self) -> list[NavItem]:
        if len(self.explained) < 2:
            return []
        names = self.standing.program.levels
        return [
            NavItem(
                localized(names[one.verdict.level].name),
                f"?level={one.verdict.level}",
                current=one is self.shown,
            )
            for one in self.explained
        ]

    def _level_name(self) -> str:
        if self.shown is None:
            return ""
        return localized(self.standing.program.levels[self.shown.verdict.level].designation)

    def _embed(self) -> Embed | None:
        award = self.standing.award
        if award is None or not self.standing.holds:
            return None
        return embed_of(award.number, title(self.standing), self.partner.name)
