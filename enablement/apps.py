"""Enablement: who is certified."""

from django.apps import AppConfig


class EnablementConfig(AppConfig):
    """Registers the app and its kind of import."""

    name = "enablement"

    def ready(self) -> None:
        """Offer what can be imported."""
        from enablement.imports import CERTIFICATES  # noqa: PLC0415  (app ready)
        from partners.operations.imports import offer  # noqa: PLC0415  (app ready)

        offer(CERTIFICATES)
