"""The records behind a verdict as they were known when it was judged: days and keys, no names.

A stored verdict names records by id. What is known of a record may be corrected later; the verdict
of the past keeps showing what it was judged on.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import chain
from operator import attrgetter, itemgetter
from typing import Any, Self

from accreditation.criteria.facts import PartnerFacts, PlaceSpell, RoleSpell
from accreditation.criteria.periods import Period
from accreditation.criteria.verdicts import Finding, Verdict
from partners.periods import last_day

Known = dict[str, Any]
"""What is known of one record, as plain JSON values."""


class RecordKind(StrEnum):
    """What a record is. Public: kinds are only added."""

    CERTIFICATE = "certificate"
    EMPLOYMENT = "employment"
    DEPLOYMENT = "deployment"
    REFERENCE = "reference"
    TRANSACTION = "transaction"
    SURVEY_ANSWER = "survey_answer"
    DOCUMENT = "document"
    AGREEMENT = "agreement"
    FEE = "fee"
    LISTING = "listing"
    ATTESTATION = "attestation"
    AUDIT = "audit"
    CHECKLIST = "checklist"
    COURSE = "course"
    READING = "reading"
    ATTRIBUTE = "attribute"
    DECISION = "decision"
    HELD_LEVEL = "held_level"


# Where the facts of a partner keep the records of each kind.
FAMILIES: Mapping[RecordKind, str] = {
    RecordKind.CERTIFICATE: "certificates",
    RecordKind.EMPLOYMENT: "employments",
    RecordKind.DEPLOYMENT: "deployments",
    RecordKind.REFERENCE: "references",
    RecordKind.TRANSACTION: "transactions",
    RecordKind.SURVEY_ANSWER: "survey_answers",
    RecordKind.DOCUMENT: "documents",
    RecordKind.AGREEMENT: "agreements",
    RecordKind.FEE: "fees",
    RecordKind.LISTING: "listings",
    RecordKind.ATTESTATION: "attestations",
    RecordKind.AUDIT: "audits",
    RecordKind.CHECKLIST: "checklists",
    RecordKind.COURSE: "courses",
    RecordKind.READING: "readings",
    RecordKind.ATTRIBUTE: "attributes",
    RecordKind.DECISION: "decisions",
    RecordKind.HELD_LEVEL: "held_levels",
}

# The kind of a record is kept as `record`: many records have a `kind` of their own. Who decided and
# why is free text about people: it is looked up where it is kept, and goes when that goes.
_NOT_KEPT = frozenset({"id", "by", "reason"})

_FIRST_DAYS = ("from", "completed_on", "made_on", "answered_on")


@dataclass(frozen=True, slots=True)
class KnownRecord:
    """What was known of a record; ``valid_through`` is its last day, None has no end.

    ``values`` are the other fields that the engine reads, by name, as plain JSON values: what is
    not there was not recorded.
    """

    kind: RecordKind
    since: date | None
    valid_through: date | None
    values: Mapping[str, Any]

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> Self:
        """Return the record that ``records_judged`` stored."""
        first = next((stored[name] for name in _FIRST_DAYS if name in stored), None)
        return cls(
            # Verdicts stored before there were other records say nothing of the kind.
            kind=RecordKind(stored.get("record", RecordKind.CERTIFICATE)),
            since=_day(first),
            valid_through=_day(stored.get("through")),
            values={
                name: value
                for name, value in stored.items()
                if name not in {"record", "from", "through"}
            },
        )

    def text(self, name: str) -> str:
        """Return a text that was recorded, empty if none was."""
        return str(self.values.get(name, ""))

    def day(self, name: str) -> date | None:
        """Return a day that was recorded, None if none was."""
        return _day(self.values.get(name))

    def number(self, name: str) -> Decimal | None:
        """Return a number that was recorded, None if none was."""
        value = self.values.get(name)
        return None if value is None else Decimal(value)


class Written:
    """Records as plain JSON values; each is written once, however many verdicts name it."""

    def __init__(self) -> None:
        # With the record itself, so that no other one takes its place in memory.
        self._written: dict[int, tuple[object, Known]] = {}

    def of(self, kind: RecordKind, record: object) -> Known:
        """Return what is known of a record, its kind included."""
        found = self._written.get(id(record))
        if found is None:
            found = record, {"record": kind.value, **_plain_fields(record)}
            self._written[id(record)] = found
        return found[1]


def records_judged(
    verdict: Verdict, facts: PartnerFacts, written: Written | None = None
) -> dict[str, Known]:
    """Return what is known of each record that a verdict names, as plain JSON values, by id.

    Whoever stores verdicts of several programs passes the same ``written``.
    """
    named = {record for level in verdict.levels for record in record_ids(level.finding)}
    return known_of(facts, named, written)


def known_of(
    facts: PartnerFacts, named: Collection[str], written: Written | None = None
) -> dict[str, Known]:
    """Return what is known of the records with these ids, as plain JSON values, by id."""
    return dict(sorted(_known(facts, named, written or Written()), key=itemgetter(0)))


def record_ids(finding: Finding) -> Iterator[str]:
    """Yield every record that a finding counts, does not count or changes by, its parts too."""
    yield from (one.record for one in finding.counted)
    yield from (one.record for one in finding.not_counted)
    if finding.cause is not None and finding.cause.record:
        yield finding.cause.record
    for child in finding.children:
        yield from record_ids(child)


def _known(
    facts: PartnerFacts, named: Collection[str], written: Written
) -> Iterator[tuple[str, Known]]:
    for kind, family in FAMILIES.items():
        for record in chain.from_iterable(getattr(one, family) for one in (facts, *facts.below)):
            if record.id in named:
                yield record.id, written.of(kind, record)


def _plain_fields(record: Any) -> Known:
    """Return the fields of a record that say something, a period as its first and last day."""
    plain: Known = {}
    for name, read, default in _READERS[type(record)]:
        value = read(record)
        # Zero and false say something; nothing, no text and no members do not.
        if value is default or (not value and not isinstance(value, (bool, Decimal))):
            continue
        if name == "period":
            plain |= _days(value)
        else:
            plain[name] = _plain(value)
    return plain


class _Readers(dict[type, tuple[tuple[str, Callable[[object], Any], object], ...]]):
    """The fields kept of each class of records, with their defaults; found out once."""

    def __missing__(self, record: Any) -> tuple[tuple[str, Callable[[object], Any], object], ...]:
        self[record] = tuple(
            (one.name, attrgetter(one.name), one.default)
            for one in fields(record)
            if one.name not in _NOT_KEPT
        )
        return self[record]


_READERS = _Readers()


def _plain(value: Any) -> Any:
    """Return a value of a record in JSON: days in ISO format, decimals as text, sets sorted."""
    write = _WRITERS.get(type(value))
    if write is not None:
        return write(value)
    if isinstance(value, Mapping):
        return {name: _plain(each) for name, each in sorted(value.items())}
    return value


def _days(period: Period) -> Known:
    through = last_day(period.end)
    return {
        "from": period.start.isoformat(),
        **({"through": through.isoformat()} if through else {}),
    }


_WRITERS: Mapping[type, Callable[[Any], Any]] = {
    date: date.isoformat,
    Decimal: str,
    frozenset: sorted,
    tuple: lambda value: [_plain(one) for one in value],
    Period: _days,
    RoleSpell: lambda spell: {"role": spell.role, **_days(spell.period)},
    PlaceSpell: lambda spell: {**_place(spell), **_days(spell.period)},
}


def _place(spell: PlaceSpell) -> Known:
    region = {"region": spell.region} if spell.region else {}
    return {"country": spell.country, **region}


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
