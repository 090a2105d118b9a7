"""Reading a rules document: every value is checked, every problem is noted, reading goes on."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar

from accreditation.criteria.building import BuiltOn
from accreditation.criteria.plain import exact, is_text
from accreditation.criteria.problems import Problem, ProblemCode

Localized = Mapping[str, str]
"""A text by language code."""

OPEN = "open"
"""The value of what the source does not state, mostly a number; a draft may hold it."""

KEY_PATTERN = r"[a-z0-9][a-z0-9_-]{0,62}"
"""What keys look like."""

_KEY = re.compile(KEY_PATTERN)

Choice = TypeVar("Choice", bound=StrEnum)


HIGHEST = 36_500
"""No number of days or things goes beyond: a century in days."""

LARGEST = 10**18
"""No figure goes beyond, above or below zero."""

MOST_MONTHS = 600
"""No number of months goes beyond: half a century. So windows within windows, as deep as a document
may be, stay within the calendar."""


class Catalog(StrEnum):
    """Where the vendor keeps the things a document refers to by key."""

    CERTIFICATION = "certification"
    FAMILY = "family"
    CERTIFICATION_LEVEL = "certification_level"
    EMPLOYMENT_KIND = "employment_kind"
    JOB_ROLE = "job_role"
    PROGRAM = "program"
    COURSE = "course"
    COUNTRY = "country"


@dataclass(frozen=True, slots=True)
class Reference:
    """A key used by a document that must exist in the vendor's catalog."""

    catalog: Catalog
    key: str
    place: str


@dataclass(slots=True)
class Notes:
    """What reading a document has found so far.

    `asked` are the levels that are asked just now; `phased`: something is asked in some phases.
    """

    draft: bool
    phased: bool = False
    levels: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    problems: list[Problem] = field(default_factory=list)
    open_places: list[str] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    built_on: list[BuiltOn] = field(default_factory=list)
    places: dict[tuple[str, str], str] = field(default_factory=dict)
    nodes: dict[str, Any] = field(default_factory=dict)
    """The criteria read so far by key, to be asked again elsewhere."""
    roles: dict[str, None] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)
    """How many criteria each of these is, with all within."""
    size: int = 0
    """How many criteria have been read so far, those that are asked again included."""
    slots: int = 0
    """How many people all roles together ask for at most."""

    def problem(self, place: str, code: ProblemCode, **params: str) -> None:
        """Note a problem."""
        found = Problem(place, code, params)
        if found not in self.problems:
            self.problems.append(found)

    def leave_open(self, place: str) -> None:
        """Note an open value, which is a problem unless this is a draft."""
        self.open_places.append(place)
        if not self.draft:
            self.problem(place, ProblemCode.STILL_OPEN)

    def claim(self, noun: str, key: str, place: str) -> None:
        """Note that a criterion or level (`noun`) has this key; a second one is a problem."""
        first = self.places.setdefault((noun, key), place)
        if first != place:
            self.problem(place, ProblemCode.DUPLICATE, key=key, first=first)

    def places_of(self, noun: str) -> dict[str, str]:
        """Return the place of everything (`noun`) that has a key, by that key."""
        return {
            key: place.removesuffix(".key")
            for (one, key), place in self.places.items()
            if one == noun
        }


class Reader:
    """Reads one mapping of a document by name. A value with a problem reads as its default.

    `measured`: the mapping is a measure inside another criterion, so it says no need of its own.
    """

    def __init__(self, value: object, place: str, notes: Notes) -> None:
        self.place = place
        self.notes = notes
        self._usable = isinstance(value, Mapping)
        self._values: Mapping[object, object] = value if isinstance(value, Mapping) else {}
        self._read: dict[str, None] = {}
        self.measured = False
        if not self._usable:
            notes.problem(place, ProblemCode.NOT_A_MAPPING)

    def __contains__(self, name: str) -> bool:
        return name in self._values

    @property
    def usable(self) -> bool:
        """Whether there is a mapping to read; what is missing as a whole is noted already."""
        return self._usable

    def spot(self, name: str) -> str:
        """Return the place of a value."""
        return f"{self.place}.{name}" if self.place else name

    def problem_here(self, code: ProblemCode, **params: str) -> None:
        """Note a problem with the mapping itself."""
        self.notes.problem(self.place, code, **params)

    def problem(self, name: str, code: ProblemCode, **params: str) -> None:
        """Note a problem with a value."""
        self.notes.problem(self.spot(name), code, **params)

    def finish(self) -> None:
        """Note every name that nothing has asked for."""
        for name in self._values:
            if name not in self._read:
                self.problem(str(name), ProblemCode.UNKNOWN_NAME, known=", ".join(self._read))

    def child(self, name: str) -> "Reader | None":
        """Return the reader of a mapping inside this one, None if it is not given."""
        value = self._take(name, required=False)
        return None if value is None else Reader(value, self.spot(name), self.notes)

    def needed_child(self, name: str) -> "Reader":
        """Return the reader of a mapping inside this one, which must be given."""
        value = self._take(name, required=True)
        reader = Reader({} if value is None else value, self.spot(name), self.notes)
        # What is missing as a whole is not missed again piece by piece.
        reader._usable = reader._usable and value is not None
        return reader

    def children(self, name: str, *, required: bool = True) -> list["Reader"]:
        """Return the readers of a list of mappings, which must not be empty if it is given."""
        value = self._take(name, required=required)
        if value is None:
            return []
        if not isinstance(value, list | tuple) or not value:
            self.problem(name, ProblemCode.NOT_A_LIST)
            return []
        return [
            Reader(entry, f"{self.spot(name)}[{number}]", self.notes)
            for number, entry in enumerate(value)
        ]

    def text(self, name: str, *, required: bool = True) -> str:
        """Return a text that is not blank; empty if it is not given and not required."""
        value = self._take(name, required=required)
        if value is None:
            return ""
        if not isinstance(value, str) or not value.strip():
            self.problem(name, ProblemCode.NOT_TEXT)
            return ""
        return value

    def stated(self, name: str, *, required: bool = True) -> str:
        """Return a text that the source of the rules should state; empty if it is left open.

        Empty as well if it is not given and not required.
        """
        value = self.text(name, required=required)
        if value == OPEN:
            self.notes.leave_open(self.spot(name))
            return ""
        return value

    def key(self, name: str, *, required: bool = True, unique_as: str = "") -> str:
        """Return a short stable name; empty if it is not given and not required.

        `unique_as` is the noun among whose keys it must be the only one.
        """
        value = self.text(name, required=required)
        if value and not _KEY.fullmatch(value):
            self.problem(name, ProblemCode.NOT_A_KEY)
        elif value and unique_as:
            self.notes.claim(unique_as, value, self.spot(name))
        return value

    def localized(self, name: str, *, required: bool = True) -> Localized:
        """Return a text by language; empty if it is not given and not required."""
        value = self._take(name, required=required)
        if value is None:
            return {}
        if not isinstance(value, Mapping) or not value or not all(map(is_text, value.items())):
            self.problem(name, ProblemCode.NOT_TEXTS_BY_LANGUAGE)
            return {}
        return dict(value)

    def flag(self, name: str, *, default: bool | None = None) -> bool:
        """Return true or false; without a default it must be given."""
        value = self._take(name, required=default is None)
        if value is None:
            return bool(default)
        if not isinstance(value, bool):
            self.problem(name, ProblemCode.NOT_BOOLEAN)
        return bool(value)

    def choice(self, name: str, choices: type[Choice], *, default: Choice) -> Choice:
        """Return one of the choices, or the default if it is not given."""
        return self.optional_choice(name, choices) or default

    def chooses(self, name: str, choice: StrEnum) -> bool:
        """Return whether a choice that decides how others are read is this one."""
        return self._values.get(name) == choice

    def needed_choice(self, name: str, choices: type[Choice]) -> Choice:
        """Return one of the choices, which must be given."""
        self._take(name, required=True)
        return self.optional_choice(name, choices) or next(iter(choices))

    def optional_choice(self, name: str, choices: type[Choice]) -> Choice | None:
        """Return one of the choices, None if it is not given."""
        value = self._take(name, required=False)
        if value is None:
            return None
        chosen = next((choice for choice in choices if choice == value), None)
        if chosen is None:
            self.problem(name, ProblemCode.NOT_A_CHOICE, choices=", ".join(choices))
        return chosen

    def whole(self, name: str, *, default: int, required: bool = False, most: int = HIGHEST) -> int:
        """Return a whole number from zero through `most`; an open value reads as the default."""
        value = self._take(name, required=required)
        return self._number(name, value, ProblemCode.NOT_WHOLE, default, most)

    def positive(self, name: str, *, required: bool = True, most: int = HIGHEST) -> int | None:
        """Return a whole number from one through `most`; None if it is null, open, or not given."""
        value = self._take(name, required=required)
        number = self._number(name, value, ProblemCode.NOT_POSITIVE, 0, most)
        return number or None

    def decimal(
        self,
        name: str,
        *,
        required: bool = True,
        code: ProblemCode = ProblemCode.NOT_A_NUMBER,
        above: int | None = None,
        through: int | None = None,
    ) -> Decimal | None:
        """Return an exact number; None if it is null, open, or not given.

        `above` and `through` are its limits, exclusive and inclusive; `code` says them.
        """
        value = self._take(name, required=required)
        if value == OPEN:
            self.notes.leave_open(self.spot(name))
            return None
        if value is None:
            return None
        number = exact(value)
        if (
            number is None
            or (above is not None and number <= above)
            or (through is not None and number > through)
        ):
            self.problem(name, code)
            return None
        if abs(number) > LARGEST:
            self.problem(name, ProblemCode.TOO_HIGH, limit=str(LARGEST))
            return None
        return number

    def names(self) -> tuple[str, ...]:
        """Return the names of a mapping whose names the author chooses; all count as known."""
        names = tuple(str(name) for name in self._values)
        self._read.update(dict.fromkeys(names))
        return names

    def skip(self, names: Iterable[str]) -> None:
        """Count names as known whose problem is noted for all of them together."""
        self._read.update(dict.fromkeys(names))

    def maps(self, name: str) -> bool:
        """Return whether a value is itself a mapping."""
        return isinstance(self._values.get(name), Mapping)

    def lists(self, name: str) -> bool:
        """Return whether a value is a list."""
        return isinstance(self._values.get(name), list | tuple)

    def texts(self, name: str, *, required: bool = True) -> frozenset[str]:
        """Return texts that are no keys of the vendor's catalog; empty if none are given."""
        value = self._take(name, required=required)
        if value is None:
            return frozenset()
        if not isinstance(value, list | tuple) or not value:
            self.problem(name, ProblemCode.NOT_A_LIST)
            return frozenset()
        for number, text in enumerate(value):
            if not isinstance(text, str) or not text.strip():
                self.notes.problem(f"{self.spot(name)}[{number}]", ProblemCode.NOT_TEXT)
        return frozenset(text for text in value if isinstance(text, str))

    def day(self, name: str, *, required: bool = False) -> date | None:
        """Return a calendar day, None if it is not given."""
        value = self._take(name, required=required)
        if value is None:
            return None
        try:
            # Only the extended form: fromisoformat also takes 20260302 and 2026-W10-1.
            if isinstance(value, str) and len(value) == len("YYYY-MM-DD") and "W" not in value:
                return date.fromisoformat(value)
        except ValueError:
            pass
        self.problem(name, ProblemCode.NOT_A_DAY)
        return None

    def keys_in(self, name: str, catalog: Catalog, *, required: bool = False) -> frozenset[str]:
        """Return keys of the vendor's catalog, noted as references; empty if none are given."""
        value = self._take(name, required=required)
        if value is None:
            return frozenset()
        if not isinstance(value, list | tuple) or not value:
            self.problem(name, ProblemCode.NOT_A_LIST)
            return frozenset()
        for number, key in enumerate(value):
            place = f"{self.spot(name)}[{number}]"
            if not isinstance(key, str) or not key.strip():
                self.notes.problem(place, ProblemCode.NOT_TEXT)
            elif key in value[:number]:
                first = f"{self.spot(name)}[{value.index(key)}]"
                self.notes.problem(place, ProblemCode.DUPLICATE, key=key, first=first)
            else:
                self.notes.references.append(Reference(catalog, key, place))
        return frozenset(key for key in value if isinstance(key, str))

    def _take(self, name: str, *, required: bool) -> object:
        """Return a value and remember that it was asked for; None if it is missing or null."""
        self._read[name] = None
        value = self._values.get(name)
        if value is None and required and self._usable:
            self.problem(name, ProblemCode.MISSING)
        return value

    def _number(self, name: str, value: object, code: ProblemCode, default: int, most: int) -> int:
        if value == OPEN:
            self.notes.leave_open(self.spot(name))
            return default
        if value is None:
            return default
        # True is an int in Python, but not a number to the author of a document.
        least = 1 if code is ProblemCode.NOT_POSITIVE else 0
        if not isinstance(value, int) or isinstance(value, bool) or value < least:
            self.problem(name, code)
            return default
        if value > most:
            self.problem(name, ProblemCode.TOO_HIGH, limit=str(most))
            return default
        return value
