"""What a large file costs."""

from __future__ import annotations

import tracemalloc

from django.db import connection
from django.test.utils import CaptureQueriesContext

from partners.imports.importer import ImportContext
from partners.imports.people import PEOPLE, PeopleReading
from partners.imports.table import Row, open_table
from partners.models import AuditEntry, Person, Vendor
from partners.operations.imports import upload_import
from partners.rules import SYSTEM
from partners.tenancy.context import tenant
from tests.cast import NOW, TODAY
from tests.partners.imports.files import lines
from tests.uploads import counts, worked


def planned(vendor: Vendor, rows: int) -> int:
    """Return how many queries it takes to plan and write so many new rows."""
    start = vendor_rows()
    content = lines(
        *(f"p{start + n}@example.com,P,acme,2026-01-01,,engineer," for n in range(rows))
    )
    with tenant(vendor), CaptureQueriesContext(connection) as queries:
        reading = PeopleReading(ImportContext(SYSTEM, NOW, TODAY))
        table = open_table(content, PEOPLE.columns)
        reading.write(reading.plan([row for row in table.rows() if isinstance(row, Row)]))  # type: ignore[arg-type]
    return len(queries)


def vendor_rows() -> int:
    with tenant(Vendor.objects.get(slug="northwind")):
        return Person.objects.count()


def test_one_row_costs_as_many_queries_as_three(acme: Vendor) -> None:
    assert planned(acme, 1) == planned(acme, 3)


def test_a_batch_makes_one_audit_entry_a_kind(acme: Vendor) -> None:
    planned(acme, 300)

    with tenant(acme):
        entries = AuditEntry.objects.order_by("sequence")
        assert [(entry.verb, len(entry.subject_ids)) for entry in entries] == [
            ("person.recorded", 300),
            ("employment.recorded", 300),
        ]


def test_twenty_thousand_rows_are_checked_in_bounded_memory(acme: Vendor) -> None:
    content = lines(
        *(f"person.{n}@example.com,Person {n},acme,2026-01-01,,engineer," for n in range(20_000))
    )
    with tenant(acme):
        job = upload_import(kind="people", name="p.csv", content=content, by=SYSTEM, now=NOW)
    tracemalloc.start()

    done = worked(job)

    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert counts(done) == (20_000, 0, 0, 0)
    assert (done.done, done.total) == (20_001, 20_001)
    assert peak < 40 * 1024**2
