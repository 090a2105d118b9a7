"""Writes down whom every address lets in, for people to read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from config.routes import IDENTITIES, METHODS, Route, expected, routes

PAGE = Path(settings.BASE_DIR) / "docs" / "routes.md"

_INTRODUCTION = """# Every address, and whom it lets in

Written by `manage.py print_routes` from the addresses, the pages' permissions and
`partners/rules.py`; do not edit. A test walks every address, with every method, as everybody here.

| answer | |
| --- | --- |
| in | let in; what follows depends on what was sent |
| 302 | led to signing in |
| 401 | the API asks for a key or a signed-in member |
| 403 | a member, but not with this permission |
| 404 | does not exist for them: strangers, other partners' people, partners out of reach |
| 405 | let in, but there is no such method |
"""


class Command(BaseCommand):
    """Writes docs/routes.md."""

    help = "Write docs/routes.md: whom every address lets in."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Write the page and say where it is."""
        PAGE.write_text(page(), encoding="utf-8")
        self.stdout.write(str(PAGE))


def page() -> str:
    """Return the page in Markdown."""
    return "\n".join([_INTRODUCTION, *_identities(), "", *_table(routes()), ""])


def _identities() -> list[str]:
    rows = [f"| {one.label} | {one.explanation} |" for one in IDENTITIES]
    return ["| who | |", "| --- | --- |", *rows]


def _table(every: Iterable[Route]) -> list[str]:
    heads = ["address", "methods", "door", "permission", *(one.label for one in IDENTITIES)]
    rows = [row for route in every for row in _rows(route)]
    return [_line(heads), _line(["---"] * len(heads)), *map(_line, rows)]


def _rows(route: Route) -> Iterator[list[str]]:
    """Yield one row for the methods that are answered alike."""
    alike: dict[tuple[str, ...], list[str]] = {}
    for method in METHODS:
        permission = route.permissions.get(method)
        answers = (expected(route, method, who) for who in IDENTITIES)
        alike.setdefault((f"`{permission}`" if permission else "", *answers), []).append(method)
    for cells, methods in alike.items():
        yield [f"`{route.address}`", " ".join(methods), route.door, *cells]


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
