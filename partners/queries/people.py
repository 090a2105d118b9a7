"""Asks who people are and where they work."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from partners.countries import country_name
from partners.enums import EmploymentKind
from partners.models import Employment, EmploymentPlace, EmploymentRole, JobRole, Partner, Person
from partners.periods import last_day
from partners.rules import Actor
from partners.texts import localized


@dataclass(frozen=True, slots=True)
class TeamMember:
    """A person at a partner on a day, with the job roles and the place of that day by name.

    ``valid_through`` is the last day of the employment, None while it goes on; ``place`` is empty
    while it is not known where the person works, ``working_time`` None while it is not known for
    what percent of full time.
    """

    person_id: UUID
    employment_id: UUID
    name: str
    email: str
    kind: EmploymentKind
    working_time: int | None
    started_on: date
    valid_through: date | None
    counts: bool
    job_roles: tuple[str, ...]
    place: str

    @property
    def works_as(self) -> str:
        """Return the kind of employment and its working time, in the language of the moment."""
        if self.working_time is None:
            return str(self.kind.label)
        terms = {"kind": self.kind.label, "percent": self.working_time}
        return _("%(kind)s, %(percent)s%%") % terms


def at_work(employments: QuerySet[Employment], on: date) -> QuerySet[Employment]:
    """Return the employments among these that are in force on the day."""
    return employments.filter(Q(ended_on=None) | Q(ended_on__gt=on), started_on__lte=on)


def team_of(partner: Partner, on: date) -> tuple[TeamMember, ...]:
    """Return who works at the partner on the day, by name, in a fixed number of queries."""
    roles_then = EmploymentRole.objects.filter(
        Q(ended_on=None) | Q(ended_on__gt=on), started_on__lte=on
    )
    employments = at_work(Employment.objects.filter(partner=partner), on)
    return tuple(
        _member(employment, on)
        for employment in employments.select_related("person")
        .prefetch_related(Prefetch("roles", roles_then.select_related("job_role")), "places")
        .order_by("person__name", "person__email", "started_on")
    )


def people_at(partner: Partner, on: date) -> QuerySet[Person]:
    """Return the people who work at the partner on the day, by name."""
    there = at_work(Employment.objects.filter(partner=partner), on)
    people: QuerySet[Person] = Person.objects.filter(pk__in=there.values("person"))
    return people.order_by("name", "email")


def employments_visible_to(actor: Actor) -> QuerySet[Employment]:
    """Return the employments at partners in the actor's reach, with person and partner."""
    reached: QuerySet[Employment] = Employment.objects.filter(
        partner__in=Partner.objects.visible_to(actor)
    )
    return reached.select_related("person", "partner")


def job_roles() -> QuerySet[JobRole]:
    """Return the vendor's job roles, by key."""
    roles: QuerySet[JobRole] = JobRole.objects.order_by("key")
    return roles


def overlapping_employment(employment: Employment) -> Employment | None:
    """Return another employment of the person that counts on some day of this one, with partner."""
    overlaps = Q(ended_on=None) | Q(ended_on__gt=employment.started_on)
    if employment.ended_on is not None:
        overlaps &= Q(started_on__lt=employment.ended_on)
    others = Employment.objects.filter(overlaps, person=employment.person_id, counts=True)
    found: Employment | None = (
        others.exclude(pk=employment.pk).select_related("partner").order_by("started_on").first()
    )
    return found


def employers_of(people: Iterable[UUID]) -> list[UUID]:
    """Return the partners at which any of the people work, worked or will work."""
    found = Employment.objects.filter(person__in=set(people)).values_list("partner_id", flat=True)
    return list(found.distinct())


def people_beyond_reach(actor: Actor, people: set[UUID], on: date) -> set[UUID]:
    """Return those for whom the actor does not speak on that day.

    Where somebody works decides; where they will work only while they work nowhere: else naming a
    later day for anybody would bring their certificates into reach.
    """
    stays = Employment.objects.filter(Q(ended_on=None) | Q(ended_on__gt=on), person__in=people)
    reached = Partner.objects.visible_to(actor).filter(pk=OuterRef("partner"))
    found = stays.values_list("person_id", "started_on", Exists(reached))
    at_work_anywhere = {person for person, started_on, _ in found if started_on <= on}
    return people - {
        person
        for person, started_on, is_reached in found
        if is_reached and (started_on <= on or person not in at_work_anywhere)
    }


def place_on(employment: Employment, day: date) -> EmploymentPlace | None:
    """Return where the person works on a day, None if that is not known; of loaded places."""
    begun = [one for one in employment.places.all() if one.started_on <= day]
    return max(begun, key=lambda one: one.started_on, default=None)


def job_roles_on(employment: Employment, day: date) -> QuerySet[JobRole]:
    """Return the job roles that the person has in the employment on a day, by key."""
    held = EmploymentRole.objects.filter(
        Q(ended_on=None) | Q(ended_on__gt=day), employment=employment, started_on__lte=day
    )
    roles: QuerySet[JobRole] = JobRole.objects.filter(pk__in=held.values("job_role"))
    return roles.order_by("key")


def _member(employment: Employment, on: date) -> TeamMember:
    person, place = employment.person, place_on(employment, on)
    return TeamMember(
        person_id=person.pk,
        employment_id=employment.pk,
        name=person.name,
        email=person.email,
        kind=EmploymentKind(employment.kind),
        working_time=employment.working_time,
        started_on=employment.started_on,
        valid_through=last_day(employment.ended_on),
        counts=employment.counts,
        job_roles=tuple(sorted(localized(role.job_role.name) for role in employment.roles.all())),
        place=_place_name(place) if place else "",
    )


def _place_name(place: EmploymentPlace) -> str:
    """Return the region, if any, and the country in the language of the moment."""
    return ", ".join(filter(None, (place.region, country_name(place.country))))
