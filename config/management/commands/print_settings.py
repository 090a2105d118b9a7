"""Writes the environment variables for people to read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from config.environment import KNOWN

PAGE = Path(settings.BASE_DIR) / "docs" / "settings.md"

_INTRODUCTION = """# Settings

Written by `manage.py print_settings` from `KNOWN` in `config/environment.py`; do not edit.

All settings that differ between installations come from the environment. `make run` sets what is
required by itself. How to set them for real servers is in [operations.md](operations.md).

| variable | |
| --- | --- |
"""


class Command(BaseCommand):
    """Writes docs/settings.md."""

    help = "Write docs/settings.md from the environment variables that are known."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Write the page and say where it is."""
        PAGE.write_text(page(), encoding="utf-8")
        self.stdout.write(str(PAGE))


def page() -> str:
    """Return the page in Markdown."""
    return _INTRODUCTION + "".join(f"| `{name}` | {text} |\n" for name, text in KNOWN.items())
