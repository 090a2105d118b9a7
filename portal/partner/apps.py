"""The partner portal, as a Django app so that its templates are found."""

from django.apps import AppConfig


class PartnerConfig(AppConfig):
    """Owns no table."""

    name = "portal.partner"
    label = "portal_partner"
