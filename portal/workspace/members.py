"""The vendor's own members, and the members of a partner as the vendor sees them."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import cached_property

from partners.models import Partner
from partners.rules import Permission
from portal.look.members import Members
from portal.look.pages import WorkspacePage


class WorkspaceMembers(Members, WorkspacePage):
    """Draws the page about members in the workspace."""

    def page(self, *, status: int = 200, **context: Any) -> HttpResponse:
        """Answer with the page in the workspace's frame."""
        return render(self.request, "workspace/members.html", context, status=status)


class VendorMembers(WorkspaceMembers):
    """Who is in at the vendor."""

    permission = Permission.MEMBERS_VENDOR

    @property
    def place(self) -> Partner | None:
        """Return None: the vendor itself."""
        return None


class PartnerMembers(WorkspaceMembers):
    """Who is in at a partner in the visitor's reach."""

    permission = Permission.MEMBERS_PARTNER

    @cached_property
    def place(self) -> Partner | None:
        """Return the partner in the address."""
        return self.partner_or_404(self.kwargs["partner"])
