"""The rules of the house that no linter knows: names, sizes, reasons, and pages that keep up."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from celery import current_app
from django.apps import apps
from django.core.management import get_commands
from django.dispatch import Signal

from config.environment import KNOWN
from partners.rules import Permission

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("accreditation", "config", "documents", "enablement", "partners", "portal")
DOCS = ROOT / "docs"
LONGEST_FILE, LONGEST_FUNCTION = 400, 50
NOWHERE_NAMES = {"utils", "helpers", "common", "services", "misc", "core"}
INLINE_IMPORT_REASONS = ("app ready", "optional dependency")


def sources(*folders: str) -> list[Path]:
    """Return our Python files, without the first migrations, which Django wrote."""
    found = [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]
    return [path for path in found if path.name != "0001_initial.py"]


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def lines_of(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


@cache
def all_docs() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(DOCS.rglob("*.md")))


# --- Names and sizes ---------------------------------------------------------------------------


def test_no_module_is_called_after_nothing() -> None:
    named = {(path.parent if path.name == "__init__.py" else path) for path in sources(*PACKAGES)}

    assert [name_of(path) for path in sorted(named) if path.stem in NOWHERE_NAMES] == []


def test_no_file_is_too_long() -> None:
    long = {name_of(path): len(lines_of(path)) for path in sources(*PACKAGES, "tests")}

    assert {name: size for name, size in long.items() if size > LONGEST_FILE} == {}


def test_no_function_is_too_long() -> None:
    long = {
        f"{name_of(path)}: {one.name}": size
        for path in sources(*PACKAGES, "tests")
        for one, size in functions(path)
        if size > LONGEST_FUNCTION
    }

    assert long == {}


def functions(path: Path) -> Iterator[tuple[ast.FunctionDef | ast.AsyncFunctionDef, int]]:
    for node in ast.walk(ast.parse("\n".join(lines_of(path)))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node, (node.end_lineno or node.lineno) - node.lineno + 1


# --- Reasons -----------------------------------------------------------------------------------


def test_every_exception_for_a_linter_says_for_which_rule() -> None:
    bare = re.compile(r"#\s*(ruff:\s*)?noqa(?!\s*:\s*[A-Z]+\d)|#\s*type:\s*ignore(?!\[[a-z-]+)")

    assert [where for where, line in code_lines("tests") if bare.search(line)] == []


def test_an_inline_import_has_one_of_two_reasons() -> None:
    excused = [(where, line) for where, line in code_lines() if re.search(r"noqa:.*PLC0415", line)]
    unreasonable = [
        where for where, line in excused if not any(one in line for one in INLINE_IMPORT_REASONS)
    ]

    assert unreasonable == []


def code_lines(*more: str) -> Iterator[tuple[str, str]]:
    for path in sources(*PACKAGES, *more):
        if path != Path(__file__):
            for number, line in enumerate(lines_of(path), start=1):
                yield f"{name_of(path)}:{number}", line


def test_there_is_one_signal() -> None:
    assigned = re.compile(r"=\s*(?:\w+\.)*Signal\(")
    made = [where for where, line in code_lines() if assigned.search(line)]

    assert [where.split(":")[0] for where in made] == ["partners/signals.py"]
    assert Signal.__module__ == "django.dispatch.dispatcher"


# --- Pages -------------------------------------------------------------------------------------


def test_glossary_explains_every_model_and_no_other() -> None:
    rows = [line for line in lines_of(DOCS / "glossary.md") if line.startswith("| **")]
    named = re.compile(r"`((?:partners|enablement|documents|accreditation)\.[A-Z]\w+)`")
    explained = [name for row in rows for name in named.findall(row.rsplit("|", 2)[1])]
    models = [one._meta.label for one in apps.get_models() if one.__module__.startswith(PACKAGES)]

    assert sorted(explained) == sorted(models)


def test_every_environment_variable_is_explained() -> None:
    assert [name for name in KNOWN if f"`{name}`" not in all_docs()] == []


def test_every_task_is_explained() -> None:
    current_app.loader.import_default_modules()
    ours = [name for name in sorted(current_app.tasks) if name.startswith(PACKAGES)]

    assert ours
    assert [name for name in ours if f"`{name}`" not in all_docs()] == []


def test_every_command_is_explained() -> None:
    ours = [name for name, app in get_commands().items() if app.startswith(PACKAGES)]

    assert ours
    assert [name for name in sorted(ours) if f"manage.py {name}" not in all_docs()] == []


def test_every_permission_is_explained() -> None:
    page = (DOCS / "permissions.md").read_text(encoding="utf-8")

    assert [one.value for one in Permission if f"`{one.value}`" not in page] == []


def test_decisions_are_counted_without_a_gap() -> None:
    pages = sorted((DOCS / "decisions").glob("*.md"))
    headings = [lines_of(page)[0] for page in pages]

    assert [page.name[:4] for page in pages] == [f"{n:04}" for n in range(1, len(pages) + 1)]
    assert [heading[:7] for heading in headings] == [f"# {page.name[:4]} " for page in pages]


@pytest.mark.parametrize("page", sorted(DOCS.rglob("*.md")), ids=name_of)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\((?!https?://|#|mailto:)([^)#\s]+)", "\n".join(lines_of(page)))

    assert [target for target in targets if not (page.parent / target).exists()] == []


def test_commands_of_the_readme_exist() -> None:
    told = (ROOT / "README.md").read_text(encoding="utf-8") + all_docs()
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    # In commands only: "make sense" is not one.
    asked = set(re.findall(r"(?:`|^\s+|\d )make ([a-z]+)", told, re.MULTILINE))

    assert asked
    assert asked <= targets
    assert set(re.findall(r"(?:`|python )manage\.py ([a-z_]+)", told)) <= set(get_commands())
