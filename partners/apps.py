"""The ground floor: vendors, partners, people, access, audit, outbox, jobs."""

from django.apps import AppConfig
from django.db.backends.signals import connection_created

from partners.tenancy.guard import refuse_privileged_role


class PartnersConfig(AppConfig):
    """Registers the app and guards every database connection."""

    name = "partners"

    def ready(self) -> None:
        """Look at the role of every new connection; offer what can be imported."""
        from partners.imports.attributes import ATTRIBUTES  # noqa: PLC0415  (app ready)
        from partners.imports.people import PEOPLE  # noqa: PLC0415  (app ready)
        from partners.operations.imports import offer  # noqa: PLC0415  (app ready)

        offer(PEOPLE)
        offer(ATTRIBUTES)
        connection_created.connect(refuse_privileged_role, dispatch_uid="tenancy.guard")
