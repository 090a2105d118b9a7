"""How Laurel is deployed, as far as it can be judged without Docker."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from config.environment import KNOWN

REPOSITORY = Path(__file__).resolve().parent.parent.parent
SOURCE = (REPOSITORY / "docker-compose.yml").read_text()
SERVICES: dict[str, Any] = yaml.safe_load(SOURCE)["services"]
OURS = {name for name, service in SERVICES.items() if service.get("image") == "laurel"}


def test_all_parts_are_there() -> None:
    assert set(SERVICES) == {"proxy", "web", "worker", "beat", "migrate", "postgres", "valkey"}
    assert sorted(OURS) == ["beat", "migrate", "web", "worker"]


def test_no_secret_has_a_default_and_a_missing_one_is_named() -> None:
    used = set(re.findall(r"\$\{(\w+)", SOURCE))
    required = set(re.findall(r"\$\{(\w+):\?Set \1 in \.env", SOURCE))

    assert used == required


@pytest.mark.parametrize("name", sorted(OURS))
def test_our_containers_know_only_variables_that_exist(name: str) -> None:
    assert set(SERVICES[name]["environment"]) <= set(KNOWN)


def test_only_migrations_may_change_the_schema() -> None:
    owners = {name for name in OURS if "DATABASE_OWNER_URL" in SERVICES[name]["environment"]}

    assert owners == {"migrate"}


@pytest.mark.parametrize("name", sorted(set(SERVICES) - {"migrate", "proxy"}))
def test_what_runs_on_is_watched(name: str) -> None:
    assert SERVICES[name]["healthcheck"]["test"]


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_no_container_has_more_rights_than_it_needs(name: str) -> None:
    assert SERVICES[name]["cap_drop"] == ["ALL"]
    assert SERVICES[name]["security_opt"] == ["no-new-privileges:true"]


def test_every_mounted_volume_is_declared() -> None:
    mounted = {
        volume.split(":")[0]
        for service in SERVICES.values()
        for volume in service.get("volumes", [])
    }
    named = {volume for volume in mounted if not volume.startswith(".")}

    assert named == set(yaml.safe_load(SOURCE)["volumes"])


def test_the_image_leaves_secrets_and_state_outside() -> None:
    lines = (REPOSITORY / ".dockerignore").read_text().splitlines()
    rules = [line for line in lines if line and not line.startswith("#")]

    assert rules[0] == "*"
    assert not {"!var", "!.env", "!.git"} & set(rules)
    for rule in rules[1:]:
        if rule.startswith("!"):
            assert (REPOSITORY / rule[1:]).exists()


@pytest.mark.parametrize("script", [".ci/run", "config/install.sh"])
def test_scripts_are_sound(script: str) -> None:
    path = REPOSITORY / script
    shell = path.read_text().splitlines()[0].removeprefix("#!").split()[-1]

    done = subprocess.run([Path(shell).name, "-n", path], capture_output=True, check=False)

    assert (done.returncode, done.stderr) == (0, b"")
    assert script != ".ci/run" or os.access(path, os.X_OK)
