"""``manage.py check_audit``: says whether the audit log is still the one that was sealed."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from partners.models import Vendor
from partners.queries.audit import check_audit, has_digest, head_digest
from partners.tenancy.context import tenant


class Command(BaseCommand):
    """Prints a line for each vendor and each difference; exits 1 if there is one."""

    help = "Recompute the seals of the audit log and name every entry that does not match."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take one vendor's slug, or none for all; with a vendor, a digest to look for."""
        parser.add_argument("--vendor", metavar="SLUG", help="only this vendor")
        parser.add_argument(
            "--expect", metavar="DIGEST", default="", help="fail unless a seal has this digest"
        )

    def handle(self, *, vendor: str | None = None, expect: str = "", **_options: Any) -> None:
        """Check one vendor or all.

        :raises CommandError: if a vendor is unknown, a log differs from its seals, or no seal has
            the expected digest: then the end of the log was cut off, or all of it sealed anew.
        """
        if expect and vendor is None:
            raise CommandError("--expect needs --vendor.")
        checked = Vendor.objects.order_by("slug")
        if vendor is not None:
            checked = checked.filter(slug=vendor)
            if not checked.exists():
                raise CommandError(f"There is no vendor {vendor}.")
        differing = [one.slug for one in checked if not self._matches(one, expect)]
        if differing:
            raise CommandError(f"The audit log differs from its seals: {', '.join(differing)}.")

    def _matches(self, vendor: Vendor, expect: str) -> bool:
        with tenant(vendor):
            problems = [str(problem) for problem in check_audit()]
            head = head_digest()
            if expect and not has_digest(expect):
                problems.append(f"no seal has the digest {expect}")
        for problem in problems:
            self.stderr.write(f"{vendor.slug}: {problem}")
        if not problems:
            self.stdout.write(f"{vendor.slug}: sealed up to {head or 'nothing yet'}")
        return not problems
