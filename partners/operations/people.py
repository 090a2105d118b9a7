"""Writes people: who they are, for whom and where they work, in which job roles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_noop as _

from partners.enums import EmploymentKind
from partners.models import Employment, JobRole, Partner, Person
from partners.operations import audit
from partners.operations.addresses import checked_address
from partners.operations.facts import (
    announce_facts,
    check_first_day,
    check_last_day,
    check_working_time,
)
from partners.operations.job_roles import NewRoles, RoleChange, rewrite_job_roles
from partners.operations.places import Move, Place, rewrite_places
from partners.periods import end_after
from partners.queries.people import overlapping_employment
from partners.refusals import CannotRecord
from partners.rules import Actor, NotAllowed, Permission, can, require

_COUNTS_ONCE = "partners_employment_counts_once"


@transaction.atomic
def record_person(
    *, email: str, name: str, by: Actor, now: datetime, partner: Partner | None = None
) -> Person:
    """Return the person with this address, whatever its case, creating them if unknown.

    A known person keeps their name. ``partner`` is where they are recorded from; whoever does not
    reach all partners has to name one in their reach.

    :raises CannotRecord: without a name, or for a malformed address.
    :raises NotAllowed: without ``people.edit`` there.
    """
    require(by, Permission.PEOPLE_EDIT, partner)
    if partner is None and (by.managed_only or by.partner_id is not None):
        raise NotAllowed(Permission.PEOPLE_EDIT)
    if not name.strip():
        raise CannotRecord("name", _("A person needs a name."))
    person, created = Person.objects.get_or_create(
        email=checked_address(email), defaults={"name": name.strip()}
    )
    if created:
        audit.record(
            by=by,
            now=now,
            verb="person.recorded",
            subjects=[person],
            partners=[] if partner is None else [partner.pk],
            changes={"email": audit.digest(person.email), "name": audit.digest(person.name)},
        )
    merged: Person | None = person.merged_into
    return merged or person


@transaction.atomic
def record_employment(
    *,
    person: Person,
    partner: Partner,
    started_on: date,
    by: Actor,
    now: datetime,
    kind: EmploymentKind = EmploymentKind.EMPLOYEE,
    working_time: int | None = None,
    valid_through: date | None = None,
    job_roles: Sequence[JobRole] = (),
    place: Place | None = None,
    counts: bool = True,
) -> Employment:
    """Record that a person works at a partner and return the employment.

    ``valid_through`` is the last day, None while it goes on; the job roles are held as long. Of
    ``place`` and ``working_time`` (percent of full time) None is: not known. With ``counts`` the
    person counts for this partner; they can count at one partner a day.

    :raises CannotRecord: for days that cannot be or count elsewhere, a place or time that is none.
    :raises NotAllowed: without ``people.edit`` for this partner.
    """
    require(by, Permission.PEOPLE_EDIT, partner)
    check_last_day("valid_through", valid_through)
    check_working_time(working_time)
    ended_on = end_after(valid_through)
    check_period(partner, started_on, ended_on)
    employment = Employment(
        person=person,
        partner=partner,
        kind=kind,
        working_time=working_time,
        started_on=started_on,
        ended_on=ended_on,
        counts=counts,
    )
    _save_counting_once(employment, by=by)
    rewrite_job_roles([RoleChange(employment, None, NewRoles(job_roles, started_on))])
    rewrite_places([Move(employment, place, started_on)] if place else [])
    audit.record(
        by=by,
        now=now,
        verb="employment.recorded",
        subjects=[employment],
        partners=[partner.pk],
        changes=_as_recorded(employment, valid_through, job_roles, place),
    )
    announce_facts()
    return employment


def _as_recorded(
    employment: Employment,
    valid_through: date | None,
    job_roles: Sequence[JobRole],
    place: Place | None,
) -> dict[str, object]:
    """Return what the audit keeps of a new employment."""
    return {
        "person": str(employment.person_id),
        "kind": str(employment.kind),
        "working_time": employment.working_time,
        "started_on": employment.started_on.isoformat(),
        "valid_through": _iso(valid_through),
        "job_roles": sorted(role.key for role in job_roles),
        "place": None if place is None else asdict(place),
        "counts": employment.counts,
    }


@transaction.atomic
def end_employment(
    *, employment: Employment, last_day: date, by: Actor, now: datetime
) -> Employment:
    """Say on which last day the employment ends, or ended, and return it; that day still counts.

    Job roles end with it. A wrong last day is corrected by saying the right one: roles that ended
    with the employment move along. Roles planned for later days are dropped.

    :raises CannotRecord: for a day before the first, or longer into days that count elsewhere.
    :raises NotAllowed: without ``people.edit`` for this partner.
    """
    employment = _held(employment, by)
    if last_day < employment.started_on:
        raise CannotRecord(
            "last_day", _("The employment began on %(day)s."), day=employment.started_on
        )
    check_last_day("last_day", last_day)
    before, employment.ended_on = employment.ended_on, end_after(last_day)
    _save_counting_once(employment, by=by, field="last_day")
    rewrite_job_roles([RoleChange(employment, before)])
    audit.record(
        by=by,
        now=now,
        verb="employment.ended",
        subjects=[employment],
        partners=[employment.partner_id],
        changes={"last_day": last_day.isoformat(), "ended_on_before": _iso(before)},
    )
    announce_facts()
    return employment


@transaction.atomic
def change_job_roles(
    *,
    employment: Employment,
    job_roles: Sequence[JobRole],
    on: date,
    by: Actor,
    now: datetime,
) -> Employment:
    """Hold exactly these job roles from ``on`` to the end of the employment, and return it.

    Days before ``on`` stay as they are; what was planned from ``on`` on is replaced.

    :raises CannotRecord: for a day outside the employment.
    :raises NotAllowed: without ``people.edit`` for this partner.
    """
    employment = _held(employment, by)
    _check_at_work(employment, on)
    ended_on = employment.ended_on
    rewrite_job_roles([RoleChange(employment, ended_on, NewRoles(job_roles, on))])
    audit.record(
        by=by,
        now=now,
        verb="employment.job_roles_changed",
        subjects=[employment],
        partners=[employment.partner_id],
        changes={"on": on.isoformat(), "job_roles": sorted(role.key for role in job_roles)},
    )
    announce_facts()
    return employment


@transaction.atomic
def change_place(
    *, employment: Employment, place: Place, on: date, by: Actor, now: datetime
) -> Employment:
    """Say where the person works from ``on`` to the end of the employment, and return it.

    Days before ``on`` stay as they are; what was planned from ``on`` on is replaced.

    :raises CannotRecord: for a day outside the employment, or a place that is none.
    :raises NotAllowed: without ``people.edit`` for this partner.
    """
    employment = _held(employment, by)
    _check_at_work(employment, on)
    rewrite_places([Move(employment, place, on)])
    audit.record(
        by=by,
        now=now,
        verb="employment.place_changed",
        subjects=[employment],
        partners=[employment.partner_id],
        changes={"on": on.isoformat(), "place": asdict(place)},
    )
    announce_facts()
    return employment


def _check_at_work(employment: Employment, on: date) -> None:
    ended_on = employment.ended_on
    if on < employment.started_on or (ended_on is not None and on >= ended_on):
        raise CannotRecord("on", _("The person does not work there on %(day)s."), day=on)


def _held(employment: Employment, by: Actor) -> Employment:
    """Return the employment locked for a change, with its partner, if the actor may change it."""
    held: Employment = (
        Employment.objects.select_for_update(of=("self",))
        .select_related("partner")
        .get(pk=employment.pk)
    )
    require(by, Permission.PEOPLE_EDIT, held.partner)
    return held


def check_period(partner: Partner, started_on: date, ended_on: date | None) -> None:
    """Raise unless somebody can work at the partner on these days; ``ended_on`` is exclusive.

    :raises CannotRecord: for an end before the start, a start before 1900 or after the partnership.
    """
    check_first_day("started_on", started_on)
    if ended_on is not None and ended_on <= started_on:
        raise CannotRecord("valid_through", _("The last day lies before the first."))
    if partner.ended_on is not None and started_on >= partner.ended_on:
        raise CannotRecord("started_on", _("The partnership had ended by then."))


def _save_counting_once(employment: Employment, *, by: Actor, field: str = "started_on") -> None:
    """Save, or refuse with the name of the partner the person counts for on those days.

    The database decides; the question asked before only finds the words.
    """
    other = overlapping_employment(employment) if employment.counts else None
    if other is not None:
        raise _counts_elsewhere(field, other, by)
    try:
        with transaction.atomic():
            employment.save()
    except IntegrityError as error:
        if _COUNTS_ONCE not in str(error):
            raise
        raise _counts_elsewhere(field, None, by) from error


def _counts_elsewhere(field: str, other: Employment | None, by: Actor) -> CannotRecord:
    if other is None or not can(by, Permission.PEOPLE_VIEW, other.partner):
        return CannotRecord(field, _("This person counts for another partner on these days."))
    return CannotRecord(
        field,
        _("This person counts for %(partner)s from %(day)s."),
        partner=other.partner.name,
        day=other.started_on,
    )


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
