"""Accreditation: what follows from the facts."""

from django.apps import AppConfig


class AccreditationConfig(AppConfig):
    """Registers the app and its one receiver."""

    name = "accreditation"

    def ready(self) -> None:
        """Listen for the bell."""
        from accreditation import receivers  # noqa: F401, PLC0415  (app ready)
