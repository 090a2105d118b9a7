"""Two entries that are one person become one, with everything they hold."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_noop as _

from enablement.models import Certificate, CourseCompletion
from enablement.operations.lives import follow_rules
from partners.models import Employment, Person
from partners.operations import audit
from partners.operations.facts import announce_facts
from partners.queries.people import employers_of
from partners.refusals import CannotRecord
from partners.rules import Actor, NotAllowed, Permission, require


@transaction.atomic
def link_people(*, duplicate: Person, person: Person, by: Actor, now: datetime) -> Person:
    """Say that both entries are one person, and return the one that stays.

    Certificates, courses and employments of the duplicate become theirs, and the ends of their
    certificates follow; a record that both have stays with the duplicate, which counts for nobody.
    It cannot be undone: what is recorded for the duplicate's address is theirs from now on.

    :raises CannotRecord: if either is linked to somebody, or if they count on the same day by
        different employments: whose they are then has to be settled first.
    :raises NotAllowed: without ``people.edit`` for every partner.
    """
    require(by, Permission.PEOPLE_EDIT)
    if by.managed_only or by.partner_id is not None:
        raise NotAllowed(Permission.PEOPLE_EDIT)
    duplicate, person = _locked(duplicate, person)
    partners = employers_of([duplicate.pk, person.pk])
    _refuse_counting_twice(duplicate, person)
    Person.objects.filter(merged_into=duplicate).update(merged_into=person)
    duplicate.merged_into = person
    duplicate.save(update_fields=["merged_into"])
    Employment.objects.filter(person=duplicate).update(person=person)
    moved = {
        "certificates": _move(Certificate, ("certification", "awarded_on"), duplicate, person),
        "courses": _move(CourseCompletion, ("course", "completed_on"), duplicate, person),
    }
    follow_rules({person.pk}, now=now)
    audit.record(
        by=by,
        now=now,
        verb="person.linked",
        subjects=[duplicate, person],
        partners=partners,
        changes={"stays": str(person.pk), **moved},
    )
    announce_facts()
    return person


def _locked(duplicate: Person, person: Person) -> tuple[Person, Person]:
    both = Person.objects.select_for_update().filter(pk__in={duplicate.pk, person.pk})
    found = {one.pk: one for one in both.order_by("pk")}
    if len(found) < 2:
        raise CannotRecord("duplicate", _("These are the same entry."))
    if any(one.merged_into_id is not None for one in found.values()):
        raise CannotRecord("duplicate", _("One of them is linked to another person already."))
    return found[duplicate.pk], found[person.pk]


def _refuse_counting_twice(duplicate: Person, person: Person) -> None:
    theirs = Employment.objects.filter(person=person, counts=True)
    for one in Employment.objects.filter(person=duplicate, counts=True):
        overlaps = Q(ended_on=None) | Q(ended_on__gt=one.started_on)
        if one.ended_on is not None:
            overlaps &= Q(started_on__lt=one.ended_on)
        if theirs.filter(overlaps).exists():
            raise CannotRecord(
                "duplicate",
                _("Both count from %(day)s on the same days. End one employment first."),
                day=one.started_on,
            )


def _move(
    model: type[Certificate | CourseCompletion],
    same: tuple[str, str],
    duplicate: Person,
    person: Person,
) -> list[str]:
    """Let the person have what only the duplicate has; return the ids."""
    held = set(model.objects.filter(person=person).values_list(*same))
    rows = model.objects.filter(person=duplicate).values_list("pk", *same)
    moving = [pk for pk, *key in rows if tuple(key) not in held]
    model.objects.filter(pk__in=moving).update(person=person)
    return [str(pk) for pk in moving]
