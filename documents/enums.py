"""Choices stored in the tables of what has been proved, with their words for people."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Confirmer(TextChoices):
    """Who says that a deployment is done."""

    CUSTOMER = "customer", _("The customer")
    VENDOR = "vendor", _("The vendor")
