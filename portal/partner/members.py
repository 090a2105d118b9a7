"""The partner's members, as the partner sees them."""

from __future__ import annotations

from partners.models import Partner
from partners.rules import Permission
from portal.look.members import Members
from portal.partner.frame import PortalPage


class OwnMembers(Members, PortalPage):
    """Who is in at the partner."""

    permission = Permission.MEMBERS_PARTNER
    section = "members"
    template_name = "partner/members.html"

    @property
    def place(self) -> Partner | None:
        """Return the partner in the address."""
        return self.partner
