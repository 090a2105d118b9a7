"""Writes down what a rules document may hold, for editors and machines."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from accreditation.criteria.schema import program_schema

PAGE = Path(settings.BASE_DIR) / "docs" / "api" / "program-document.schema.json"


class Command(BaseCommand):
    """Writes docs/api/program-document.schema.json."""

    help = "Write docs/api/program-document.schema.json: the JSON Schema of rules documents."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Write the page and say where it is."""
        PAGE.write_text(page(), encoding="utf-8")
        self.stdout.write(str(PAGE))


def page() -> str:
    """Return the schema as text of JSON."""
    return json.dumps(program_schema(), indent=1, ensure_ascii=False) + "\n"
