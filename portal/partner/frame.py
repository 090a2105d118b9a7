"""What every page of a partner's portal shares: navigation and names."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from partners.queries.notices import unread_count
from partners.rules import Permission, can
from portal.look.components import NavItem
from portal.look.pages import PartnerPage


class PortalPage(PartnerPage):
    """A page of one partner's portal; ``section`` names its entry in the navigation."""

    section: ClassVar[str] = ""
    template_name: str

    @cached_property
    def now(self) -> datetime:
        """Return the moment of the request."""
        return timezone.now()

    @cached_property
    def today(self) -> date:
        """Return the vendor's calendar day."""
        return self.vendor.day_of(self.now)

    def frame(self) -> dict[str, Any]:
        """Return what the frame around every page shows."""
        return {
            "nav": self._nav(),
            "who_detail": self.partner.name,
            "home_url": self.url("home"),
            "partner": self.partner,
            "today": self.today,
            "notices_url": self.url("notices"),
            "unread": unread_count(self.actor),
        }

    def page(self, *, status: int = 200, **context: Any) -> HttpResponse:
        """Answer with the page's template."""
        return render(self.request, self.template_name, self.frame() | context, status=status)

    def url(self, name: str, *arguments: str) -> str:
        """Return the address of a page of this partner's portal."""
        return reverse(f"portal:{name}", args=[self.partner.slug, *arguments])

    def _nav(self) -> list[NavItem]:
        entries = [
            ("home", _("Home"), Permission.PORTAL_USE),
            ("accreditations", _("Accreditations"), Permission.ACCREDITATION_VIEW),
            ("team", _("Team"), Permission.PEOPLE_VIEW),
            ("members", _("Members"), Permission.MEMBERS_PARTNER),
        ]
        return [
            NavItem(label, self.url(name), current=name == self.section)
            for name, label, permission in entries
            if can(self.actor, permission, self.partner)
        ]
