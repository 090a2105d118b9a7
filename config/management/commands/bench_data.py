"""``manage.py bench_data``: invented vendors of a size, the same every time."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from config.bench.fill import SCALES, fill
from partners.models import Vendor

PROCESSES = 2
"""One for each of two cores; the database works as much as the process that asks."""


class Command(BaseCommand):
    """Fills an empty database."""

    help = "Fill an empty database with the vendors of the benchmark."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the size, and leave to stop at a database that is full already."""
        parser.add_argument("--scale", choices=SCALES, default="s")
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing if there is a vendor already"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Make the vendors.

        :raises CommandError: if there is a vendor already.
        """
        if Vendor.objects.exists():
            if options["if_empty"]:
                return
            raise CommandError("There is a vendor already; this is for an empty database.")
        now = timezone.now()
        scale = SCALES[options["scale"]]
        for vendor in fill(scale, on=now.date(), now=now, processes=PROCESSES):
            self.stdout.write(f"{vendor.name}")
