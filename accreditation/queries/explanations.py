"""A verdict with the names of the people and records that it only knows by id."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from accreditation.criteria.gaps import Gap
from accreditation.criteria.kinds.criterion import Label
from accreditation.criteria.kinds.nodes.grouped import GROUP
from accreditation.criteria.verdicts import Cause, Finding, LevelVerdict, ReasonCode, Verdict
from accreditation.queries.names import NamedSlot, Names, names_for
from accreditation.queries.programs import InForce
from accreditation.records import KnownRecord, RecordKind
from accreditation.wording.notation import in_words
from partners.texts import localized


@dataclass(frozen=True, slots=True)
class Record:
    """A record looked at for a criterion; ``reason`` is None if it counts.

    ``title`` is what it is called, empty where only its ``known`` fields describe it. ``known`` is
    what the reading knows of it, None if nothing is any more. ``person`` is empty for an erased
    one, whose records keep their place. ``used_by`` is the slot that its person fills instead, None
    if there is none.
    ``about`` is the reason of a decision, revocation or withdrawal, or the related partner that
    holds a level.
    """

    id: str
    person_id: str | None
    person: str
    title: str
    known: KnownRecord | None
    reason: ReasonCode | None
    used_by: NamedSlot | None = None
    about: str = ""

    @property
    def counts(self) -> bool:
        """Return whether the record counts."""
        return self.reason is None

    @property
    def kind(self) -> RecordKind | None:
        """Return what the record is, None if nothing is known of it any more."""
        return self.known.kind if self.known else None

    @property
    def since(self) -> date | None:
        """Return its first day, or the one on which it happened."""
        return self.known.since if self.known else None

    @property
    def valid_through(self) -> date | None:
        """Return its last day, included; None has no end."""
        return self.known.valid_through if self.known else None


@dataclass(frozen=True, slots=True)
class ExplainedCause:
    """What makes a result change by itself, and the record it happens to."""

    cause: Cause
    record: Record


@dataclass(frozen=True, slots=True)
class ExplainedGap:
    """Why slots stay without somebody: so many compete for so few, by name.

    ``programs`` are the other programs whose slots compete as well.
    """

    gap: Gap
    roles: tuple[str, ...]
    people: tuple[str, ...]
    programs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Explained:
    """A finding with its words (``label`` is None for a group without a key) and its records."""

    finding: Finding
    label: Label | None
    records: tuple[Record, ...]
    cause: ExplainedCause | None
    children: tuple[Explained, ...]
    gaps: tuple[ExplainedGap, ...] = ()

    def leaves(self) -> Iterator[Explained]:
        """Yield the criteria that look at records, from top to bottom."""
        if not self.children:
            yield self
        for child in self.children:
            yield from child.leaves()


@dataclass(frozen=True, slots=True)
class ExplainedLevel:
    """One level's verdict, explained."""

    verdict: LevelVerdict
    root: Explained


def explain(
    program: InForce, verdict: Verdict, records: Mapping[str, Mapping[str, Any]]
) -> list[ExplainedLevel]:
    """Return every level's verdict with words and names, low to high.

    ``records`` is what is known of them: stored with the verdict, or ``records_judged``. One
    statement for each kind of name that occurs, however many records there are.
    """
    people = {one for level in verdict.levels for one in _people(level.finding)}
    slots = {one for level in verdict.levels for one in _slots(level.finding)}
    teller = Teller.of(program, records, people=people, slots=slots)
    return [ExplainedLevel(level, teller.explained(level.finding)) for level in verdict.levels]


@dataclass(frozen=True, slots=True)
class Teller:
    """What the ids and keys in the answers about one partner in one program stand for."""

    labels: Mapping[str, Label]
    known: Mapping[str, KnownRecord]
    names: Names
    program: str = ""

    @classmethod
    def of(
        cls,
        program: InForce,
        records: Mapping[str, Mapping[str, Any]],
        *,
        people: Collection[str] = (),
        customers: Collection[str] = (),
        slots: Collection[str] = (),
    ) -> Teller:
        """Return the words of a program, and names for records, people, customers and slots."""
        known = {one: KnownRecord.of(stored) for one, stored in records.items()}
        return cls(
            labels={label.key: label for label in program.rules.labels()},
            known=known,
            names=names_for(
                known,
                people=people,
                customers=customers,
                programs={_program_of(one) for one in slots},
                rules=program.rules if slots else None,
            ),
            program=program.program.key,
        )

    def explained(self, finding: Finding) -> Explained:
        """Return a finding with words and names, its parts included."""
        counted = [self.record(one.record, one.person) for one in finding.counted]
        others = [
            self.record(one.record, one.person, one.reason, one.used_by)
            for one in finding.not_counted
        ]
        return Explained(
            finding=finding,
            label=_name_of(finding) or self.labels.get(finding.key),
            records=(*sorted(counted, key=_by_end), *sorted(others, key=_by_end)),
            cause=self.cause(finding.cause) if finding.cause else None,
            children=tuple(self.explained(child) for child in finding.children),
            gaps=tuple(self._gap(one) for one in finding.gaps),
        )

    def _gap(self, gap: Gap) -> ExplainedGap:
        others = [one for one in gap.slots if _program_of(one) != self.program]
        return ExplainedGap(
            gap=gap,
            roles=tuple(self._role(one) for one in gap.roles),
            programs=tuple(dict.fromkeys(self.names.slot(one).program for one in others)),
            people=tuple(self.names.people.get(person, "") for person, _ in gap.people),
        )

    def _role(self, key: str) -> str:
        """Return the role of a finding by its text, else by its own key in words."""
        text = localized(self.labels[key].text) if key in self.labels else ""
        return text.rstrip(".") or in_words(key.rpartition(".")[2])

    def cause(self, cause: Cause) -> ExplainedCause:
        """Return what happens and to which record, by name."""
        return ExplainedCause(cause, self.record(cause.record, cause.person))

    def _about(self, record_id: str, known: KnownRecord | None) -> str:
        if known is None:
            return ""
        return self.names.reasons.get(record_id, "") or self.names.holder(known)

    def record(
        self,
        record_id: str,
        person_id: str | None,
        reason: ReasonCode | None = None,
        used_by: str = "",
    ) -> Record:
        """Return a record by name; the reason why it does not count, if it does not."""
        known = self.known.get(record_id)
        whose = person_id or (known.text("person") if known else "")
        return Record(
            id=record_id,
            person_id=whose or None,
            person=self.names.people.get(whose, ""),
            title=self.names.title(known) if known else "",
            about=self._about(record_id, known),
            known=known,
            reason=reason,
            used_by=self.names.slot(used_by) if used_by else None,
        )


def _name_of(finding: Finding) -> Label | None:
    """Return the name of a group of facts, which its finding carries instead of a criterion."""
    if finding.kind != GROUP:
        return None
    # A name is the same in every language.
    texts = {"en": finding.key}
    return Label(finding.key, GROUP, finding.unit, text=texts, evidence={}, dimension=None)


def _people(finding: Finding) -> Iterator[str]:
    yield from (one.person or "" for one in finding.counted)
    yield from (one.person or "" for one in finding.not_counted)
    if finding.cause is not None:
        yield finding.cause.person or ""
    yield from (person for gap in finding.gaps for person, _ in gap.people)
    for child in finding.children:
        yield from _people(child)


def _slots(finding: Finding) -> Iterator[str]:
    """Yield the slots that somebody fills instead, or that compete for people."""
    yield from (one.used_by for one in finding.not_counted if one.used_by)
    yield from (slot for gap in finding.gaps for slot in gap.slots)
    for child in finding.children:
        yield from _slots(child)


def _program_of(slot: str) -> str:
    return slot.partition("/")[0]


def _by_end(record: Record) -> tuple[date, date, str, str]:
    """Order by what ends first; of what has no end, the oldest first, which ages out first."""
    return (
        record.valid_through or date.max,
        record.since or date.max,
        record.person or record.title,
        record.id,
    )
