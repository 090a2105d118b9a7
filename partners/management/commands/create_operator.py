"""Creates the login of a platform operator."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from partners.operations.access import create_user
from partners.refusals import CannotRecord
from partners.rules import SYSTEM


class Command(BaseCommand):
    """Creates an operator, who sets a password by "Forgot your password?"."""

    help = "Create the login of a platform operator."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the address and the name."""
        parser.add_argument("email")
        parser.add_argument("--name", default="")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Create the login and say how to get in."""
        try:
            user = create_user(
                email=options["email"],
                name=options["name"],
                is_operator=True,
                by=SYSTEM,
                now=timezone.now(),
            )
        except CannotRecord as refusal:
            raise CommandError(refusal.message) from refusal
        self.stdout.write(
            f"{user} may run the platform. Set a password at /accounts/password/reset/."
        )
