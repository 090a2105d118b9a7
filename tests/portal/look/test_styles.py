"""Our style sheets and icons are those that pages use, and no others."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from portal.look import icons
from portal.look.components import Tone

PORTAL = Path(__file__).resolve().parents[3] / "portal"
SHEETS = sorted((PORTAL / "look" / "static" / "look" / "css").glob("*.css"))

COMMENT_OR_STRING = re.compile(r'/\*.*?\*/|"[^"]*"', re.DOTALL)
SELECTOR = re.compile(r"([^{};]+)\{")
CLASS = re.compile(r"\.(-?[a-z][\w-]*)", re.IGNORECASE)
# An attribute may hold quotes inside Django's tags.
CLASS_ATTRIBUTE = re.compile(r'class="((?:\{%.*?%\}|\{\{.*?\}\}|[^"])*)"')
TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}")
ENTRY_CLASS = re.compile(r"\{% block entry_class %\}([^{]*)")
NAMES = re.compile(r"[a-z0-9-]+(?: [a-z0-9-]+)*")
# Templates compose these: class="t-{{ chip.tone }}".
COMPOSED = {f"t-{tone}" for tone in Tone}


def rules_of(sheet: Path) -> str:
    return COMMENT_OR_STRING.sub("", sheet.read_text(encoding="utf-8"))


def classes_of(sheet: Path) -> set[str]:
    return {
        name for selector in SELECTOR.findall(rules_of(sheet)) for name in CLASS.findall(selector)
    }


def names_in_use() -> set[str]:
    return {name for written in (*in_templates(), *in_python()) for name in written.split()}


def in_templates() -> Iterator[str]:
    """Yield what stands in class attributes, and the words handed to our tags."""
    for path in PORTAL.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        for attribute in CLASS_ATTRIBUTE.findall(text):
            yield TAG.sub(" ", attribute)
        yield from ENTRY_CLASS.findall(text)
        for tag in TAG.findall(text):
            yield from filter(NAMES.fullmatch, re.findall(r'"([^"]*)"', tag))


def in_python() -> Iterator[str]:
    """Yield names, and what stands in class attributes, of string literals."""
    for path in set(PORTAL.rglob("*.py")) - {Path(icons.__file__)}:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield from CLASS_ATTRIBUTE.findall(node.value)
                if NAMES.fullmatch(node.value.strip()):
                    yield node.value


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_every_class_is_used(sheet: Path) -> None:
    assert classes_of(sheet) - names_in_use() - COMPOSED == set()


def test_every_sheet_is_linked() -> None:
    templates = "".join(path.read_text(encoding="utf-8") for path in PORTAL.rglob("*.html"))

    assert [sheet.name for sheet in SHEETS if f"look/css/{sheet.name}" not in templates] == []


def test_every_variable_is_defined_and_used() -> None:
    css = "".join(rules_of(sheet) for sheet in SHEETS)

    used = set(re.findall(r"var\((--[\w-]+)", css))
    assert used == set(re.findall(r"(--[\w-]+)\s*:", css))


def test_every_icon_is_used() -> None:
    assert icons.ICONS - names_in_use() == set()
