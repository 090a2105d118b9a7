"""Asks what decides how long certificates live: what people passed, what came out when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q

from enablement.certificate_life import Passed
from enablement.models import Certificate, Certification, Course, CourseCompletion
from enablement.rules import life_rule, what_is, what_is_course


def certificates_by_rule(people: Iterable[UUID]) -> list[Certificate]:
    """Return the certificates of people whose ends follow a life rule, with certification."""
    rows = Certificate.objects.filter(
        ~Q(certification__life={}), person__in=set(people), end_is_stated=False
    )
    return list(rows.select_related("certification"))


def passes_of(people: Iterable[UUID]) -> dict[UUID, list[Passed]]:
    """Return what people passed and finished, by person; what was revoked proves nothing."""
    found: defaultdict[UUID, list[Passed]] = defaultdict(list)
    wanted = set(people)
    certificates = Certificate.objects.filter(person__in=wanted, revoked_on=None)
    for pk, person, key, day in certificates.values_list(
        "id", "person_id", "certification__key", "awarded_on"
    ):
        found[person].append(Passed(str(pk), what_is(key), day))
    courses = CourseCompletion.objects.filter(person__in=wanted, withdrawn_at=None)
    for pk, person, key, day in courses.values_list(
        "id", "person_id", "course__key", "completed_on"
    ):
        found[person].append(Passed(str(pk), what_is_course(key), day))
    return found


def release_days() -> dict[str, date]:
    """Return when certifications and courses came out, by the names life rules have for them."""
    certifications = Certification.objects.values_list("key", "released_on")
    courses = Course.objects.values_list("key", "released_on")
    named = [*((what_is(key), day) for key, day in certifications)]
    named += ((what_is_course(key), day) for key, day in courses)
    return {name: day for name, day in named if day is not None}


def certifications_extended_by(course: Course) -> list[Certification]:
    """Return the certifications whose certificates the course extends."""
    what = what_is_course(course.key)
    with_rules = Certification.objects.exclude(life={})
    return [
        one
        for one in with_rules
        if (rule := life_rule(one.life, one.validity_months)) and what in rule.extended_by
    ]


def holders_of(certifications: Iterable[Certification]) -> set[UUID]:
    """Return the people who hold or held certificates of any of these."""
    held = Certificate.objects.filter(certification__in=list(certifications))
    return set(held.values_list("person_id", flat=True))
