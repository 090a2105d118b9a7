"""The pages that are written by commands say what the code says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core.management import CommandError

from config.environment import KNOWN
from config.management.commands import print_licenses, print_settings

# The LGPL may be used by software under any license, the other two may not.
COPYLEFT = re.compile(r"\bA?GPL|General Public License")


def test_page_of_settings_is_not_stale() -> None:
    assert print_settings.PAGE.read_text() == print_settings.page(), "run: manage.py print_settings"


def test_page_of_settings_names_every_variable() -> None:
    assert all(f"| `{name}` |" in print_settings.page() for name in KNOWN)


def test_page_of_licenses_is_not_stale() -> None:
    assert print_licenses.PAGE.read_text() == print_licenses.page(), "run: manage.py print_licenses"


def test_page_of_licenses_names_every_locked_package() -> None:
    locked = re.findall(r"^([a-z0-9._-]+)==", print_licenses.LOCK.read_text(), re.MULTILINE)

    assert [one.name for one in print_licenses.packages()] == locked


@pytest.mark.parametrize("package", tuple(print_licenses.packages()), ids=lambda one: one.name)
def test_nothing_that_runs_is_under_the_gpl(package: print_licenses.Package) -> None:
    assert not COPYLEFT.search(package.license)


@pytest.mark.parametrize("name", ["GPL-3.0-or-later", "AGPLv3", "GNU General Public License v2"])
def test_the_gpl_would_be_recognized(name: str) -> None:
    assert COPYLEFT.search(name)


def test_a_locked_package_that_is_not_installed_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    lock = tmp_path / "requirements.lock"
    lock.write_text("celery==5.7.0 \\\n    --hash=sha256:00\nnowhere-to-be-found==1.0 \\\n")
    monkeypatch.setattr(print_licenses, "LOCK", lock)

    with pytest.raises(CommandError, match="nowhere-to-be-found"):
        print_licenses.page()
