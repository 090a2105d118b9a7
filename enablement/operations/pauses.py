"""Writes days on which a certificate is held but does not count."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_noop as _

from enablement.enums import PauseReason
from enablement.models import Certificate, CertificatePause
from enablement.operations.held_facts import require_people
from partners.operations import audit
from partners.operations.facts import announce_facts, check_last_day
from partners.periods import end_after
from partners.queries.people import employers_of
from partners.queries.vendors import vendor_day
from partners.refusals import CannotRecord
from partners.rules import Actor, Permission, require


@transaction.atomic
def pause_certificate(
    *,
    certificate: Certificate,
    since: date,
    reason: PauseReason,
    by: Actor,
    now: datetime,
    valid_through: date | None = None,
    note: str = "",
) -> CertificatePause:
    """Let a certificate be held without counting from a day on, and return the pause.

    ``valid_through`` is its last day, None until it is resumed.

    :raises CannotRecord: for a day before the award, a last day before the first, or days on which
        it is paused already.
    :raises NotAllowed: without ``certificate.revoke``, or for a person out of the actor's reach.
    """
    require(by, Permission.CERTIFICATE_REVOKE)
    certificate = _locked(certificate, by, now)
    check_last_day("valid_through", valid_through)
    if since < certificate.awarded_on:
        raise CannotRecord("since", _("It was awarded on %(day)s."), day=certificate.awarded_on)
    if valid_through is not None and valid_through < since:
        raise CannotRecord("valid_through", _("The last day lies before the first."))
    pause = CertificatePause(
        certificate=certificate,
        started_on=since,
        ended_on=end_after(valid_through),
        reason=reason,
        note=note.strip(),
        recorded_at=now,
    )
    _refuse_overlap(pause)
    pause.save(force_insert=True)
    changes = {"since": since.isoformat(), "reason": str(reason)}
    _tell(certificate, "certificate.paused", changes, by=by, now=now)
    return pause


@transaction.atomic
def resume_certificate(
    *, certificate: Certificate, on: date, by: Actor, now: datetime
) -> CertificatePause:
    """Let a paused certificate count again from a day on, and return the pause that ends.

    :raises CannotRecord: if it is not paused on the day before, or only by its life rule.
    :raises NotAllowed: without ``certificate.revoke``, or for a person out of the actor's reach.
    """
    require(by, Permission.CERTIFICATE_REVOKE)
    certificate = _locked(certificate, by, now)
    paused = CertificatePause.objects.filter(
        Q(ended_on=None) | Q(ended_on__gt=on),
        certificate=certificate,
        by_rule=False,
        started_on__lt=on,
    )
    pause: CertificatePause | None = paused.first()
    if pause is None:
        raise CannotRecord("on", _("It is not paused on the day before."))
    pause.ended_on = on
    pause.save(update_fields=["ended_on"])
    _tell(certificate, "certificate.resumed", {"on": on.isoformat()}, by=by, now=now)
    return pause


def _locked(certificate: Certificate, by: Actor, now: datetime) -> Certificate:
    held: Certificate = Certificate.objects.select_for_update().get(pk=certificate.pk)
    require_people(by, {held.person_id}, vendor_day(now))
    return held


def _refuse_overlap(pause: CertificatePause) -> None:
    others = CertificatePause.objects.filter(
        Q(ended_on=None) | Q(ended_on__gt=pause.started_on),
        certificate=pause.certificate,
        by_rule=False,
    )
    if pause.ended_on is not None:
        others = others.filter(started_on__lt=pause.ended_on)
    if (other := others.order_by("started_on").first()) is not None:
        raise CannotRecord("since", _("It is paused from %(day)s already."), day=other.started_on)


def _tell(
    certificate: Certificate, verb: str, changes: dict[str, str], *, by: Actor, now: datetime
) -> None:
    audit.record(
        by=by,
        now=now,
        verb=verb,
        subjects=[certificate],
        partners=employers_of([certificate.person_id]),
        changes=changes,
    )
    announce_facts()
