"""The rules of the house that no linter knows: names, sizes and reasons."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.dispatch import Signal

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("accreditation", "config", "documents", "enablement", "partners", "portal")
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
