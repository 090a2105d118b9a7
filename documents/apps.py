"""Documents: what has been proved."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Registers the app."""

    name = "documents"
