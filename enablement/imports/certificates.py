"""The import of certificates: what people already on record were awarded.

A row is one certificate, known by the person's address, the certification and the day of the award.
What the file leaves empty it does not speak about: a certificate on record keeps it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext_noop as _

from enablement.imports.columns import Catalog, people_named, person_of
from enablement.models import Certificate, Certification
from enablement.operations import (
    CertificateCorrection,
    NewCertificate,
    correct_certificates,
    record_certificates,
)
from enablement.operations.certificates import check_days
from enablement.queries import certificates_on_record
from partners.imports import cells
from partners.imports.importer import Change, ImportContext, Importer, Planned
from partners.imports.problems import Problem
from partners.imports.rows import Met, plan_each, read_each, write_each
from partners.imports.table import Column, Row
from partners.models import Person
from partners.periods import end_after, last_day
from partners.rules import Permission


class CertificatesReading:
    """One way through a file of certificates; remembers which it has met."""

    def __init__(self, context: ImportContext) -> None:
        self._context = context
        self._catalog = Catalog(
            "certification",
            Certification.objects.all(),
            unknown=_("“%(text)s” is not a certification code."),
            near=_("“%(text)s” is not a certification code. Did you mean %(near)s?"),
        )
        self._met = Met[bytes]()

    def plan(self, rows: Sequence[Row]) -> list[Planned | Problem]:
        """Return for every row what it changes or why it cannot; at most three queries."""
        people = people_named(rows, self._context)
        stated = read_each(rows, lambda row: self._certificate(row, people))
        on_record = certificates_on_record(
            each.key for each in stated if isinstance(each, NewCertificate)
        )
        return plan_each(rows, stated, lambda row, one: _planned(row, one, on_record.get(one.key)))

    def write(self, planned: Sequence[Planned]) -> None:
        """Record new certificates and correct those on record."""
        write_each(planned, self._context, record=record_certificates, correct=correct_certificates)

    def _certificate(self, row: Row, people: Mapping[str, Person]) -> NewCertificate:
        certificate = NewCertificate(
            person=person_of(row, people),
            certification=self._catalog.named(row.cells["certification"]),
            awarded_on=row.cells["awarded_on"],
            valid_through=row.cells.get("valid_through"),
            number=row.cells.get("number", ""),
        )
        check_days(certificate.awarded_on, certificate.valid_through, today=self._context.today)
        self._refuse_repeated(row, certificate)
        return certificate

    def _refuse_repeated(self, row: Row, certificate: NewCertificate) -> None:
        person, certification, awarded_on = certificate.key
        # Bytes, because a long file leaves many of them here.
        key = person.bytes + certification.bytes + awarded_on.toordinal().to_bytes(4)
        again = _("Row %(row)s says this already: same person, certification and day.")
        self._met.refuse_again(key, row, again)


def _planned(row: Row, stated: NewCertificate, on_record: Certificate | None) -> Planned:
    if on_record is None:
        return Planned(row, Change.NEW, stated)
    valid_through = stated.valid_through or last_day(on_record.expires_on)
    number = stated.number or on_record.number
    same = (end_after(valid_through), number) == (on_record.expires_on, on_record.number)
    if same:
        return Planned(row, Change.UNCHANGED)
    return Planned(row, Change.CHANGED, CertificateCorrection(on_record, valid_through, number))


CERTIFICATES = Importer(
    kind="certificates",
    permission=Permission.CERTIFICATE_RECORD,
    columns=(
        Column("person_email", cells.email, required=True),
        Column("certification", cells.text(80), required=True),
        Column("awarded_on", cells.day, required=True),
        Column("valid_through", cells.day),
        Column("number", cells.text(80)),
    ),
    begin=CertificatesReading,
)
