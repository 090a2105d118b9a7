#!/usr/bin/env python
"""Runs management commands."""

import os
import sys

# Commands that change or read the schema log in as its owner; everything else as the serving role.
OWNER_COMMANDS = frozenset({"migrate", "makemigrations", "sqlmigrate", "showmigrations"})


def main() -> None:
    """Run the command named on the command line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if len(sys.argv) > 1 and sys.argv[1] in OWNER_COMMANDS:
        os.environ.setdefault("DATABASE_ROLE", "owner")
    from django.core.management import execute_from_command_line  # noqa: PLC0415  (app ready)

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
