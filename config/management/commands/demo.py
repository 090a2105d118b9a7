"""``manage.py demo``: two rival vendors with a year behind them."""

from __future__ import annotations

import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from config.demo import northwind, umbra
from config.demo.writer import PASSWORD, address
from partners.models import Vendor
from partners.operations.access import create_user
from partners.rules import SYSTEM

LOGINS = """\
Sign in with password {password}
  {mara:<34} channel manager of Northwind: her partners only
  {olive:<34} owner of Northwind
  {annika:<34} admin of Northwind's partner Kestrel Voss
  {paul:<34} admin of Northwind's partner Acme
  {ursula:<34} owner of the rival Umbra
  {oskar:<34} operator of the platform
Public directories: {public}/v/northwind/partners/ and {public}/v/umbra/partners/
"""


class Command(BaseCommand):
    """Loads the demo: dated facts and human decisions, then the year judged day by day."""

    help = "Load the demo: two vendors, 46 partners, a year of facts relative to today."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the command's one option."""
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing if there is a vendor already"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Write the demo in one transaction.

        :raises CommandError: if there is a vendor already.
        """
        if Vendor.objects.exists():
            if options["if_empty"]:
                return
            raise CommandError("There is a vendor already; the demo is for an empty database.")
        now = timezone.now()
        with transaction.atomic():
            create_user(
                email=address("oskar"),
                name="Oskar",
                password=PASSWORD,
                is_operator=True,
                by=SYSTEM,
                now=now,
            )
            northwind.tell(now=now)
            umbra.tell(now=now)
        self._print_logins()

    def _print_logins(self) -> None:
        names = ("mara", "olive", "annika", "paul", "ursula", "oskar")
        text = LOGINS.format(
            password=PASSWORD,
            public=settings.PUBLIC_URL,
            **{name: address(name) for name in names},
        )
        self.stdout.write(text)
        # The command that starts everything shows them at every start.
        if state := os.environ.get("LAUREL_RUN_OF"):
            (Path(state) / "demo_logins.txt").write_text(text)
