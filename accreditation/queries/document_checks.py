"""What is wrong with a rules document, however it was sent: asked alike by API and command."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Self

from accreditation.criteria.document import Rules, parse
from accreditation.criteria.problems import DocumentError, Problem
from accreditation.criteria.yaml_source import load_yaml
from accreditation.queries.building import circles, circles_with
from accreditation.queries.catalog import not_in_catalog, not_offered


@dataclass(frozen=True, slots=True)
class Checked:
    """What is wrong with a document, and its rules where nothing is.

    ``before_publishing`` is what a draft may leave for later: open numbers, keys that the vendor's
    catalog does not know yet, awards on application.
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


def check_document(sent: Mapping[str, Any] | str, *, on: date | None) -> Checked:
    """Return what is wrong with a document or its YAML text, as for a draft.

    ``on``: a vendor's day. That vendor is open: its catalog and its other programs are asked for
    what the document names. None: the document is looked at by itself.
    """
    try:
        document = load_yaml(sent) if isinstance(sent, str) else sent
        rules = parse(document, draft=True)
    except DocumentError as error:
        return Checked(None, error.problems)
    unknown = () if on is None else not_in_catalog(rules)
    closed = circles_with(rules, ()) if on is None else circles(rules, on, drafts=True)
    later = (*_open_values(document, rules), *unknown, *not_offered(rules))
    return Checked(None if closed else rules, closed, before_publishing=later)


def _open_values(document: Mapping[str, Any], rules: Rules) -> tuple[Problem, ...]:
    if not rules.open_places:
        return ()
    try:
        parse(document)
    except DocumentError as error:
        return error.problems
    return ()
