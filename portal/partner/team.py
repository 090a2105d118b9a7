"""The partner's people and what they hold."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from enablement.queries import certified_team
from partners.rules import Permission
from portal.partner.frame import PortalPage


class Team(PortalPage):
    """Who works here today, in which job roles, with which certificates until when."""

    permission = Permission.PEOPLE_VIEW
    section = "team"
    template_name = "partner/team.html"

    def get(self, request: HttpRequest, partner: str) -> HttpResponse:
        """Show the people of today."""
        return self.page(team=certified_team(self.partner, self.today))
