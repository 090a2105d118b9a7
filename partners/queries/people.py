"""Asks who people are and where they work."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q

from partners.models import Employment, Partner
from partners.rules import Actor


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
    """Return those who on that day neither work nor will work at a partner in the actor's reach."""
    reached = Employment.objects.filter(
        Q(ended_on=None) | Q(ended_on__gt=on),
        person__in=people,
        partner__in=Partner.objects.visible_to(actor),
    )
    return people - set(reached.values_list("person_id", flat=True))
