"""The rules document of a program version: one mapping in, checked rules out."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256
from typing import Any

from accreditation.criteria.building import BuiltOn, Node
from accreditation.criteria.kinds.criterion import Criterion, Label
from accreditation.criteria.kinds.tree import Labelled, labels, looking, parse_node
from accreditation.criteria.limits import check_size
from accreditation.criteria.people_rules import PeopleRules, read_people_rules
from accreditation.criteria.problems import DocumentError, ProblemCode
from accreditation.criteria.reader import Localized, Notes, Reader, Reference
from accreditation.criteria.settings import Settings, read_settings

FORMAT = 1
"""The version of the document's form."""


class ProgramKind(StrEnum):
    """What kind of accreditation a program awards."""

    TECHNICAL = "technical"
    INDUSTRY = "industry"
    DELIVERY_QUALITY = "delivery_quality"
    COMPLIANCE = "compliance"
    TIER = "tier"


@dataclass(frozen=True, slots=True)
class Source:
    """Where the rules were published."""

    title: str
    address: str
    note: str


@dataclass(frozen=True, slots=True)
class Program:
    """What the program is, in the words of the vendor.

    `groups` are what its levels count among where a program asks for so many of a kind, such as
    `specialization`. `family` is the same for versions of one designation, which count once.
    """

    key: str
    name: Localized
    kind: ProgramKind
    summary: Localized
    source: Source | None
    groups: frozenset[str] = frozenset()
    family: str = ""


@dataclass(frozen=True, slots=True)
class LevelRules:
    """One level and what it asks beyond the shared criteria; rank 1 is the lowest."""

    key: str
    rank: int
    name: Localized
    designation: Localized
    criteria: Criterion | None


@dataclass(frozen=True, slots=True)
class Rules:
    """The checked rules of a program version.

    `open_places` are the places of numbers that are still open; only a draft has any. `roles` are
    those whose slots the criteria ask for. `places` are those of the criteria that have a key.
    `built_on` says where levels of programs are asked for; `phased`: something is asked in some
    phases only.
    """

    program: Program
    settings: Settings
    levels: tuple[LevelRules, ...]
    criteria: Criterion | None
    references: tuple[Reference, ...]
    open_places: tuple[str, ...]
    people: PeopleRules
    roles: tuple[str, ...]
    places: Mapping[str, str] = field(default_factory=dict)
    built_on: tuple[BuiltOn, ...] = ()
    phased: bool = False

    def labels(self) -> Iterator[Label]:
        """Return the labels of all criteria that have a key: the shared ones, then by level."""
        for tree in (self.criteria, *(level.criteria for level in self.levels)):
            if tree is not None:
                yield from (label for label in labels(tree) if label.key)

    def looking(self) -> Iterator[Labelled]:
        """Yield whatever looks at facts, measures within others included."""
        for tree in (self.criteria, *(level.criteria for level in self.levels)):
            if tree is not None:
                yield from looking(tree)

    @property
    def asks_by_award(self) -> bool:
        """Whether what is asked depends on what the partner holds of the program itself."""
        home = self.node()
        return self.phased or any(one.itself and one.means(home) for one in self.built_on)

    def node(self) -> Node:
        """Return the program as others see it that build on it."""
        keys = tuple(level.key for level in self.levels)
        return Node(self.program.key, self.program.groups, keys, self.built_on)


def parse(document: Mapping[str, Any], *, draft: bool = False) -> Rules:
    """Return the rules of a document. A draft may leave numbers open.

    :raises DocumentError: with every problem that was found, not only the first.
    """
    check_size(document)
    notes = Notes(draft=draft)
    reader = Reader(document, "", notes)
    if notes.problems:
        raise DocumentError(notes.problems)
    rules = read_rules(reader, notes)
    if notes.problems:
        raise DocumentError(notes.problems)
    return rules


def references(rules: Rules) -> tuple[Reference, ...]:
    """Return every key of the vendor's catalog that the rules use, with its place."""
    return rules.references


def canonical_document(document: Mapping[str, Any]) -> str:
    """Return the one JSON text of a document: sorted names, no spaces."""
    return json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def document_hash(document: Mapping[str, Any]) -> str:
    """Return the SHA-256 of the canonical text, in 64 hexadecimal digits."""
    return sha256(canonical_document(document).encode()).hexdigest()


def read_rules(reader: Reader, notes: Notes) -> Rules:
    """Return the rules that a reader reads; what is wrong is noted."""
    told = len(notes.problems)
    # Of what is no whole number the reader has told already.
    if reader.whole("format", default=0) != FORMAT and len(notes.problems) == told:
        reader.problem("format", ProblemCode.NOT_A_CHOICE, choices=str(FORMAT))
    program = _program(reader.needed_child("program"))
    settings = read_settings(reader.child("settings"))
    levels = reader.children("levels")
    # Criteria refer to levels by key, so all keys are read before any criterion.
    notes.levels = tuple(level.key("key", unique_as="level") for level in levels)
    notes.asked = notes.levels
    shared = reader.child("criteria")
    criteria = None if shared is None else parse_node(shared)
    level_rules = tuple(_level(level, rank) for rank, level in enumerate(levels, start=1))
    people = read_people_rules(reader.child("people"))
    reader.finish()
    if not notes.problems:
        _check_asking(levels, level_rules, criteria)
    return Rules(
        program,
        settings,
        level_rules,
        criteria,
        tuple(notes.references),
        tuple(notes.open_places),
        people,
        tuple(notes.roles),
        notes.places_of("criterion"),
        tuple(notes.built_on),
        notes.phased,
    )


def _program(reader: Reader) -> Program:
    source = reader.child("source")
    program = Program(
        key=reader.key("key"),
        name=reader.localized("name"),
        kind=reader.needed_choice("kind", ProgramKind),
        summary=reader.localized("summary", required=False),
        source=None if source is None else _source(source),
        groups=reader.texts("groups", required=False),
        family=reader.key("family", required=False),
    )
    reader.finish()
    return program


def _source(reader: Reader) -> Source:
    source = Source(
        title=reader.text("title"),
        address=reader.text("address", required=False),
        note=reader.text("note", required=False),
    )
    reader.finish()
    return source


def _level(reader: Reader, rank: int) -> LevelRules:
    own = reader.child("criteria")
    key = reader.notes.levels[rank - 1]
    reader.notes.asked = (key,)
    level = LevelRules(
        key=key,
        rank=rank,
        name=reader.localized("name"),
        designation=reader.localized("designation", required=False),
        criteria=None if own is None else parse_node(own),
    )
    reader.finish()
    return level


def _check_asking(
    readers: list[Reader], levels: tuple[LevelRules, ...], shared: Criterion | None
) -> None:
    """Note every level that nobody could fail, which is a mistake rather than a gift."""
    for reader, level in zip(readers, levels, strict=True):
        trees = [tree for tree in (shared, level.criteria) if tree is not None]
        if not any(tree.asks(level.key) for tree in trees):
            reader.problem_here(ProblemCode.ASKS_NOTHING, level=level.key)
