"""Says whether a file is a rules document, and what is wrong with it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from accreditation.queries.document_checks import Checked, check_document
from accreditation.wording.codes import problem_text
from partners.models import Vendor
from partners.tenancy.context import tenant


class Command(BaseCommand):
    """Prints a line for each problem, with its place; exits 1 if there is one."""

    help = "Check a rules document in YAML; with --publish also for what may wait until then."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file, and what to check it for."""
        parser.add_argument("file", type=Path, help="the document, in YAML")
        parser.add_argument(
            "--publish",
            action="store_true",
            help="open numbers are problems, and keys that the vendor's catalog does not know",
        )
        parser.add_argument(
            "--vendor", help="slug of the vendor whose catalog and programs it is checked with"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Check the file.

        :raises CommandError: if it cannot be read, is no rules document, or no vendor has the slug.
        """
        file: Path = options["file"]
        try:
            text = file.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"{file} cannot be read: {error}") from error
        checked = self._checked(text, options["vendor"])
        problems = (checked.to_publish() if options["publish"] else checked).problems
        for problem in problems:
            self.stderr.write(problem_text(problem))
        if problems:
            raise CommandError(f"{file} has {len(problems)} problem(s).")
        for note in checked.before_publishing if not options["publish"] else ():
            self.stdout.write(f"Before publishing: {problem_text(note)}")
        self.stdout.write(f"{file} can be {'published' if options['publish'] else 'drafted'}.")

    def _checked(self, text: str, slug: str | None) -> Checked:
        if slug is None:
            return check_document(text, on=None)
        vendor = Vendor.objects.filter(slug=slug).first()
        if vendor is None:
            raise CommandError(f"There is no vendor {slug}.")
        with tenant(vendor):
            return check_document(text, on=vendor.day_of(timezone.now()))
