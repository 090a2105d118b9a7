"""What the vendor's members are told."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from partners.rules import Permission
from portal.look.notices import Notices
from portal.workspace.frame import ManagePage


class OwnNotices(Notices, ManagePage):
    """The member's inbox."""

    permission = Permission.WORKSPACE_USE
    section = "dashboard"
    template_name = "workspace/notices.html"
    lede = _("What changed in the standings of your partners, newest first.")
    empty = _("You are told here when a standing of your partners changes.")
