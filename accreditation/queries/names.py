"""What the ids and keys of records stand for: looked up when somebody reads, never stored."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from accreditation.models import Level
from accreditation.records import KnownRecord, RecordKind
from enablement.models import Certification
from partners.models import Person
from partners.texts import localized

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Names:
    """Names by id or key; what is not there was erased, or never had a name."""

    people: Mapping[str, str] = field(default_factory=dict)
    certifications: Mapping[str, str] = field(default_factory=dict)
    designations: Mapping[Pair, str] = field(default_factory=dict)

    def title(self, record: KnownRecord) -> str:
        """Return what a record is called, empty if its kind has no names of its own."""
        if record.kind is RecordKind.CERTIFICATE:
            key = record.text("certification")
            return self.certifications.get(key, key)
        if record.kind is RecordKind.HELD_LEVEL:
            program, level = record.text("program"), record.text("level")
            return self.designations.get((program, level), level)
        return ""


def names_for(records: Iterable[KnownRecord], people: Iterable[str]) -> Names:
    """Return the names behind records and people: one statement for each kind that occurs."""
    known = list(records)
    return Names(
        people=_people({one for one in people if one}),
        certifications=_certifications(_texts(known, RecordKind.CERTIFICATE, "certification")),
        designations=_designations(_texts(known, RecordKind.HELD_LEVEL, "program")),
    )


def _texts(records: Iterable[KnownRecord], kind: RecordKind, name: str) -> set[str]:
    return set(_each(records, kind, name)) - {""}


def _each(records: Iterable[KnownRecord], kind: RecordKind, name: str) -> Iterator[str]:
    return (one.text(name) for one in records if one.kind is kind)


def _people(ids: set[str]) -> dict[str, str]:
    if not ids:
        return {}
    rows = Person.objects.filter(pk__in=[UUID(one) for one in ids]).values_list("pk", "name")
    return {str(pk): name for pk, name in rows}


def _certifications(keys: set[str]) -> dict[str, str]:
    if not keys:
        return {}
    return dict(Certification.objects.filter(key__in=keys).values_list("key", "name"))


def _designations(programs: set[str]) -> dict[Pair, str]:
    if not programs:
        return {}
    rows = Level.objects.filter(program__key__in=programs).select_related("program")
    return {(one.program.key, one.key): localized(one.designation) for one in rows}
