"""Choices stored in the tables of who is certified, with their words for people."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PauseReason(TextChoices):
    """Why a certificate that is held does not count."""

    INACTIVE = "inactive", _("Inactive")
    SUSPENDED = "suspended", _("Suspended")
    HONORARY = "honorary", _("Honorary")
