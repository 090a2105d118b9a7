"""Reads one cell of a file. Cells come trimmed and not empty; a value is taken as it is written.

Nothing is guessed and nothing is a formula: what cannot be read is refused with a sentence.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email, validate_slug
from django.db.models import TextChoices
from django.utils.translation import gettext_noop as _

from partners.operations.facts import FULL_TIME
from partners.periods import FIRST_DAY, LAST_YEAR
from partners.refusals import CannotRecord

Parse = Callable[[str], Any]
"""Returns the value of a cell, or raises ``CannotRecord`` without naming the field."""

_NUMBER = re.compile(r"-?[0-9]{1,40}(\.[0-9]{1,40})?")
_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def text(most: int) -> Parse:
    """Return the reader of a text of up to ``most`` characters."""

    def parse(cell: str) -> str:
        if any(unicodedata.category(character) == "Cc" for character in cell):
            raise CannotRecord("", _("This text holds a character that cannot be shown."))
        value = unicodedata.normalize("NFC", cell)
        if len(value) > most:
            raise CannotRecord("", _("This text is longer than %(most)s characters."), most=most)
        return value

    return parse


def email(cell: str) -> str:
    """Return the e-mail address in lower case."""
    try:
        validate_email(cell)
    except ValidationError as error:
        raise CannotRecord("", _("“%(text)s” is not an e-mail address."), text=cell[:80]) from error
    return text(254)(cell).lower()  # type: ignore[no-any-return]


def day(cell: str) -> date:
    """Return the calendar day written as ``2026-03-02``."""
    if not _ISO_DAY.fullmatch(cell):
        raise CannotRecord(
            "",
            _("“%(text)s” is not a day: write year-month-day, as in 2026-03-02."),
            text=cell[:40],
        )
    try:
        value = date.fromisoformat(cell)
    except ValueError as error:
        raise CannotRecord("", _("%(text)s is not in the calendar."), text=cell) from error
    if not FIRST_DAY.year <= value.year <= LAST_YEAR:
        raise CannotRecord(
            "", _("%(text)s is too far away. Leave the cell empty if there is no end."), text=cell
        )
    return value


def key(cell: str) -> str:
    """Return a key: letters, digits, hyphens and underscores."""
    try:
        validate_slug(cell)
    except ValidationError as error:
        raise CannotRecord("", _("“%(text)s” is not a key."), text=cell[:80]) from error
    return text(80)(cell)  # type: ignore[no-any-return]


def keys(cell: str) -> tuple[str, ...]:
    """Return the keys of a list separated by semicolons, each once."""
    named = (part.strip() for part in cell.split(";"))
    return tuple(dict.fromkeys(key(part) for part in named if part))


def texts(most: int) -> Parse:
    """Return the reader of a list of texts separated by semicolons, each once."""
    one = text(most)

    def parse(cell: str) -> tuple[str, ...]:
        named = (part.strip() for part in cell.split(";"))
        return tuple(dict.fromkeys(one(part) for part in named if part))

    return parse


def by_name(value: Parse) -> Parse:
    """Return the reader of a list such as ``tier=gold; sold=yes``, each name once."""

    def parse(cell: str) -> dict[str, Any]:
        read: dict[str, Any] = {}
        for part in filter(None, (part.strip() for part in cell.split(";"))):
            name, mark, rest = (piece.strip() for piece in part.partition("="))
            if not (mark and rest):
                raise CannotRecord("", _("Write name=value, as in tier=gold; sold=yes."))
            if key(name) in read:
                raise CannotRecord("", _("“%(text)s” is said twice."), text=name)
            read[name] = value(rest)
        return read

    return parse


def yes_no(cell: str) -> bool:
    """Return whether the cell says yes."""
    said = {"yes": True, "true": True, "no": False, "false": False}.get(cell.lower())
    if said is None:
        raise CannotRecord("", _("“%(text)s” is neither yes nor no."), text=cell[:40])
    return said


def number(cell: str) -> Decimal:
    """Return the number written as ``1234.50``: exactly, without marks between the digits."""
    if not _NUMBER.fullmatch(cell):
        raise CannotRecord(
            "", _("“%(text)s” is not a number: write it as in 1234.50."), text=cell[:40]
        )
    return Decimal(cell)


def percent(cell: str) -> int:
    """Return the whole percent written as ``80`` or ``80 %``, from 1 to 100."""
    digits = cell.removesuffix("%").rstrip()
    if not (digits.isascii() and digits.isdecimal() and 1 <= int(digits[:4]) <= FULL_TIME):
        raise CannotRecord(
            "", _("“%(text)s” is not a whole percent from 1 to 100."), text=cell[:40]
        )
    return int(digits)


def code(length: int) -> Parse:
    """Return the reader of a code of so many letters, such as that of a country, in capitals."""

    def parse(cell: str) -> str:
        if not (len(cell) == length and cell.isascii() and cell.isalpha()):
            raise CannotRecord(
                "",
                _("“%(text)s” is not a code of %(length)s letters."),
                text=cell[:40],
                length=length,
            )
        return cell.upper()

    return parse


def one_of(choices: type[TextChoices]) -> Parse:
    """Return the reader of one of the choices."""

    def parse(cell: str) -> TextChoices:
        try:
            return choices(cell.lower())
        except ValueError as error:
            raise CannotRecord(
                "",
                _("“%(text)s” is not one of: %(choices)s."),
                text=cell[:40],
                choices=", ".join(choices.values),
            ) from error

    return parse
