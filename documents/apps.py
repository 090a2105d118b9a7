"""Documents: what has been proved."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Registers the app and its kinds of import."""

    name = "documents"

    def ready(self) -> None:
        """Offer what can be imported."""
        from documents.imports import IMPORTERS  # noqa: PLC0415  (app ready)
        from partners.operations.imports import offer  # noqa: PLC0415  (app ready)

        for importer in IMPORTERS:
            offer(importer)
