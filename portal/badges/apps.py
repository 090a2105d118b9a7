"""Badges and award pages, as a Django app so that its templates are found."""

from django.apps import AppConfig


class BadgesConfig(AppConfig):
    """Owns no table."""

    name = "portal.badges"
    label = "portal_badges"
