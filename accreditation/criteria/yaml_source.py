"""Rules documents as YAML: a small, safe part of the language, so that no value surprises.

Only `true` and `false` are booleans, days stay text, names must be text and appear once, anchors
and aliases are refused, depth and size are limited.
"""

import re
from collections.abc import Hashable, Mapping
from typing import Any

import yaml

from accreditation.criteria.limits import (
    MAX_CHARACTERS,
    MAX_DEPTH,
    MAX_NODES,
    check_text,
    too_deep,
    too_many,
)
from accreditation.criteria.problems import DocumentError, Problem, ProblemCode

# What the parser's own reasons mean, by words of theirs: YAML_FLAWS says it in every language.
_FLAWS = (
    ("<block end>", "indentation"),
    ("expected ',' or", "brackets"),
    ("expected ':'", "colon"),
    ("expected the node content", "content"),
    ("unexpected end of stream", "quotes"),
    ("unexpected document separator", "quotes"),
    ("cannot start any token", "character"),
    ("special characters", "unprintable"),
    ("not allowed here", "value"),
    ("another document", "documents"),
    ("tag", "tag"),
)


def load_yaml(text: str) -> Mapping[str, Any]:
    """Return the document of a YAML text, not yet checked against the rules' form.

    :raises DocumentError: the text is not YAML (the place names line and column), or uses too much
        of it.
    """
    if len(text) > MAX_CHARACTERS:
        raise _error("", ProblemCode.TOO_LARGE, limit=str(MAX_CHARACTERS), unit="characters")
    try:
        document = _Loader(text).get_single_data()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        place = f"line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        raise _malformed(place, error.problem or "") from error
    except yaml.reader.ReaderError as error:
        before = text[: error.position]
        line, column = before.count("\n") + 1, error.position - before.rfind("\n")
        place = f"line {line}, column {column}"
        raise _malformed(place, error.reason) from error
    except DocumentError:
        raise
    except (yaml.YAMLError, ValueError) as error:
        raise _malformed("", str(error)) from error
    if not isinstance(document, dict):
        raise _error("", ProblemCode.NOT_A_MAPPING)
    return document


class _Loader(yaml.SafeLoader):
    """Safe loading with the limits of this module; resolves only the scalars listed below."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._depth = 0
        self._count = 0

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        event = self.peek_event()  # type: ignore[no-untyped-call]
        line = f"line {event.start_mark.line + 1}"
        if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
            raise _error(line, ProblemCode.YAML_ALIAS)
        self._count += 1
        # Names are nodes as well, therefore twice the number of values.
        if self._count > 2 * MAX_NODES:
            raise too_many(line)
        if self._depth > MAX_DEPTH:
            raise too_deep(line)
        self._depth += 1
        node = super().compose_node(parent, index)
        self._depth -= 1
        return node

    def construct_mapping(
        self,
        node: yaml.MappingNode,
        deep: bool = False,  # noqa: FBT001, FBT002 - the signature of the library
    ) -> dict[Hashable, Any]:
        lines: dict[str, int] = {}
        for name, _ in node.value:
            line = name.start_mark.line + 1
            if name.tag != "tag:yaml.org,2002:str":
                raise _error(f"line {line}", ProblemCode.NOT_TEXT)
            if name.value in lines:
                check_text(f"line {line}", name.value)  # the problem repeats it
                raise _error(
                    f"line {line}",
                    ProblemCode.DUPLICATE,
                    key=name.value,
                    first=f"line {lines[name.value]}",
                )
            lines[name.value] = line
        return super().construct_mapping(node, deep=deep)


for _tag, _pattern, _first in (
    ("bool", r"true|false", "tf"),
    ("null", r"null|~|", ["n", "~", ""]),
    # What has more digits than any float stays text, to be refused at its place.
    ("int", r"-?(0|[1-9][0-9]{0,399})", "-0123456789"),
    ("float", r"-?(0|[1-9][0-9]{0,399})\.[0-9]{1,399}", "-0123456789"),
):
    _Loader.add_implicit_resolver(
        f"tag:yaml.org,2002:{_tag}", re.compile(rf"^(?:{_pattern})$"), list(_first)
    )


def _malformed(place: str, reason: str) -> DocumentError:
    flaw = next((flaw for words, flaw in _FLAWS if words in reason), "")
    return _error(place, ProblemCode.MALFORMED_YAML, flaw=flaw)


def _error(place: str, code: ProblemCode, **params: str) -> DocumentError:
    return DocumentError([Problem(place, code, params)])
