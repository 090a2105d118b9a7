"""Writes the catalog: certifications and courses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypedDict, Unpack

from django.db import transaction
from django.utils.translation import gettext_noop as _

from enablement.certificate_life import Anchor
from enablement.models import Certification, Course
from enablement.operations.lives import follow_rules_of_holders
from enablement.queries.lives import certifications_extended_by
from enablement.rules import check_hours, cutoffs_of, life_rule, what_is, what_is_course
from partners.operations import audit
from partners.operations.facts import announce_facts
from partners.refusals import CannotRecord
from partners.rules import Actor, Permission, require


class CertificationChanges(TypedDict, total=False):
    """What can be said about a certification besides its key; what is left out stays."""

    name: str
    family: str
    version: int | None
    level: str
    released_on: date | None
    validity_months: int | None
    life: Mapping[str, Any]
    retired_on: date | None


class CourseChanges(TypedDict, total=False):
    """What can be said about a course besides its key; what is left out stays."""

    name: str
    family: str
    released_on: date | None
    validity_months: int | None
    hours: Decimal | None
    cutoffs: Sequence[Mapping[str, str]]
    retired_on: date | None


@transaction.atomic
def define_certification(
    *, key: str, by: Actor, now: datetime, **details: Unpack[CertificationChanges]
) -> Certification:
    """Add a certification to the catalog and return it.

    ``validity_months`` None means that its certificates do not expire by themselves.

    :raises CannotRecord: if the key is taken, the name is missing or the version is incomplete.
    :raises NotAllowed: without ``catalog.edit``.
    """
    require(by, Permission.CATALOG_EDIT)
    if Certification.objects.filter(key=key).exists():
        raise CannotRecord("key", _("“%(key)s” is taken."), key=key)
    certification = Certification(key=key, **details)
    _check(certification)
    certification.save(force_insert=True)
    audit.record(
        by=by,
        now=now,
        verb="certification.defined",
        subjects=[certification],
        changes={"key": key},
    )
    announce_facts()
    return certification


@transaction.atomic
def update_certification(
    *,
    certification: Certification,
    by: Actor,
    now: datetime,
    **changes: Unpack[CertificationChanges],
) -> Certification:
    """Change a certification and return it.

    A new validity holds for certificates recorded from now on; those on record keep their end,
    unless a life rule says when they end.

    :raises CannotRecord: if the name is missing, the version is incomplete or taken, or the life
        rule cannot be read.
    :raises NotAllowed: without ``catalog.edit``.
    """
    require(by, Permission.CATALOG_EDIT)
    certification = Certification.objects.select_for_update().get(pk=certification.pk)
    for field, value in changes.items():
        setattr(certification, field, value)
    _check(certification)
    certification.save()
    follow_rules_of_holders([certification], now=now)
    audit.record(
        by=by,
        now=now,
        verb="certification.updated",
        subjects=[certification],
        changes={"key": certification.key, "fields": sorted(changes)},
    )
    announce_facts()
    return certification


def _check(certification: Certification) -> None:
    if not certification.name.strip():
        raise CannotRecord("name", _("A certification needs a name."))
    _check_validity(certification.validity_months)
    _check_life(certification)
    if certification.version is None:
        return
    if not certification.family:
        raise CannotRecord("family", _("A version needs the family it belongs to."))
    if certification.released_on is None:
        raise CannotRecord("released_on", _("A version needs its release day."))
    same = Certification.objects.filter(family=certification.family, version=certification.version)
    if same.exclude(pk=certification.pk).exists():
        raise CannotRecord("version", _("This family has that version already."))


@transaction.atomic
def define_course(
    *, key: str, by: Actor, now: datetime, **details: Unpack[CourseChanges]
) -> Course:
    """Add a course to the catalog and return it.

    :raises CannotRecord: if the key is taken, the name is missing or a cutoff cannot be read.
    :raises NotAllowed: without ``catalog.edit``.
    """
    require(by, Permission.CATALOG_EDIT)
    if Course.objects.filter(key=key).exists():
        raise CannotRecord("key", _("“%(key)s” is taken."), key=key)
    course = Course(key=key, **details)
    _check_course(course)
    course.save(force_insert=True)
    audit.record(by=by, now=now, verb="course.defined", subjects=[course], changes={"key": key})
    return course


@transaction.atomic
def update_course(
    *, course: Course, by: Actor, now: datetime, **changes: Unpack[CourseChanges]
) -> Course:
    """Change a course and return it; certificates that it extends follow.

    A new validity and new hours hold for completions recorded from now on; those on record keep
    theirs.

    :raises CannotRecord: if the name is missing or a cutoff cannot be read.
    :raises NotAllowed: without ``catalog.edit``.
    """
    require(by, Permission.CATALOG_EDIT)
    course = Course.objects.select_for_update().get(pk=course.pk)
    for field, value in changes.items():
        setattr(course, field, value)
    _check_course(course)
    course.save()
    follow_rules_of_holders(certifications_extended_by(course), now=now)
    audit.record(
        by=by,
        now=now,
        verb="course.updated",
        subjects=[course],
        changes={"key": course.key, "fields": sorted(changes)},
    )
    announce_facts()
    return course


def _check_course(course: Course) -> None:
    if not course.name.strip():
        raise CannotRecord("name", _("A course needs a name."))
    _check_validity(course.validity_months)
    check_hours(course.hours)
    cutoffs_of(course.cutoffs)


def _check_validity(months: int | None) -> None:
    if months is not None and months < 1:
        raise CannotRecord("validity_months", _("A validity is one month or more."))


def _check_life(certification: Certification) -> None:
    """Raise unless the life rule can be read and names what is in the catalog."""
    rule = life_rule(certification.life, certification.validity_months)
    if rule is None:
        return
    if rule.anchor is Anchor.RELEASE and certification.released_on is None:
        raise CannotRecord("released_on", _("Its certificates run from its release day."))
    known = set(map(what_is, Certification.objects.values_list("key", flat=True)))
    known |= set(map(what_is_course, Course.objects.values_list("key", flat=True)))
    known.add(what_is(certification.key))
    if unknown := sorted((rule.renewed_by | rule.extended_by) - known):
        raise CannotRecord(
            "life", _("“%(key)s” is not in the catalog."), key=unknown[0].partition("/")[2]
        )
