"""Imports of certificates: what fits the records and what does not."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from enablement.imports.certificates import CERTIFICATES, CertificatesReading
from enablement.models import Certificate
from partners.enums import JobState, MembershipRole
from partners.imports.importer import ImportContext
from partners.imports.table import Row, open_table
from partners.models import AuditEntry, JobRun, Person, Vendor
from partners.queries.imports import import_report
from partners.rules import SYSTEM, Actor
from partners.tenancy.context import tenant
from tests import cast, uploads
from tests.cast import NOW, TODAY
from tests.uploads import counts

HEADER = "person_email,certification,awarded_on,valid_through,number"


@pytest.fixture
def school(northwind: Vendor) -> Vendor:
    """Northwind with Edda and the certification NC-420, valid for 24 months."""
    with tenant(northwind):
        cast.person("Edda")
        cast.certification("NC-420", validity_months=24)
        cast.certification("sales-basics")
    return northwind


def lines(*rows: str) -> bytes:
    return "\n".join([HEADER, *rows, ""]).encode()


def checked(content: bytes, *, by: Actor = SYSTEM) -> JobRun:
    return uploads.checked("certificates", content, by=by)


def imported(content: bytes) -> JobRun:
    return uploads.imported("certificates", content)


def held(vendor: Vendor) -> set[tuple[date, date | None, str]]:
    with tenant(vendor):
        return set(Certificate.objects.values_list("awarded_on", "expires_on", "number"))


def test_an_import_records_certificates_with_the_end_stated_or_computed(school: Vendor) -> None:
    job = imported(
        lines(
            "EDDA@example.com,nc-420,2025-03-01,,",
            "edda@example.com,NC-420,2025-04-01,2025-12-31,A-7",
            "edda@example.com,sales-basics,2025-05-01,,",
        )
    )

    assert (job.state, counts(job)) == (JobState.DONE, (3, 0, 0, 0))
    assert held(school) == {
        (date(2025, 3, 1), date(2027, 3, 1), ""),
        (date(2025, 4, 1), date(2026, 1, 1), "A-7"),
        (date(2025, 5, 1), None, ""),
    }


def test_the_same_file_again_changes_nothing(school: Vendor) -> None:
    content = lines("edda@example.com,NC-420,2025-03-01,2026-12-31,A-7")
    imported(content)

    assert counts(checked(content)) == (0, 0, 1, 0)


def test_a_changed_row_corrects_and_an_empty_cell_keeps(school: Vendor) -> None:
    imported(
        lines(
            "edda@example.com,NC-420,2025-03-01,2026-12-31,A-7",
            "edda@example.com,sales-basics,2025-03-01,2026-12-31,B-1",
        )
    )

    job = imported(
        lines(
            "edda@example.com,NC-420,2025-03-01,2027-01-31,",
            "edda@example.com,sales-basics,2025-03-01,,",
        )
    )

    assert counts(job) == (0, 1, 1, 0)
    assert held(school) == {
        (date(2025, 3, 1), date(2027, 2, 1), "A-7"),
        (date(2025, 3, 1), date(2027, 1, 1), "B-1"),
    }


@pytest.mark.parametrize(
    ("row", "field", "message"),
    [
        (
            "edda@example.com,NC-421,2025-03-01,,",
            "certification",
            "“NC-421” is not a certification code. Did you mean NC-420?",
        ),
        (
            "edda@example.com,zzz,2025-03-01,,",
            "certification",
            "“zzz” is not a certification code.",
        ),
        (
            "sven@example.com,NC-420,2025-03-01,,",
            "person_email",
            "No person of yours has the address sven@example.com. Import people first.",
        ),
        (
            "edda@example.com,NC-420,2026-03-03,,",
            "awarded_on",
            "2026-03-03 is in the future: a certificate is awarded first.",
        ),
        (
            "edda@example.com,NC-420,2025-03-01,2025-02-28,",
            "valid_through",
            "The last valid day lies before the award.",
        ),
    ],
)
def test_the_check_says_what_does_not_fit(
    school: Vendor, row: str, field: str, message: str
) -> None:
    job = checked(lines(row))

    with tenant(school):
        (problem,) = import_report(job.pk, SYSTEM).problems
    assert (problem.row, problem.field, problem.message) == (2, field, message)


def test_a_repeated_row_names_the_first(school: Vendor) -> None:
    row = "edda@example.com,NC-420,2025-03-01,,"

    job = checked(lines(row, row))

    with tenant(school):
        (problem,) = import_report(job.pk, SYSTEM).problems
    assert (problem.row, problem.message) == (
        3,
        "Row 2 says this already: same person, certification and day.",
    )


def test_a_channel_manager_imports_for_people_at_managed_partners_only(school: Vendor) -> None:
    with tenant(school):
        membership = cast.member("Mara", MembershipRole.CHANNEL_MANAGER)
        mara = cast.actor(membership)
        cast.employment(Person.objects.get(), cast.partner("hers", manager=membership))
        cast.employment(cast.person("Sven"), cast.partner("other"))

    job = checked(
        lines(
            "edda@example.com,NC-420,2025-03-01,,",
            "sven@example.com,NC-420,2025-03-01,,",
        ),
        by=mara,
    )

    assert counts(job) == (1, 0, 0, 1)


def test_another_vendors_people_and_certifications_are_unknown(
    school: Vendor, umbra: Vendor
) -> None:
    with tenant(umbra):
        cast.person("Ursula")
        cast.certification("UM-1")

    job = checked(
        lines("ursula@example.com,NC-420,2025-03-01,,", "edda@example.com,UM-1,2025-03-01,,")
    )

    assert counts(job) == (0, 0, 0, 2)


def written(vendor: Vendor, *days: str) -> int:
    content = lines(*(f"edda@example.com,NC-420,{day},," for day in days))
    with tenant(vendor), CaptureQueriesContext(connection) as queries:
        reading = CertificatesReading(ImportContext(SYSTEM, NOW, TODAY))
        rows = open_table(content, CERTIFICATES.columns).rows()
        reading.write(reading.plan([row for row in rows if isinstance(row, Row)]))  # type: ignore[arg-type]
    return len(queries)


def test_one_row_costs_as_many_queries_as_three(school: Vendor) -> None:
    one = written(school, "2025-01-01")
    three = written(school, "2025-01-02", "2025-01-03", "2025-01-04")

    assert one == three


def test_an_import_is_audited_with_its_source(school: Vendor) -> None:
    imported(lines("edda@example.com,NC-420,2025-03-01,,"))

    with tenant(school):
        entry = AuditEntry.objects.get(verb="certificate.recorded")
        assert entry.changes == {"source": "import"}
        assert entry.subject_ids == [Certificate.objects.get().pk]
