"""What the ids and keys of records stand for: looked up when somebody reads, never stored."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from accreditation.models import CriterionDecision, Level
from accreditation.records import KnownRecord, RecordKind
from documents.models import Customer
from enablement.models import Certification
from partners.models import Partner, Person
from partners.texts import localized

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Names:
    """Names by id or key; what is not there was erased, or never had a name.

    ``reasons`` are those of decisions, by the decision's id.
    """

    people: Mapping[str, str] = field(default_factory=dict)
    customers: Mapping[str, str] = field(default_factory=dict)
    certifications: Mapping[str, str] = field(default_factory=dict)
    designations: Mapping[Pair, str] = field(default_factory=dict)
    holders: Mapping[str, str] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)

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
) -> Names:
    """Return the names behind records, people and customers: a statement a kind that occurs."""
    known = list(records.values())
    decisions = {one for one, each in records.items() if each.kind is RecordKind.DECISION}
    return Names(
        people=_people({*people, *_texts(known, "person")} - {""}),
        customers=_customers({*customers, *_texts(known, "customer")} - {""}),
        certifications=_certifications(_texts(known, "certification") - {""}),
        designations=_designations(_texts(known, "program") - {""}),
        holders=_partners(_texts(known, "holder") - {""}),
        reasons=_reasons(decisions),
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


def _partners(ids: set[str]) -> dict[str, str]:
    if not ids:
        return {}
    rows = Partner.objects.filter(pk__in=[UUID(one) for one in ids]).values_list("pk", "name")
    return {str(pk): name for pk, name in rows}


def _reasons(ids: set[str]) -> dict[str, str]:
    if not ids:
        return {}
    rows = CriterionDecision.objects.filter(pk__in=[UUID(one) for one in ids])
    return {str(pk): note for pk, note in rows.values_list("pk", "note")}
