"""What the partner's members are told."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from partners.rules import Permission
from portal.look.notices import Notices
from portal.partner.frame import PortalPage


class OwnNotices(Notices, PortalPage):
    """The member's inbox."""

    permission = Permission.PORTAL_USE
    template_name = "partner/notices.html"
    lede = _("What changed in your standing, newest first.")
    empty = _("You are told here when a standing changes.")
