"""The assembly as a Django app: every process that sets Django up knows the Celery app."""

from django.apps import AppConfig


class AssemblyConfig(AppConfig):
    """Owns no table."""

    name = "config"

    def ready(self) -> None:
        """Make our Celery app the current one, so that bells reach our broker."""
        from config import celery  # noqa: F401, PLC0415  (app ready)
