"""A rules document however it was sent: read alike by page, API and command."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from accreditation.criteria.document import Rules, parse
from accreditation.criteria.problems import DocumentError, Problem
from accreditation.criteria.yaml_source import load_yaml


@dataclass(frozen=True, slots=True)
class Checked:
    """What is wrong with a document, and its rules where nothing is.

    ``before_publishing`` is what a draft may leave for later: numbers that are open.
    """

    rules: Rules | None
    problems: tuple[Problem, ...] = ()
    before_publishing: tuple[Problem, ...] = ()


def check_document(sent: Mapping[str, Any] | str) -> Checked:
    """Return what is wrong with a document or its YAML text, as for a draft."""
    try:
        document = load_yaml(sent) if isinstance(sent, str) else sent
        rules = parse(document, draft=True)
    except DocumentError as error:
        return Checked(None, error.problems)
    if not rules.open_places:
        return Checked(rules)
    try:
        parse(document)
    except DocumentError as error:
        return Checked(rules, before_publishing=error.problems)
    return Checked(rules)
