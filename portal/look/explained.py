"""One program explained record by record, alike for the partner and for the vendor."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest
from django.utils.functional import cached_property

from accreditation.queries.explanations import ExplainedLevel, explain
from accreditation.queries.standings import ProgramStanding, standing_in
from partners.models import Partner
from partners.texts import localized
from portal.look.components import NavItem
from portal.look.standings import (
    lede,
    requirement_rows,
    seal_of,
    standing_chip,
    subtitle,
    title,
)


class ProgramOfPartner:
    """Adds where the partner stands in one program, named by the address, to a member page."""

    request: HttpRequest
    kwargs: dict[str, Any]
    partner: Partner
    today: date

    @cached_property
    def standing(self) -> ProgramStanding:
        """Return the partner's standing in the program of the address.

        :raises Http404: if no such program is in force.
        """
        standing = standing_in(self.partner, self.kwargs["program"], self.today)
        if standing is None:
            raise Http404
        return standing

    def explanation(self) -> dict[str, Any]:
        """Return what the page says about the standing, and about the level asked for."""
        standing = self.standing
        return {
            "standing": standing,
            "title": title(standing),
            "subtitle": subtitle(standing),
            "lede": lede(standing),
            "seal": seal_of(standing),
            "chip": standing_chip(standing),
            "levels": self._tabs(),
            "level_name": self._level_name(),
            "requirements": requirement_rows(self._shown, self.today) if self._shown else [],
        }

    @cached_property
    def _explained(self) -> list[ExplainedLevel]:
        """Return every level, explained; empty before the first judgement."""
        verdict = self.standing.verdict
        return explain(self.standing.program, verdict) if verdict else []

    @cached_property
    def _shown(self) -> ExplainedLevel | None:
        """Return the level asked for, by default the next one to reach."""
        aimed = self.standing.aimed_at
        wanted = self.request.GET.get("level") or (aimed.level if aimed else "")
        by_key = {one.verdict.level: one for one in self._explained}
        return by_key.get(wanted) or next(iter(by_key.values()), None)

    def _tabs(self) -> list[NavItem]:
        if len(self._explained) < 2:
            return []
        names = self.standing.program.levels
        return [
            NavItem(
                localized(names[one.verdict.level].name),
                f"?level={one.verdict.level}",
                current=one is self._shown,
            )
            for one in self._explained
        ]

    def _level_name(self) -> str:
        if self._shown is None:
            return ""
        return localized(self.standing.program.levels[self._shown.verdict.level].designation)
