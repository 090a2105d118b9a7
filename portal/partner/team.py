"""The partner's people and what they hold."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse

from enablement.queries import certified
from partners.queries.people import team_of
from partners.rules import Permission
from portal.partner.frame import PortalPage

PAGE_SIZE = 50


class Team(PortalPage):
    """Who works here today, in which job roles, with which certificates until when."""

    permission = Permission.PEOPLE_VIEW
    section = "team"
    template_name = "partner/team.html"

    def get(self, request: HttpRequest, partner: str) -> HttpResponse:
        """Show the people of today."""
        team = Paginator(team_of(self.partner, self.today), PAGE_SIZE)
        page = team.get_page(request.GET.get("page"))
        return self.page(team=certified(list(page), self.today), people_page=page)
