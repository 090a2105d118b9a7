"""Writes people and employments many at a time, as imports do: a few statements per 1,000 rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from partners.batches import batches
from partners.enums import EmploymentKind
from partners.models import Employment, JobRole, Partner, Person
from partners.operations import audit
from partners.operations.facts import announce_facts, check_last_day, check_working_time
from partners.operations.job_roles import NewRoles, RoleChange, rewrite_job_roles
from partners.operations.people import check_period
from partners.operations.places import Move, Place, rewrite_places
from partners.periods import end_after
from partners.rules import Actor, Permission, require


@dataclass(frozen=True, slots=True)
class NewEmployment:
    """One employment to record; ``valid_through`` is its last day, None while it goes on."""

    person: Person
    partner: Partner
    started_on: date
    kind: EmploymentKind = EmploymentKind.EMPLOYEE
    working_time: int | None = None
    valid_through: date | None = None
    job_roles: tuple[JobRole, ...] = ()
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class EmploymentCorrection:
    """What is right about an employment on record; None keeps the job roles and the place it has.

    ``working_time`` is the percent of full time in all of it, None where it is not known.
    ``place`` is where the person works from a day on.
    """

    employment: Employment
    kind: EmploymentKind
    ended_on: date | None
    working_time: int | None
    job_roles: NewRoles | None = None
    place: tuple[Place, date] | None = None


@transaction.atomic
def record_people(
    names: Mapping[str, str], *, partners: Sequence[Partner], by: Actor, now: datetime
) -> dict[str, Person]:
    """Return the people with these addresses (in lower case), creating the unknown ones.

    A known person keeps their name; one who was merged is returned as who they are now.
    ``partners`` are those the people are recorded from.

    :raises NotAllowed: without ``people.edit`` for each of the partners.
    """
    _require_all(by, partners)
    people: dict[str, Person] = {}
    for batch in batches(names):
        made = [Person(email=email, name=names[email]) for email in batch]
        # Two writers at once: the unique key lets one win, and the ids on record say which one.
        Person.objects.bulk_create(made, ignore_conflicts=True)
        stored = Person.objects.filter(email__in=batch).select_related("merged_into")
        by_email = {person.email: person for person in stored}
        new = [by_email[person.email] for person in made if by_email[person.email] == person]
        _audit("person.recorded", new, partners=partners, by=by, now=now)
        people |= {email: person.merged_into or person for email, person in by_email.items()}
    return people


@transaction.atomic
def rename_people(
    names: Mapping[Person, str], *, partners: Sequence[Partner], by: Actor, now: datetime
) -> None:
    """Give people the names they have now; ``partners`` are those that say so.

    :raises NotAllowed: without ``people.edit`` for each of the partners.
    """
    _require_all(by, partners)
    for batch in batches(names.items()):
        for person, name in batch:
            person.name = name
        renamed = [person for person, _name in batch]
        Person.objects.bulk_update(renamed, ["name"])
        _audit("person.renamed", renamed, partners=partners, by=by, now=now)


@transaction.atomic
def record_employments(
    rows: Sequence[NewEmployment], *, by: Actor, now: datetime
) -> list[Employment]:
    """Record employments that count, and return them; job roles and place are so for as long.

    :raises CannotRecord: for days or places that cannot be.
    :raises IntegrityError: if a person counts elsewhere on one of the days; ask before.
    :raises NotAllowed: without ``people.edit`` for each of the partners.
    """
    recorded: list[Employment] = []
    for batch in batches(rows):
        partners = [row.partner for row in batch]
        _require_all(by, partners)
        employments = [_employment(row) for row in batch]
        Employment.objects.bulk_create(employments)
        rewrite_job_roles(
            [
                RoleChange(employment, None, NewRoles(row.job_roles, row.started_on))
                for employment, row in zip(employments, batch, strict=True)
            ]
        )
        both = zip(employments, batch, strict=True)
        rewrite_places([Move(one, row.place, row.started_on) for one, row in both if row.place])
        _audit("employment.recorded", employments, partners=partners, by=by, now=now)
        recorded.extend(employments)
    if recorded:
        announce_facts()
    return recorded


@transaction.atomic
def correct_employments(
    corrections: Sequence[EmploymentCorrection], *, by: Actor, now: datetime
) -> list[Employment]:
    """Put right kind, time, end, job roles and place of employments on record; return them.

    The partners of the employments must be loaded.

    :raises CannotRecord: for days or places that cannot be.
    :raises IntegrityError: if a person counts elsewhere on one of the days; ask before.
    :raises NotAllowed: without ``people.edit`` for each of the partners.
    """
    corrected: list[Employment] = []
    for batch in batches(corrections):
        partners = [each.employment.partner for each in batch]
        _require_all(by, partners)
        roles = [_correct(each) for each in batch]
        employments = [each.employment for each in batch]
        Employment.objects.bulk_update(employments, ["kind", "working_time", "ended_on"])
        rewrite_job_roles(roles)
        rewrite_places([Move(one.employment, *one.place) for one in batch if one.place])
        _audit("employment.corrected", employments, partners=partners, by=by, now=now)
        corrected.extend(employments)
    if corrected:
        announce_facts()
    return corrected


def _employment(row: NewEmployment) -> Employment:
    check_last_day("valid_through", row.valid_through)
    ended_on = end_after(row.valid_through)
    check_period(row.partner, row.started_on, ended_on)
    check_working_time(row.working_time)
    return Employment(
        person=row.person,
        partner=row.partner,
        kind=row.kind,
        working_time=row.working_time,
        started_on=row.started_on,
        ended_on=ended_on,
    )


def _correct(correction: EmploymentCorrection) -> RoleChange:
    employment = correction.employment
    check_period(employment.partner, employment.started_on, correction.ended_on)
    before = employment.ended_on
    employment.kind, employment.ended_on = correction.kind, correction.ended_on
    check_working_time(correction.working_time)
    employment.working_time = correction.working_time
    return RoleChange(employment, before, correction.job_roles)


def _require_all(by: Actor, partners: Sequence[Partner]) -> None:
    require(by, Permission.PEOPLE_EDIT)
    for partner in partners:
        require(by, Permission.PEOPLE_EDIT, partner)


def _audit(
    verb: str,
    subjects: Sequence[Person] | Sequence[Employment],
    *,
    partners: Sequence[Partner],
    by: Actor,
    now: datetime,
) -> None:
    if subjects:
        concerned = [partner.pk for partner in partners]
        audit.record(by=by, now=now, verb=verb, subjects=subjects, partners=concerned)
