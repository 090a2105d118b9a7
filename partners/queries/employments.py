"""Asks for many people and their employments at once, as imports do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q

from partners.models import Employment, Partner, Person
from partners.rules import Actor


def partners_named(texts: Iterable[str], actor: Actor) -> dict[str, Partner]:
    """Return the partners in the actor's reach that these short names or external ids mean.

    A text that is the short name of one and the id of another means the former.
    """
    named = set(texts)
    found = Partner.objects.visible_to(actor).filter(Q(slug__in=named) | Q(external_id__in=named))
    partners = list(found)
    by_id = {partner.external_id: partner for partner in partners if partner.external_id in named}
    return by_id | {partner.slug: partner for partner in partners if partner.slug in named}


def people_with(emails: Iterable[str]) -> dict[str, Person]:
    """Return the people with these addresses (in lower case); merged ones as who they are now."""
    found = Person.objects.filter(email__in=set(emails)).select_related("merged_into")
    return {person.email: person.merged_into or person for person in found}


def employments_of(people: Iterable[Person]) -> dict[UUID, list[Employment]]:
    """Return all employments of the people by person, with partner, job roles and places."""
    held: dict[UUID, list[Employment]] = defaultdict(list)
    rows = Employment.objects.filter(person__in=list(people)).select_related("partner")
    for employment in rows.prefetch_related("roles__job_role", "places").order_by("started_on"):
        held[employment.person_id].append(employment)
    return held
