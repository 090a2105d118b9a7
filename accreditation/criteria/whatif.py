"""The facts as they would be: somebody gone, a customer gone, a record gone, a record renewed."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import chain
from typing import Any

from accreditation.criteria.facts import Employment, PartnerFacts
from accreditation.criteria.periods import Period

OF_CUSTOMERS = ("deployments", "references", "transactions", "survey_answers")
OF_PEOPLE = ("certificates", "courses", "employments")
RENEWABLE = (
    "certificates",
    "employments",
    "references",
    "documents",
    "agreements",
    "fees",
    "listings",
    "attestations",
    "audits",
    "checklists",
    "courses",
    "decisions",
    "held_levels",
)
"""Records that hold for a period and can be made to hold longer; deeds only grow old."""

CIRCUMSTANCES = ("readings", "attributes")
"""What the organization is and how it fares: it changes, but nobody takes it away."""

RECORDS = (*OF_CUSTOMERS, *RENEWABLE, *CIRCUMSTANCES)


class SubjectKind(StrEnum):
    """What may drop out as a whole."""

    PERSON = "person"
    CUSTOMER = "customer"
    RECORD = "record"


@dataclass(frozen=True, slots=True, order=True)
class Subject:
    """Somebody or something that verdicts may depend on: a person, a customer, else a record."""

    kind: SubjectKind
    id: str


def subject_of(facts: PartnerFacts) -> dict[str, Subject]:
    """Return whom or what each record hangs on, by record id; those of partners below as well."""
    found: dict[str, Subject] = {}
    for family in RECORDS:
        for one in chain.from_iterable(getattr(each, family) for each in (facts, *facts.below)):
            if family in OF_PEOPLE:
                found[one.id] = Subject(SubjectKind.PERSON, one.person)
            elif family in OF_CUSTOMERS:
                found[one.id] = Subject(SubjectKind.CUSTOMER, one.customer)
            else:
                found[one.id] = Subject(SubjectKind.RECORD, one.id)
    return found


def without(facts: PartnerFacts, subjects: Collection[Subject], on: date) -> PartnerFacts:
    """Return the facts if people stopped working on a day, and customers and records were not.

    ``on`` is the first day without the people, here and at partners below; what they hold stays
    theirs.
    """
    people = {one.id for one in subjects if one.kind is SubjectKind.PERSON}
    customers = {one.id for one in subjects if one.kind is SubjectKind.CUSTOMER}
    records = {one.id for one in subjects if one.kind is SubjectKind.RECORD}
    changes: dict[str, tuple[Any, ...]] = {}
    if people:
        changes["employments"] = tuple(_left(facts.employments, people, on))
    if customers:
        for family in OF_CUSTOMERS:
            kept = (one for one in getattr(facts, family) if one.customer not in customers)
            changes[family] = tuple(kept)
    if records:
        for family in RECORDS:
            known = changes.get(family, getattr(facts, family))
            changes[family] = tuple(one for one in known if one.id not in records)
    changes["below"] = tuple(without(one, subjects, on) for one in facts.below)
    return replace(facts, **changes)


def ended(facts: PartnerFacts, employment: str, on: date) -> PartnerFacts:
    """Return the facts if one employment ended; ``on`` is the first day without it."""
    return replace(
        facts,
        employments=tuple(
            kept
            for one in facts.employments
            if (kept := _until(one, on) if one.id == employment else one) is not None
        ),
        below=tuple(ended(one, employment, on) for one in facts.below),
    )


def ends(facts: PartnerFacts) -> dict[str, date]:
    """Return the first day without each record that could be renewed, by record id."""
    return {
        one.id: end
        for family in RENEWABLE
        for one in chain.from_iterable(getattr(each, family) for each in (facts, *facts.below))
        if (end := _end(one)) is not None
    }


def renewed(facts: PartnerFacts, record: str) -> PartnerFacts:
    """Return the facts if a record had no end; for an employment also its job roles."""
    below = tuple(renewed(one, record) for one in facts.below)
    facts = replace(facts, below=below) if below else facts
    for family in RENEWABLE:
        records = getattr(facts, family)
        if any(one.id == record for one in records):
            changed = tuple(_endless(one) if one.id == record else one for one in records)
            return replace(facts, **{family: changed})
    return facts


def _left(employments: Collection[Employment], people: set[str], on: date) -> Iterator[Employment]:
    for one in employments:
        kept = _until(one, on) if one.person in people else one
        if kept is not None:
            yield kept


def _until(employment: Employment, on: date) -> Employment | None:
    """Return the employment ended on a day at the latest, None if it had not begun by then."""
    start, stated = employment.period.start, employment.period.end
    if start >= on:
        return None
    return replace(employment, period=Period(start, on if stated is None else min(stated, on)))


def _end(record: Any) -> date | None:
    spells = [one.period.end for one in getattr(record, "roles", ())]
    return min((end for end in (record.period.end, *spells) if end is not None), default=None)


def _endless(record: Any) -> Any:
    period = Period(record.period.start)
    if not isinstance(record, Employment):
        return replace(record, period=period)
    return replace(
        record,
        period=period,
        roles=tuple(replace(one, period=Period(one.period.start)) for one in record.roles),
    )
