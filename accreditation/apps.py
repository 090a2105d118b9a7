"""Accreditation: what follows."""

from django.apps import AppConfig


class AccreditationConfig(AppConfig):
    """Registers the app."""

    name = "accreditation"
