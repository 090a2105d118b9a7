"""Gives a vendor a published program of the industry to start from."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from accreditation.criteria.problems import DocumentError
from accreditation.operations.programs import draft_version
from accreditation.program_library import UnknownProgram, load, names
from partners.models import User, Vendor
from partners.queries.access import member_actor
from partners.rules import NotAllowed
from partners.tenancy.context import tenant


class Command(BaseCommand):
    """Drafts a document of the library as the next version of a vendor's program."""

    help = "Draft a published program of the library for a vendor."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the document, the vendor, and who drafts it."""
        parser.add_argument("name", help="the document: one of accreditation/programs/")
        parser.add_argument("--vendor", required=True, help="the vendor's slug")
        parser.add_argument("--by", required=True, help="e-mail of the member who does this")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Draft the version, or say why not."""
        try:
            document = load(options["name"])
        except UnknownProgram as unknown:
            raise CommandError(f"There is no {unknown}; there are: {', '.join(names())}.") from None
        vendor = Vendor.objects.filter(slug=options["vendor"]).first()
        user = User.objects.filter(email=options["by"].lower()).first()
        if vendor is None or user is None:
            raise CommandError(
                f"There is no {'vendor' if vendor is None else 'login'} of that name."
            )
        try:
            with tenant(vendor):
                version = draft_version(
                    document=document, by=member_actor(user), now=timezone.now()
                )
        except DocumentError as refusal:
            raise CommandError(str(refusal)) from None
        except NotAllowed as refusal:
            raise CommandError(f"{user} may not write programs of {vendor.name}.") from refusal
        self.stdout.write(f"Drafted version {version.number} of {document['program']['key']}.")
