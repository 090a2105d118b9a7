"""A rules document however it was sent: read alike by page, API and command."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Self

from accreditation.criteria.document import Rules, parse
from accreditation.criteria.problems import DocumentError, Problem
from accreditation.criteria.yaml_source import load_yaml
from accreditation.queries.catalog import not_in_catalog


@dataclass(frozen=True, slots=True)
class Checked:
    """What is wrong with a document, and its rules where nothing is.

    ``before_publishing`` is what a draft may leave for later: open numbers, and keys that the
    vendor's catalog does not know yet.
    """

    rules: Rules | None
    problems: tuple[Problem, ...] = ()
    before_publishing: tuple[Problem, ...] = ()

    def to_publish(self) -> Self:
        """Return the same with everything that publishing would refuse among the problems."""
        if not self.before_publishing:
            return self
        problems = (*self.problems, *self.before_publishing)
        return replace(self, rules=None, problems=problems, before_publishing=())


def check_document(sent: Mapping[str, Any] | str, *, catalog: bool) -> Checked:
    """Return what is wrong with a document or its YAML text, as for a draft.

    ``catalog``: a vendor is open, so its catalog is asked for what the document names.
    """
    try:
        document = load_yaml(sent) if isinstance(sent, str) else sent
        rules = parse(document, draft=True)
    except DocumentError as error:
        return Checked(None, error.problems)
    unknown = not_in_catalog(rules) if catalog else ()
    return Checked(rules, before_publishing=(*_open_values(document, rules), *unknown))


def _open_values(document: Mapping[str, Any], rules: Rules) -> tuple[Problem, ...]:
    if not rules.open_places:
        return ()
    try:
        parse(document)
    except DocumentError as error:
        return error.problems
    return ()
