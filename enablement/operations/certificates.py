"""Writes the certificates people hold: many at once, or one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_noop as _

from enablement.models import Certificate, Certification
from enablement.operations.held_facts import audit_held, require_people
from enablement.operations.lives import follow_rules, leave_rules
from enablement.queries import Key, certificates_on_record
from enablement.rules import expires_on
from partners.batches import batches
from partners.models import Person
from partners.operations import audit
from partners.operations.facts import announce_facts, check_first_day, check_last_day
from partners.operations.recorded import Recorded, insert_once
from partners.periods import end_after
from partners.queries.people import employers_of
from partners.queries.vendors import vendor_day
from partners.refusals import CannotRecord
from partners.rules import Actor, Permission, require


@dataclass(frozen=True, slots=True)
class NewCertificate:
    """One certificate to record.

    ``valid_through`` is the last valid day; None: as the certification says.
    """

    person: Person
    certification: Certification
    awarded_on: date
    valid_through: date | None = None
    number: str = ""

    @property
    def key(self) -> Key:
        """Return what makes it the same certificate."""
        return self.person.pk, self.certification.pk, self.awarded_on

    @property
    def expires_on(self) -> date | None:
        """Return the first day no longer valid; None: it does not expire."""
        return expires_on(
            self.awarded_on,
            valid_through=self.valid_through,
            validity_months=self.certification.validity_months,
        )


@dataclass(frozen=True, slots=True)
class CertificateCorrection:
    """What is right about a certificate on record.

    ``valid_through`` None: it does not expire. Another end than the one on record is stated: no
    life rule moves it from then on.
    """

    certificate: Certificate
    valid_through: date | None
    number: str


@transaction.atomic
def record_certificates(
    rows: Sequence[NewCertificate], *, source: str, by: Actor, now: datetime
) -> Recorded[Certificate]:
    """Record certificates and return the new ones, and those known before.

    Safe to repeat: a certificate is the same one by person, certification and day of the award; a
    known one is left as it is. A fixed number of statements per 1,000 rows.

    :raises CannotRecord: for an award in the future or a last day before the award.
    :raises NotAllowed: without ``certificate.record``, or for people out of the actor's reach.
    """
    require(by, Permission.CERTIFICATE_RECORD)
    today = vendor_day(now)
    recorded: Recorded[Certificate] = Recorded()
    for batch in batches(rows):
        for row in batch:
            check_days(row.awarded_on, row.valid_through, today=today)
        require_people(by, {row.person.pk for row in batch}, today)
        inserted = _insert(batch, source=source, now=now)
        audit_held("certificate.recorded", inserted.new, source=source, by=by, now=now)
        recorded.add(inserted)
    if recorded.new:
        announce_facts()
    return recorded


@transaction.atomic
def correct_certificates(
    corrections: Sequence[CertificateCorrection], *, source: str, by: Actor, now: datetime
) -> list[Certificate]:
    """Put right the end and the number of certificates on record, and return them.

    :raises CannotRecord: for a last day before the award.
    :raises NotAllowed: without ``certificate.record``, or for people out of the actor's reach.
    """
    require(by, Permission.CERTIFICATE_RECORD)
    today = vendor_day(now)
    corrected: list[Certificate] = []
    for batch in batches(corrections):
        require_people(by, {each.certificate.person_id for each in batch}, today)
        for each in batch:
            check_days(each.certificate.awarded_on, each.valid_through, today=today)
            if each.certificate.expires_on != end_after(each.valid_through):
                each.certificate.expires_on = end_after(each.valid_through)
                each.certificate.end_is_stated = True
            each.certificate.number = each.number
        certificates = [each.certificate for each in batch]
        Certificate.objects.bulk_update(certificates, ["expires_on", "end_is_stated", "number"])
        leave_rules([one for one in certificates if one.end_is_stated])
        follow_rules({certificate.person_id for certificate in certificates}, now=now)
        audit_held("certificate.corrected", certificates, source=source, by=by, now=now)
        corrected.extend(certificates)
    if corrected:
        announce_facts()
    return corrected


@transaction.atomic
def revoke_certificate(
    *, certificate: Certificate, on: date, reason: str, by: Actor, now: datetime
) -> Certificate:
    """Withdraw a certificate and return it; ``on`` is the first day it is no longer valid.

    :raises CannotRecord: without a reason, for a day before the award or in the future, or if it
        was revoked before.
    :raises NotAllowed: without ``certificate.revoke``, or for a person out of the actor's reach.
    """
    require(by, Permission.CERTIFICATE_REVOKE)
    today = vendor_day(now)
    certificate = Certificate.objects.select_for_update().get(pk=certificate.pk)
    require_people(by, {certificate.person_id}, today)
    _check_revocation(certificate, on, reason, today=today)
    certificate.revoked_on, certificate.revocation_reason = on, reason.strip()
    certificate.save(update_fields=["revoked_on", "revocation_reason"])
    follow_rules({certificate.person_id}, now=now)
    audit.record(
        by=by,
        now=now,
        verb="certificate.revoked",
        subjects=[certificate],
        partners=employers_of([certificate.person_id]),
        changes={"on": on.isoformat(), "reason": audit.digest(certificate.revocation_reason)},
    )
    announce_facts()
    return certificate


def check_days(awarded_on: date, valid_through: date | None, *, today: date) -> None:
    """Raise unless a certificate can have these days.

    :raises CannotRecord: for an award in the future or before 1900, or a last day before the award.
    """
    check_first_day("awarded_on", awarded_on)
    if awarded_on > today:
        raise CannotRecord(
            "awarded_on",
            _("%(day)s is in the future: a certificate is awarded first."),
            day=awarded_on,
        )
    check_last_day("valid_through", valid_through)
    if valid_through is not None and valid_through < awarded_on:
        raise CannotRecord("valid_through", _("The last valid day lies before the award."))


def _check_revocation(certificate: Certificate, on: date, reason: str, *, today: date) -> None:
    if certificate.revoked_on is not None:
        raise CannotRecord(
            "on", _("It was revoked on %(day)s already."), day=certificate.revoked_on
        )
    if on < certificate.awarded_on:
        raise CannotRecord("on", _("It was awarded on %(day)s."), day=certificate.awarded_on)
    if on > today:
        raise CannotRecord("on", _("The day cannot be in the future."))
    if not reason.strip():
        raise CannotRecord("reason", _("Say why: the person and their partner will read it."))


def _insert(
    batch: Sequence[NewCertificate], *, source: str, now: datetime
) -> Recorded[Certificate]:
    made = {
        row.key: Certificate(
            person=row.person,
            certification=row.certification,
            awarded_on=row.awarded_on,
            expires_on=row.expires_on,
            end_is_stated=row.valid_through is not None,
            number=row.number,
            source=source,
            recorded_at=now,
        )
        for row in batch
    }

    def on_record(keys: Iterable[Key]) -> Mapping[Key, Certificate]:
        # Rules may move the ends of new ones: they are returned as they are then.
        follow_rules({row.person.pk for row in batch}, now=now)
        return certificates_on_record(keys)

    return insert_once(Certificate, made, on_record)
