"""Writes the certification catalog."""

from __future__ import annotations

from datetime import date, datetime
from typing import TypedDict, Unpack

from django.db import transaction
from django.utils.translation import gettext_noop as _

from enablement.models import Certification
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

    A new validity holds for certificates recorded from now on; those on record keep their end.

    :raises CannotRecord: if the name is missing or the version is incomplete or taken.
    :raises NotAllowed: without ``catalog.edit``.
    """
    require(by, Permission.CATALOG_EDIT)
    certification = Certification.objects.select_for_update().get(pk=certification.pk)
    for field, value in changes.items():
        setattr(certification, field, value)
    _check(certification)
    certification.save()
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
    if certification.validity_months is not None and certification.validity_months < 1:
        raise CannotRecord("validity_months", _("A validity is one month or more."))
    if certification.version is None:
        return
    if not certification.family:
        raise CannotRecord("family", _("A version needs the family it belongs to."))
    if certification.released_on is None:
        raise CannotRecord("released_on", _("A version needs its release day."))
    same = Certification.objects.filter(family=certification.family, version=certification.version)
    if same.exclude(pk=certification.pk).exists():
        raise CannotRecord("version", _("This family has that version already."))
