"""Small rules and how they are said."""

from __future__ import annotations

from typing import Any

from accreditation.criteria.document import Rules, parse
from accreditation.requirements import Requirement, asked_by
from accreditation.sentences.speech import Names
from tests.accreditation.public_cast import document

LEVELS = ("Silver", "Gold")


def leaf(kind: str, key: str = "one", **more: Any) -> dict[str, Any]:
    """Return a criterion node with a text that no sentence repeats."""
    return {"key": key, "kind": kind, "text": {"en": "Free text"}, **more}


def people(at_least: Any = 2, key: str = "one", **more: Any) -> dict[str, Any]:
    """Return a node that asks for people; without filters, for holders of one exam."""
    named = {"families", "certifications"} & set(more) or isinstance(more.get("each_holds"), list)
    filters = {} if named else {"certifications": ["exam"]}
    return leaf("people_holding", key, **{"at_least": at_least, **filters, **more})


def rules(criteria: dict[str, Any], *, draft: bool = False, **settings: Any) -> Rules:
    """Return rules of two levels that share a criterion."""
    return parse(document("delivery", *LEVELS, criteria=criteria, **settings), draft=draft)


def asked(
    criteria: dict[str, Any], level: str = "gold", names: Names | None = None, **more: Any
) -> Requirement:
    """Return the only requirement of a level."""
    found = asked_by(rules(criteria, **more), level, names)
    assert found is not None
    [requirement] = found.requirements
    return requirement


def sentence(criteria: dict[str, Any], **more: Any) -> str:
    """Return what the only requirement asks."""
    return asked(criteria, **more).sentence
