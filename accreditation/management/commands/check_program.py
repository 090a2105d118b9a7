"""Says whether a file is a rules document, and what is wrong with it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accreditation.documents import check_document
from accreditation.wording import problem_text


class Command(BaseCommand):
    """Prints a line for each problem, with its place; exits 1 if there is one."""

    help = "Check a rules document in YAML; with --publish also for numbers that are still open."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file."""
        parser.add_argument("file", type=Path, help="the document, in YAML")
        parser.add_argument("--publish", action="store_true", help="open numbers are problems")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Check the file.

        :raises CommandError: if it cannot be read or is no rules document.
        """
        file: Path = options["file"]
        try:
            text = file.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"{file} cannot be read: {error}") from error
        checked = check_document(text)
        later = checked.before_publishing if options["publish"] else ()
        problems = [*checked.problems, *later]
        for problem in problems:
            self.stderr.write(problem_text(problem))
        if problems:
            raise CommandError(f"{file} has {len(problems)} problem(s).")
        self.stdout.write(f"{file} can be drafted.")
