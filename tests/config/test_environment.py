"""A missing, misspelt or impossible variable stops the start with a sentence that names it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping

import pytest

from config.environment import KNOWN, misspelt
from config.serve import DEFAULT_PORT, CannotServe, wanted_port
from config.servers import REPOSITORY

COMPLETE = {
    "SECRET_KEY": "k" * 50,
    "DATABASE_URL": "postgresql://laurel_app@/laurel?host=/nowhere",
    "REDIS_URL": "redis://nowhere.invalid/0",
}


def last_words(given: Mapping[str, str]) -> str:
    """Return the last line that reading the settings prints; empty if they can be read."""
    foreign = {name: value for name, value in os.environ.items() if name not in KNOWN}
    done = subprocess.run(
        [sys.executable, "-c", "import config.settings"],
        env={**foreign, **given},
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )
    return "".join(done.stderr.splitlines()[-1:])


def test_what_is_required_is_enough() -> None:
    assert last_words(COMPLETE) == ""


@pytest.mark.parametrize("name", COMPLETE)
def test_a_missing_variable_is_named(name: str) -> None:
    given = {other: value for other, value in COMPLETE.items() if other != name}

    assert name in last_words(given)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", "hunter2"),
        ("DATABASE_URL", "hunter2"),
        ("DATABASE_URL", "mysql://laurel:hunter2@db/laurel"),
        ("REDIS_URL", ""),
        ("REDIS_URL", "http://:hunter2@valkey"),
        ("PUBLIC_URL", "partners.example.com"),
        ("PUBLIC_URL", ""),
        ("ALLOWED_HOSTS", ""),
        ("TRUSTED_PROXIES", "-1"),
        ("TRUSTED_PROXIES", "one"),
        ("STATEMENT_TIMEOUT", "-5"),
        ("STATEMENT_TIMEOUT", "5s"),
        ("DEBUG", "maybe"),
        ("HTTPS", "maybe"),
        ("EMAIL_URL", "gopher://mail"),
        ("DATABASE_ROLE", "postgres"),
    ],
)
def test_an_impossible_value_is_refused_by_its_name_and_not_repeated(name: str, value: str) -> None:
    said = last_words(COMPLETE | {name: value})

    assert name in said
    assert "hunter2" not in said


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("DEBG", "DEBUG"),
        ("HTTP", "HTTPS"),
        ("secret_key", "SECRET_KEY"),
        ("REDIS_URI", "REDIS_URL"),
        ("EMAIL_URI", "EMAIL_URL"),
        ("TRUSTED_PROXY", "TRUSTED_PROXIES"),
        ("ALLOWED_HOST", "ALLOWED_HOSTS"),
    ],
)
def test_a_misspelt_name_stops_the_start_and_the_right_one_is_named(name: str, meant: str) -> None:
    assert list(misspelt({name: "x"})) == [(name, meant)]
    assert f"{name} is not a setting. Did you mean {meant}?" in last_words({name: "x"})


@pytest.mark.parametrize(
    "name",
    ["HOME", "PATH", "LANG", "HTTPS_PROXY", "http_proxy", "EDITOR", "MAIL", "DEBUGINFOD_URLS"],
)
def test_names_of_others_are_left_alone(name: str) -> None:
    assert list(misspelt({name: "x"})) == []


@pytest.mark.parametrize("asked", ["abc", "-1", "0", "65536", " ", "8000.0", "٨", "9" * 5000])
def test_an_impossible_port_is_named(asked: str) -> None:
    with pytest.raises(CannotServe, match="PORT is"):
        wanted_port({"PORT": asked})


def test_the_port_asked_for_is_taken_and_8000_without_one() -> None:
    assert wanted_port({"PORT": "8300"}) == 8300
    assert wanted_port({"PORT": ""}) == wanted_port({}) == DEFAULT_PORT
