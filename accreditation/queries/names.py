"""What the ids and keys of records stand for: looked up when somebody reads, never stored."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from accreditation.criteria.document import Rules
from accreditation.criteria.kinds.people.role_slots import Suitable
from accreditation.enums import VersionState
from accreditation.models import Level, Program, ProgramVersion
from accreditation.queries.programs import rules_of
from accreditation.queries.reasons import reasons_of
from accreditation.records import KnownRecord, RecordKind
from accreditation.wording.notation import in_words
from documents.models import Customer
from enablement.models import Certification
from partners.models import Partner, Person
from partners.texts import localized

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class NamedSlot:
    """A place for somebody: in which role, of which program, by name."""

    role: str
    program: str


@dataclass(frozen=True, slots=True)
class Names:
    """Names by id or key; what is not there was erased, or never had a name.

    ``reasons`` are those of decisions, revocations and withdrawals, by the record's id.
    ``programs`` are by key, ``roles`` by program and ``criterion.role``: as the vendor publishes
    them.
    """

    people: Mapping[str, str] = field(default_factory=dict)
    customers: Mapping[str, str] = field(default_factory=dict)
    certifications: Mapping[str, str] = field(default_factory=dict)
    designations: Mapping[Pair, str] = field(default_factory=dict)
    holders: Mapping[str, str] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)
    programs: Mapping[str, str] = field(default_factory=dict)
    roles: Mapping[Pair, str] = field(default_factory=dict)

    def slot(self, slot: str) -> NamedSlot:
        """Return a slot, ``program/criterion/role/number``, by name; what has none in words."""
        program, criterion, role, _number = slot.split("/")
        named = self.roles.get((program, f"{criterion}.{role}"))
        return NamedSlot(named or in_words(role), self.programs.get(program) or in_words(program))

    def title(self, record: KnownRecord) -> str:
        """Return what a record is called, empty if its kind has no names of its own."""
        if record.kind is RecordKind.CERTIFICATE:
            key = record.text("certification")
            return self.certifications.get(key, key)
        if record.kind is RecordKind.HELD_LEVEL:
            program, level = record.text("program"), record.text("level")
            return self.designations.get((program, level), level)
        return self.customers.get(record.text("customer"), "")

    def holder(self, record: KnownRecord) -> str:
        """Return which related partner a level is held by, empty for the one that is judged."""
        return self.holders.get(record.text("holder"), "")


def names_for(
    records: Mapping[str, KnownRecord],
    *,
    people: Collection[str] = (),
    customers: Collection[str] = (),
    programs: Collection[str] = (),
    rules: Rules | None = None,
) -> Names:
    """Return the names behind records, people and customers: a statement a kind that occurs.

    ``programs`` are the keys of those whose slots occur, ``rules`` those by which was judged.
    """
    known = list(records.values())
    return Names(
        people=_people({*people, *_texts(known, "person")} - {""}),
        customers=_customers({*customers, *_texts(known, "customer")} - {""}),
        certifications=_certifications(_texts(known, "certification") - {""}),
        designations=_designations(_texts(known, "program") - {""}),
        holders=_partners(_texts(known, "holder") - {""}),
        reasons=reasons_of(records),
        programs=_programs(set(programs)),
        roles=_roles(set(programs), rules),
    )


def _texts(records: Iterable[KnownRecord], name: str) -> set[str]:
    return {one.text(name) for one in records}


def _people(ids: set[str]) -> dict[str, str]:
    if not ids:
        return {}
    rows = Person.objects.filter(pk__in=[UUID(one) for one in ids]).values_list("pk", "name")
    return {str(pk): name for pk, name in rows}


def _customers(ids: set[str]) -> dict[str, str]:
    if not ids:
        return {}
    rows = Customer.objects.filter(pk__in=[UUID(one) for one in ids]).values_list("pk", "name")
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


def _programs(keys: set[str]) -> dict[str, str]:
    if not keys:
        return {}
    rows = Program.objects.filter(key__in=keys).values_list("key", "name")
    return {key: localized(name) for key, name in rows}


def _roles(programs: set[str], own: Rules | None) -> dict[Pair, str]:
    """Return the texts of all roles of these programs, of others in the newest version with them.

    One statement, none where only slots of the program itself occur.
    """
    others = programs - ({own.program.key} if own else set())
    rules = _published(others) if others else []
    return {
        (one.program.key, label.key): localized(label.text).rstrip(".")
        for one in (*rules, *([own] if own else ()))
        for label in one.labels()
        if label.kind == Suitable.kind
    }


def _published(programs: set[str]) -> list[Rules]:
    versions = ProgramVersion.objects.filter(
        program__key__in=programs, state=VersionState.PUBLISHED
    ).order_by("effective_on")
    return [rules_of(one) for one in versions]


def _partners(ids: set[str]) -> dict[str, str]:
    if not ids:
        return {}
    rows = Partner.objects.filter(pk__in=[UUID(one) for one in ids]).values_list("pk", "name")
    return {str(pk): name for pk, name in rows}
