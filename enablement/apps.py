"""Enablement: who is certified."""

from django.apps import AppConfig


class EnablementConfig(AppConfig):
    """Registers the app."""

    name = "enablement"
