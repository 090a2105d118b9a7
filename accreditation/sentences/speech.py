"""Whom a criterion is said to, and how numbers, days, names and lists are said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Self

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from accreditation.criteria.kinds.counting import decimal_of
from accreditation.criteria.reader import Catalog
from accreditation.criteria.verdicts import Number

OF_A_RULE = frozenset({"table", "otherwise", "share", "at_most"})
"""Where a number may be open in a rule by which all levels find theirs."""


@dataclass(frozen=True, slots=True)
class Names:
    """How the vendor calls what documents name by key; a key without a name is said as it is.

    ``levels`` are the names of levels by program and level.
    """

    catalog: Mapping[Catalog, Mapping[str, str]] = field(default_factory=dict)
    programs: Mapping[str, str] = field(default_factory=dict)
    levels: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def level(self, programs: Iterable[str], key: str) -> str:
        """Return the name of a level, if these programs agree about it."""
        names = {self.levels.get((program, key), key) for program in programs}
        return names.pop() if len(names) == 1 else key


@dataclass(frozen=True, slots=True)
class Speech:
    """A criterion is said to one level.

    ``measured``: what is said is part of another criterion and has no need of its own.
    ``open_at`` are the places of numbers that a draft leaves open, below that of the criterion.
    """

    level: str
    names: Names = field(default_factory=Names)
    open_at: tuple[str, ...] = ()
    measured: bool = False

    def inside(self) -> Self:
        """Return how a measure inside the criterion is said."""
        return replace(self, measured=True)

    def is_open(self, name: str) -> bool:
        """Return whether a number is open, for the level or altogether."""
        parts = (one.replace("[", ".").split(".") for one in self.open_at)
        return any(
            first == name and (not rest or rest[0] == self.level or rest[0] in OF_A_RULE)
            for first, *rest in parts
        )

    def called(self, catalog: Catalog, keys: Iterable[str]) -> str:
        """Return the names of keys as alternatives."""
        names = self.names.catalog.get(catalog, {})
        return either(names.get(key, key) for key in keys)


def either(words: Iterable[str]) -> str:
    """Return alternatives in a stable order: "A, B or C"."""
    return one_of(sorted(words))


def one_of(words: Iterable[str]) -> str:
    """Return alternatives in their own order: "March, June or September"."""
    *before, last = words
    if not before:
        return last
    return _("%(before)s or %(last)s") % {"before": ", ".join(before), "last": last}


def number(value: Number) -> str:
    """Return an exact number with the thousands grouped."""
    shown = decimal_of(value)
    return number_format(int(shown) if shown == int(shown) else shown, force_grouping=True)


def percent(value: Number) -> str:
    """Return a share of one in hundredths."""
    return _("%(number)s%%") % {"number": number(value * 100)}


def day(value: date) -> str:
    """Return a calendar day."""
    return date_format(value, "DATE_FORMAT")


def day_of_year(month: int, number_: int) -> str:
    """Return a day of every year, such as 1 April; 2024 has all of them."""
    return date_format(date(2024, month, number_), "MONTH_DAY_FORMAT")


def between(first: date | None, last: date | None) -> str:
    """Return the days from one through another; either may be missing, not both."""
    values = {"first": day(first) if first else "", "last": day(last) if last else ""}
    if first is None:
        return _("through %(last)s") % values
    if last is None:
        return _("from %(first)s on") % values
    return _("from %(first)s through %(last)s") % values
