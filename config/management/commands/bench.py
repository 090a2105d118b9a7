"""``manage.py bench``: ratios of what the product does to the least that has to be done."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from config.bench import evaluation, tenancy
from config.bench.races import Outcome, Race, run
from config.bench.report import account_in, page, table
from partners.models import Vendor

PARTS = ("tenancy", "evaluate")
PAGE = settings.BASE_DIR / "docs" / "benchmarks.md"


class Command(BaseCommand):
    """Runs the races on the vendors that ``bench_data`` made."""

    help = "Measure ratios on the vendors of bench_data and write docs/benchmarks.md."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the parts to run; none means all."""
        parser.add_argument("parts", nargs="*", choices=[[], *PARTS])

    def handle(self, *_args: Any, **options: Any) -> None:
        """Measure, print, and write the page if every part was run.

        :raises CommandError: without the vendors of the benchmark.
        """
        vendors = list(Vendor.objects.filter(slug__startswith="bench-").order_by("created_at"))
        if not vendors:
            raise CommandError("Run bench_data first, in a database of its own.")
        now, parts = timezone.now(), options["parts"] or PARTS
        outcomes = [self._outcome(race) for part in parts for race in _races(part, vendors, now)]
        if set(parts) == set(PARTS):
            account = account_in(PAGE.read_text()) if PAGE.exists() else ""
            PAGE.write_text(page(account, outcomes, vendors=len(vendors), on=now.date()))

    def _outcome(self, race: Race) -> Outcome:
        outcome = run(race)
        self.stdout.write(table([outcome]).splitlines()[-1])
        return outcome


def _races(part: str, vendors: list[Vendor], now: datetime) -> Iterator[Race]:
    if part == "tenancy":
        return tenancy.races(vendors[0])
    return evaluation.races(vendors, on=now.date(), now=now)
