"""Enablement: who is certified."""

from django.apps import AppConfig


class EnablementConfig(AppConfig):
    """Registers the app and its kinds of import."""

    name = "enablement"

    def ready(self) -> None:
        """Offer what can be imported."""
        from enablement.imports import CERTIFICATES, COURSES  # noqa: PLC0415  (app ready)
        from partners.operations.imports import offer  # noqa: PLC0415  (app ready)

        offer(CERTIFICATES)
        offer(COURSES)
