"""The pages for people keep up with the code."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from celery import current_app
from django.apps import apps
from django.core.management import get_commands

from accreditation.criteria.verdicts import ReasonCode
from config.environment import KNOWN
from partners.rules import Permission

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
PAGES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *DOCS.rglob("*.md")])
RECORDS = sorted((DOCS / "decisions").glob("*.md"))
GLOSSARY = DOCS / "glossary.md"
OURS = ("accreditation", "config", "documents", "enablement", "partners", "portal")
FOLDERS = (*OURS, "tests", "docs")
MODEL = r"`((?:partners|enablement|documents|accreditation)\.[A-Z]\w+)`"
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)|(?:src|href)=\"([^\"#]+)\"")


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def models() -> list[str]:
    labels = ("partners", "enablement", "documents", "accreditation")
    found = [model for label in labels for model in apps.get_app_config(label).get_models()]
    return [f"{model._meta.app_label}.{model.__name__}" for model in found]


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_links_inside_the_repository_lead_somewhere(page: Path) -> None:
    prose = re.sub(r"```.*?```", "", page.read_text(), flags=re.DOTALL)
    targets = [first or second for first, second in LINK.findall(prose)]
    inside = [one for one in targets if not re.match(r"[a-z]+:", one)]

    assert [one for one in inside if not (page.parent / one).exists()] == []


@pytest.mark.parametrize(
    "page", [one for one in DOCS.rglob("*.md") if one.parent.name != "decisions"], ids=name
)
def test_every_page_is_in_the_index(page: Path) -> None:
    index = DOCS / "README.md"
    linked = {(DOCS / target).resolve() for target, _ in LINK.findall(index.read_text())}

    assert page == index or page in linked


def test_decisions_are_numbered_without_a_gap() -> None:
    numbers = [int(one.name[:4]) for one in RECORDS]

    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize("record", RECORDS, ids=name)
def test_a_decision_carries_its_number_and_fits_on_a_page(record: Path) -> None:
    lines = record.read_text().splitlines()
    headings = [line for line in lines if line.startswith("## ")]

    assert re.match(rf"# {record.name[:4]} \S", lines[0])
    assert headings[:3] == ["## Context", "## Decision", "## Consequences"]
    assert len(lines) <= 60


def test_glossary_explains_every_model_once_and_no_other() -> None:
    rows = [line for line in GLOSSARY.read_text().splitlines() if line.startswith("| **")]
    explained = [name for row in rows for name in re.findall(MODEL, row.rsplit("|", 2)[1])]

    assert sorted(explained) == sorted(models())


def test_glossary_knows_no_model_that_is_gone() -> None:
    written = re.findall(MODEL, GLOSSARY.read_text())

    assert set(written) - set(models()) == set()


def test_commands_in_pages_exist() -> None:
    told = "\n".join(page.read_text() for page in PAGES)
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    # In commands only: "make sense" is not one.
    asked = set(re.findall(r"(?:`(?:[A-Z]+=\S+ )?|^\s*|\d )make ([a-z]+)", told, re.MULTILINE))
    managed = set(re.findall(r"(?:`|python )manage\.py ([a-z_]+)", told))

    assert asked
    assert asked - targets == set()
    assert managed
    assert managed - set(get_commands()) == set()


def test_files_named_in_pages_exist() -> None:
    named = [(name(page), path) for page in PAGES for path in paths_in(page)]

    assert len(named) > 100
    assert [(page, path) for page, path in named if not is_there(path)] == []


def test_names_beside_files_in_pages_exist() -> None:
    named = [
        (path, attribute)
        for page in PAGES
        for path, attribute in re.findall(r"`([\w/]+\.py): (\w+)`", page.read_text())
    ]
    gone = [
        f"{path}: {attribute}"
        for path, attribute in named
        if not hasattr(importlib.import_module(module_of(path)), attribute)
    ]

    assert named
    assert gone == []


def paths_in(page: Path) -> Iterator[str]:
    """Yield what stands in backquotes and looks like a file of ours, or a folder of an app."""
    for quoted in re.findall(r"`([^`\n]+)`", page.read_text()):
        path = quoted.split(": ")[0]
        if re.fullmatch(
            r"[\w.][\w./-]*\.(?:py|sql|sh|css|html|toml|lock|md|yaml|yml|po)", path
        ) or (re.fullmatch(r"[\w./-]+/[\w./-]*", path) and path.split("/")[0] in FOLDERS):
            yield path


@cache
def is_there(path: str) -> bool:
    """Return whether a path exists; what is named by its end is looked for in our folders."""
    if (ROOT / path).exists():
        return True
    return any(True for folder in FOLDERS for _ in (ROOT / folder).rglob(path))


def module_of(path: str) -> str:
    """Return the module of a path, that of a package for its ``__init__.py``."""
    found = path if (ROOT / path).exists() else f"accreditation/criteria/{path}"
    return found.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def test_every_environment_variable_is_explained() -> None:
    assert [variable for variable in KNOWN if f"`{variable}`" not in all_docs()] == []


def test_every_task_is_explained() -> None:
    current_app.loader.import_default_modules()
    ours = [task for task in sorted(current_app.tasks) if task.startswith(OURS)]

    assert ours
    assert [task for task in ours if f"`{task}`" not in all_docs()] == []


def test_every_command_is_explained() -> None:
    ours = [command for command, app in get_commands().items() if app.startswith(OURS)]

    assert ours
    assert [one for one in sorted(ours) if f"manage.py {one}" not in all_docs()] == []


def test_every_permission_is_explained() -> None:
    page = (DOCS / "permissions.md").read_text()

    assert [one.value for one in Permission if f"`{one.value}`" not in page] == []


@cache
def all_docs() -> str:
    return "\n".join(page.read_text() for page in sorted(DOCS.rglob("*.md")))


def test_every_reason_why_a_record_does_not_count_is_explained() -> None:
    page = (DOCS / "how-to" / "read-a-verdict.md").read_text()

    assert [reason.value for reason in ReasonCode if f"`{reason.value}`" not in page] == []


def test_pictures_are_small_and_shown_somewhere() -> None:
    pictures = {picture.relative_to(ROOT) for picture in (DOCS / "pictures").iterdir()}
    text = "".join(page.read_text() for page in PAGES)

    assert [one for one in pictures if (ROOT / one).stat().st_size > 200_000] == []
    assert [one for one in pictures if one.name not in text] == []
