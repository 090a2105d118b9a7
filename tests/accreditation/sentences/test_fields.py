"""Nothing that a criterion can ask goes unsaid: its words look at every one of its fields."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from accreditation.criteria.document import parse
from accreditation.criteria.kinds import registry
from accreditation.criteria.kinds.criterion import Kind
from accreditation.criteria.yaml_source import load_yaml
from accreditation.sentences.said import said
from accreditation.sentences.speech import Speech

GUIDE = Path(__file__).resolve().parents[3] / "docs" / "how-to" / "write-a-program.md"


def leaves(node: Any) -> Iterator[Kind]:
    """Yield every criterion below a node."""
    if hasattr(node, "form"):
        for branch in node.branches:
            yield from leaves(branch)
    else:
        yield node


def examples() -> dict[str, Kind]:
    """Return a criterion of every kind that the guide shows."""
    texts = re.findall(r"```yaml\n(.*?)```", GUIDE.read_text(), flags=re.DOTALL)
    trees = [parse(load_yaml(text)).criteria for text in texts if "format: 1" in text]
    return {one.kind: one for tree in trees for one in leaves(tree)}


EXAMPLES = examples()
ASKS_NOTHING = {"label"}


class Watched:
    """A criterion that notes which of its fields are looked at."""

    seen: set[str]

    def __init__(self, criterion: Kind) -> None:
        self.seen = set()
        self.criterion = criterion

    @property  # type: ignore[misc]
    def __class__(self) -> type:
        return type(self.criterion)

    def __getattr__(self, name: str) -> Any:
        self.seen.add(name)
        return getattr(self.criterion, name)


@pytest.mark.parametrize("kind", sorted(EXAMPLES))
def test_words_look_at_every_field(kind: str) -> None:
    watched = Watched(EXAMPLES[kind])

    said(watched, Speech("partner" if kind != "people_holding" else "gold"))  # type: ignore[arg-type]

    names = {one.name for one in fields(type(EXAMPLES[kind]))}  # type: ignore[arg-type]
    assert names - watched.seen - ASKS_NOTHING == set()


def test_only_kinds_shown_to_authors_are_missing() -> None:
    assert set(registry.names()) - set(EXAMPLES) == {"certificates_held"}
