"""The JSON Schema of rules documents, drawn by the parser itself.

A sketch is a reader without a document: it answers every question with nothing and notes what was
asked for. Where the parser decides by what is there ("is there a table?"), it is asked to read
again with the other answer, until every decision was taken both ways. So the schema knows what the
parser knows, kinds of the vendor's own included, and is never stricter than it.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from accreditation.criteria.document import FORMAT, read_rules
from accreditation.criteria.kinds import registry
from accreditation.criteria.kinds.criterion import Label
from accreditation.criteria.kinds.measures import read_measure
from accreditation.criteria.kinds.tree import AGAIN, FORMS, GROUPS, parse_node
from accreditation.criteria.problems import ProblemCode
from accreditation.criteria.reader import (
    HIGHEST,
    KEY_PATTERN,
    OPEN,
    Catalog,
    Choice,
    Localized,
    Notes,
    Reader,
)

Schema = dict[str, Any]
Decision = tuple[str, str, str]
"""A question of the parser that changes what it reads: where, about which name, which question."""

TEXT: Schema = {"type": "string", "pattern": r"\S"}
KEY: Schema = {"type": "string", "pattern": f"^(?:{KEY_PATTERN})$"}
TEXTS: Schema = {"type": "object", "minProperties": 1, "additionalProperties": TEXT}
LIST: Schema = {"type": "array", "minItems": 1, "items": TEXT}
DAY: Schema = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
NODE: Schema = {"$ref": "#/$defs/node"}
MEASURE: Schema = {"$ref": "#/$defs/measure"}
ANY_NAME = "*"
LONG = 200
"""From so many characters on, a part of several schemas is said once."""
LABEL = Label(key="", kind="", unit="", text={}, evidence={}, dimension=None)


@dataclass(slots=True)
class Shape:
    """What was asked of one mapping: what each value may be, and what must never be missing."""

    forms: dict[str, list[Schema | str]] = field(default_factory=dict)
    needed: set[str] | None = None
    stands_for: Schema | None = None


@dataclass(slots=True)
class Drawing:
    """All shapes by place, and the decisions of one reading."""

    shapes: dict[str, Shape] = field(default_factory=dict)
    chosen: frozenset[Decision] = frozenset()
    met: list[Decision] = field(default_factory=list)
    needed: dict[str, set[str]] = field(default_factory=dict)

    def decide(self, decision: Decision) -> bool:
        """Return the answer of this reading."""
        self.met.append(decision)
        return decision in self.chosen

    def close(self) -> None:
        """End one reading: only what every reading needed is needed."""
        for place, needed in self.needed.items():
            shape = self.shapes[place]
            shape.needed = needed if shape.needed is None else shape.needed & needed
        self.needed, self.met = {}, []


class Sketch(Reader):
    """A reader that notes what it is asked for."""

    def __init__(self, drawing: Drawing, place: str, notes: Notes, given: str = "") -> None:
        super().__init__({}, place, notes)
        self.drawing = drawing
        self.given = given
        self.shape = drawing.shapes.setdefault(place, Shape())
        drawing.needed.setdefault(place, set())

    def __contains__(self, name: str) -> bool:
        if name == "kind" and self.given != "kind" and self.place:
            self.shape.stands_for = NODE
        if self.shape.stands_for is not None:
            return False
        return name == self.given or self.drawing.decide((self.place, name, "given"))

    def maps(self, name: str) -> bool:
        """Return whether this reading takes the value for a mapping."""
        return self.drawing.decide((self.place, name, "maps"))

    def lists(self, name: str) -> bool:
        """Return whether this reading takes the value for a list."""
        return self.drawing.decide((self.place, name, "lists"))

    def names(self) -> tuple[str, ...]:
        """Return the one name that stands for all."""
        return (ANY_NAME,)

    def child(self, name: str) -> Reader | None:
        """Return the sketch of a mapping."""
        return self._inner(name, name, required=False)

    def needed_child(self, name: str) -> Reader:
        """Return the sketch of a mapping."""
        return self._inner(name, name, required=True)

    def children(self, name: str, *, required: bool = True) -> list[Reader]:
        """Return the one sketch that stands for all of a list."""
        return [self._inner(name, f"{name}[]", required=required)]

    def text(self, name: str, *, required: bool = True) -> str:
        """Return nothing; the kind of a measure is what makes a mapping one."""
        if name == "kind" and self.given != "kind":
            self.shape.stands_for = MEASURE
        return str(self._noted(name, TEXT, "", required=required))

    def key(
        self,
        name: str,
        *,
        required: bool = True,
        unique_as: str = "",  # noqa: ARG002 - no schema can say so
    ) -> str:
        """Return nothing."""
        return str(self._noted(name, KEY, "", required=required))

    def localized(self, name: str, *, required: bool = True) -> Localized:
        """Return nothing."""
        self._noted(name, TEXTS, {}, required=required)
        return {}

    def flag(self, name: str, *, default: bool | None = None) -> bool:
        """Return the default."""
        return bool(self._noted(name, {"type": "boolean"}, default, required=default is None))

    def optional_choice(self, name: str, choices: type[Choice]) -> Choice | None:
        """Return nothing."""
        self._noted(name, {"enum": [one.value for one in choices]}, None, required=False)
        return None

    def chooses(self, name: str, choice: StrEnum) -> bool:
        """Return whether this reading takes the value for the choice."""
        return self.drawing.decide((self.place, name, choice))

    def needed_choice(self, name: str, choices: type[Choice]) -> Choice:
        """Return the first choice."""
        self._noted(name, {"enum": [one.value for one in choices]}, None, required=True)
        return next(iter(choices))

    def whole(self, name: str, *, default: int, required: bool = False, most: int = HIGHEST) -> int:
        """Return the default."""
        self._noted(name, _whole(0, most), default, required=required)
        return default

    def positive(self, name: str, *, required: bool = True, most: int = HIGHEST) -> int | None:
        """Return nothing."""
        self._noted(name, _whole(1, most), None, required=required)
        return None

    def decimal(
        self,
        name: str,
        *,
        required: bool = True,
        code: ProblemCode = ProblemCode.NOT_A_NUMBER,  # noqa: ARG002 - nothing is wrong here
        above: int | None = None,
        through: int | None = None,
    ) -> Decimal | None:
        """Return nothing."""
        limits = {"exclusiveMinimum": above, "maximum": through}
        number = {"type": "number", **{key: one for key, one in limits.items() if one is not None}}
        self._noted(name, {"anyOf": [number, {"const": OPEN}]}, None, required=required)
        return None

    def texts(self, name: str, *, required: bool = True) -> frozenset[str]:
        """Return nothing."""
        self._noted(name, LIST, None, required=required)
        return frozenset()

    def keys_in(
        self,
        name: str,
        catalog: Catalog,  # noqa: ARG002 - known only when publishing
        *,
        required: bool = False,
    ) -> frozenset[str]:
        """Return nothing."""
        self._noted(name, LIST, None, required=required)
        return frozenset()

    def day(self, name: str, *, required: bool = False) -> date | None:
        """Return nothing."""
        self._noted(name, DAY, None, required=required)
        return None

    def _inner(self, name: str, spot: str, *, required: bool) -> "Sketch":
        place = f"{self.place}.{spot}"
        self._noted(name, place, None, required=required)
        return Sketch(self.drawing, place, self.notes)

    def _noted(self, name: str, form: Schema | str, value: Any, *, required: bool) -> Any:
        forms = self.shape.forms.setdefault(name, [])
        if form not in forms:
            forms.append(form)
        if required and name != ANY_NAME:
            self.drawing.needed[self.place].add(name)
        return value


def program_schema() -> Schema:
    """Return the JSON Schema (2020-12) of a rules document; a draft may hold `open` numbers."""
    nodes = {f"kind-{name}": _leaf(name, parse_node) for name in registry.names()}
    nodes |= {f"form-{name}": _drawn(parse_node, name) for name in (*GROUPS, AGAIN, *FORMS)}
    measures = {f"measure-{name}": _leaf(name, _measure) for name in registry.measure_names()}
    root = _drawn(lambda reader: read_rules(reader, reader.notes), "")
    root["properties"]["format"] = {"const": FORMAT}
    shared = _Shared()
    defined = {name: shared.hoisted(one) for name, one in (nodes | measures).items()}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Rules document of a program version",
        **shared.hoisted(root),
        "required": sorted({*root["required"], "format"}),
        "$defs": {
            "node": {"anyOf": _references(nodes)},
            "measure": {"anyOf": _references(measures)},
            **defined,
            **shared.defined,
        },
    }


@dataclass(slots=True)
class _Shared:
    """Schemas that are said once, by the name under which documents have them."""

    defined: dict[str, Schema] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    def hoisted(self, schema: Schema) -> Schema:
        """Return the schema with every large part of it said once."""
        properties = {
            name: self._reference(name, one) for name, one in schema["properties"].items()
        }
        return {**schema, "properties": properties}

    def _reference(self, name: str, schema: Schema) -> Schema:
        text = json.dumps(schema, sort_keys=True)
        if len(text) < LONG:
            return schema
        if text not in self.names:
            alike = sum(one.startswith(f"part-{name}-") for one in self.defined)
            self.names[text] = f"part-{name}-{alike + 1}"
            self.defined[self.names[text]] = schema
        return {"$ref": f"#/$defs/{self.names[text]}"}


def _references(defined: Iterable[str]) -> list[Schema]:
    return [{"$ref": f"#/$defs/{name}"} for name in sorted(defined)]


def _leaf(kind: str, read: Callable[[Reader], object]) -> Schema:
    drawn = _drawn(read, "kind", kind)
    drawn["properties"]["kind"] = {"const": kind}
    return drawn


def _measure(reader: Reader) -> object:
    return read_measure(reader, LABEL)


def _drawn(read: Callable[[Reader], object], given: str, kind: str = "") -> Schema:
    """Return the schema of what is read, every decision taken both ways, one at a time."""
    drawing, seen, waiting = Drawing(), set[Decision](), [frozenset[Decision]()]
    while waiting:
        drawing.chosen = waiting.pop()
        notes = Notes(draft=True)
        read(_Given(drawing, notes, given, kind))
        for decision in dict.fromkeys(drawing.met):
            if decision not in seen:
                seen.add(decision)
                waiting.append(drawing.chosen | {decision})
        drawing.close()
    return _schema(drawing, "")


class _Given(Sketch):
    """The sketch at the top, of which one name is given."""

    def __init__(self, drawing: Drawing, notes: Notes, given: str, kind: str) -> None:
        super().__init__(drawing, "", notes, given)
        self.kind = kind

    def __contains__(self, name: str) -> bool:
        known = name in {"kind", AGAIN} or name in GROUPS or name in FORMS
        return name == self.given if self.given and known else super().__contains__(name)

    def text(self, name: str, *, required: bool = True) -> str:
        """Return the kind that is given."""
        found = super().text(name, required=required)
        return self.kind if name == "kind" and self.kind else found


def _schema(drawing: Drawing, place: str) -> Schema:
    shape = drawing.shapes[place]
    if shape.stands_for is not None:
        return shape.stands_for
    needed = shape.needed or set()
    properties: Schema = {}
    for name, forms in sorted(shape.forms.items()):
        options = [one if isinstance(one, dict) else _nested(drawing, one) for one in forms]
        if name not in needed:
            options.append({"type": "null"})
        properties[name] = options[0] if len(options) == 1 else {"anyOf": options}
    others = properties.pop(ANY_NAME, False)
    return {
        "type": "object",
        "properties": properties,
        "required": sorted(needed),
        "additionalProperties": others,
    }


def _nested(drawing: Drawing, place: str) -> Schema:
    inner = _schema(drawing, place)
    return {"type": "array", "minItems": 1, "items": inner} if place.endswith("[]") else inner


def _whole(least: int, most: int) -> Schema:
    number = {"type": "integer", "minimum": least, "maximum": most}
    return {"anyOf": [number, {"const": OPEN}]}
