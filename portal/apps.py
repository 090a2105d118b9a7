"""The pages as one Django app; each surface is an app of its own beside it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    """The parent app of all surfaces."""

    name = "portal"
    verbose_name = _("Portal")
