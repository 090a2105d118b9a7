"""What every page of a partner's portal shares: navigation and names."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accreditation.queries.notices import WordedNotice
from partners.queries.notices import unread_count
from partners.rules import Permission, can
from portal.look.components import NavItem
from portal.look.pages import PartnerPage


class PortalPage(PartnerPage):
    """A page of one partner's portal."""

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

    def url(self, name: str, *arguments: str) -> str:
        """Return the address of a page of this partner's portal."""
        return reverse(f"portal:{name}", args=[self.partner.slug, *arguments])

    def notice_url(self, notice: WordedNotice) -> str:
        """Return the page of the program a notice is about."""
        return self.url("accreditation", notice.program_key)

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
