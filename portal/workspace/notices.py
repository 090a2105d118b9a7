"""What the member was told."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from accreditation.queries.notices import worded
from partners.operations.notices import mark_read
from partners.queries.notices import inbox, unread_count
from partners.rules import Permission
from portal.workspace.frame import ManagePage

PAGE_SIZE = 50


class Notices(ManagePage):
    """The inbox, the newest first."""

    permission = Permission.WORKSPACE_USE
    section = "dashboard"
    template_name = "workspace/notices.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show one page of notices."""
        shown = Paginator(inbox(self.actor), PAGE_SIZE).get_page(request.GET.get("page"))
        return self.page(
            shown=shown, notices=worded(shown.object_list), unread=unread_count(self.actor)
        )

    def post(self, request: HttpRequest) -> HttpResponse:
        """Mark all as read."""
        mark_read(by=self.actor, now=self.now)
        return redirect("workspace:notices")
