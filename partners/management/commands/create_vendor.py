"""Founds a vendor from the command line."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from partners.models import User
from partners.operations.access import found_vendor
from partners.queries.access import user_actor
from partners.refusals import CannotRecord
from partners.rules import NotAllowed


class Command(BaseCommand):
    """Creates a vendor and invites its first owner."""

    help = "Create a vendor and invite its first owner by e-mail."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take what the operator's form asks for."""
        parser.add_argument("slug", help="its address: /v/<slug>/")
        parser.add_argument("--name", required=True)
        parser.add_argument("--award-prefix", required=True, help="two to six capital letters")
        parser.add_argument("--owner-email", required=True, help="where the invitation is sent")
        parser.add_argument("--by", required=True, help="e-mail of the operator who does this")
        parser.add_argument("--time-zone", default="UTC")
        parser.add_argument("--language", default="en")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Found the vendor, or say why not."""
        operator = User.objects.filter(email=options["by"].lower()).first()
        if operator is None:
            raise CommandError(f"There is no login {options['by']}.")
        try:
            vendor = found_vendor(
                slug=options["slug"],
                name=options["name"],
                award_prefix=options["award_prefix"],
                owner_email=options["owner_email"],
                time_zone=options["time_zone"],
                language=options["language"],
                by=user_actor(operator),
                now=timezone.now(),
            )
        except CannotRecord as refusal:
            raise CommandError(refusal.message) from refusal
        except NotAllowed as refusal:
            raise CommandError(f"{operator} is not an operator.") from refusal
        self.stdout.write(f"{vendor.name} is founded; {options['owner_email']} is invited.")
