"""The vendor's own members, and the members of a partner as the vendor sees them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from partners.models import Partner
from partners.rules import Permission
from portal.look.members import Members
from portal.workspace.frame import ManagePage, PartnerInWorkspace


class VendorMembers(Members, ManagePage):
    """Who is in at the vendor."""

    permission = Permission.MEMBERS_VENDOR
    section = "members"
    template_name = "workspace/members.html"

    @property
    def place(self) -> Partner | None:
        """Return None: the vendor itself."""
        return None


class PartnerMembers(Members, PartnerInWorkspace):
    """Who is in at a partner in the visitor's reach."""

    permission = Permission.MEMBERS_PARTNER
    template_name = "workspace/members.html"

    @property
    def place(self) -> Partner | None:
        """Return the partner in the address."""
        return self.partner

    def post(self, request: HttpRequest, **kwargs: str) -> HttpResponse:
        """Look for the partner before anything that was sent is read, then do it."""
        self.partner_or_404(self.kwargs["partner"])
        return super().post(request, **kwargs)
