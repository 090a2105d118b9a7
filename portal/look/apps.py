"""The shared look as a Django app, so that its templates and static files are found."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LookConfig(AppConfig):
    """Owns no table; label ``look``."""

    name = "portal.look"
    label = "look"
    verbose_name = _("Look")
