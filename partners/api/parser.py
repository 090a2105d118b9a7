"""Reads JSON bodies, and refuses what only looks like JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import IO, Any, NoReturn

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from rest_framework import status
from rest_framework.exceptions import APIException, ParseError
from rest_framework.parsers import BaseParser

MOST_LEVELS = 32
MOST_NAMED = 80  # characters of a name that a refusal repeats


class TooLarge(APIException):
    """The body is larger than the server reads."""

    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE
    default_detail = _("The body is too large.")
    default_code = "too_large"


class StrictJSONParser(BaseParser):
    """One JSON object in UTF-8: 32 levels, every name once, no NaN, NUL or lone surrogate."""

    media_type = "application/json"

    def parse(
        self,
        stream: IO[bytes],
        media_type: str | None = None,  # noqa: ARG002 - the framework's signature
        parser_context: Mapping[str, Any] | None = None,  # noqa: ARG002 - the framework's signature
    ) -> dict[str, Any]:
        """Return the object in the body.

        :raises ParseError: if it is anything else.
        :raises TooLarge: above ``DATA_UPLOAD_MAX_MEMORY_SIZE`` bytes.
        """
        limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0
        body = stream.read(limit + 1)
        if len(body) > limit:
            raise TooLarge
        try:
            value = json.loads(
                body.decode(), object_pairs_hook=_named_once, parse_constant=_no_constant
            )
        except json.JSONDecodeError as error:
            place = {"line": error.lineno, "column": error.colno}
            sentence = _("The body is not valid JSON: line %(line)d, column %(column)d.") % place
            raise ParseError(sentence) from error
        except (ValueError, RecursionError) as error:
            raise ParseError(_("The body is not valid JSON.")) from error
        if not isinstance(value, dict):
            raise ParseError(_("The body is not a JSON object."))
        _check(value, level=1)
        return value


def _named_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    named: dict[str, Any] = {}
    for name, value in pairs:
        if name in named:
            _check_text(name)  # the refusal repeats it
            sentence = _("The name “%(name)s” occurs twice in one object.")
            raise ParseError(sentence % {"name": name[:MOST_NAMED]})
        named[name] = value
    return named


def _no_constant(name: str) -> NoReturn:
    raise ParseError(_("%(name)s is not a JSON number.") % {"name": name})


def _check(value: Any, level: int) -> None:
    """Refuse what the database or a reader would stumble over, at any depth."""
    if level > MOST_LEVELS:
        raise ParseError(_("The body is nested deeper than %(n)d levels.") % {"n": MOST_LEVELS})
    if isinstance(value, str):
        _check_text(value)
    elif isinstance(value, dict):
        for name, item in value.items():
            _check_text(name)
            _check(item, level + 1)
    elif isinstance(value, list):
        for item in value:
            _check(item, level + 1)


def _check_text(text: str) -> None:
    if "\0" in text:
        raise ParseError(_("A text contains the character NUL."))
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise ParseError(_("A text contains half of a surrogate pair."))
