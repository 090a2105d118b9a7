"""Files of attributes: what partners are or have, and since when."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from partners.enums import MembershipRole
from partners.imports.attributes import ATTRIBUTES, AttributesReading
from partners.imports.importer import ImportContext
from partners.imports.table import Row, open_table
from partners.models import JobRun, OrganizationAttribute, Vendor
from partners.queries.imports import import_report
from partners.rules import SYSTEM, Actor
from partners.tenancy.context import tenant
from tests import cast, uploads
from tests.cast import NOW, TODAY
from tests.uploads import counts

HEADER = "partner,name,kind,value,started_on,valid_through,note"


def lines(*rows: str) -> bytes:
    return "\n".join([HEADER, *rows, ""]).encode()


def checked(content: bytes, by: Actor = SYSTEM) -> JobRun:
    return uploads.checked("attributes", content, by=by)


def imported(content: bytes) -> JobRun:
    return uploads.imported("attributes", content)


FILE = lines(
    "acme,size,text,small,2026-01-01,,from the form",
    "A-1,size,text,large,2026-02-01,,",
    "acme,joined,day,2024-06-30,2024-06-30,,",
    "cord,headcount,number,1200.5,2026-01-01,2026-12-31,",
)


def test_an_import_sets_attributes_from_their_days_on(acme: Vendor) -> None:
    job = imported(FILE)

    assert counts(job) == (4, 0, 0, 0)
    with tenant(acme):
        rows = OrganizationAttribute.objects.values_list("name", "value", "started_on", "ended_on")
        assert set(rows) == {
            ("size", "small", date(2026, 1, 1), date(2026, 2, 1)),
            ("size", "large", date(2026, 2, 1), None),
            ("joined", "2024-06-30", date(2024, 6, 30), None),
            ("headcount", "1200.5", date(2026, 1, 1), date(2027, 1, 1)),
        }
        assert OrganizationAttribute.objects.get(value="small").note == "from the form"


def test_the_same_file_again_changes_nothing_and_a_new_value_corrects(acme: Vendor) -> None:
    imported(FILE)

    assert counts(checked(FILE)) == (0, 0, 4, 0)
    job = imported(lines("acme,size,text,medium,2026-01-01,,"))

    assert counts(job) == (0, 1, 0, 0)
    with tenant(acme):
        corrected = OrganizationAttribute.objects.get(value="medium")
        assert (corrected.ended_on, corrected.note) == (date(2026, 2, 1), "from the form")


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ("nobody,size,text,small,2026-01-01,,", "partner"),
        ("acme,headcount,number,many,2026-01-01,,", "value"),
        ("acme,size,colour,small,2026-01-01,,", "kind"),
        ("acme,my size,text,small,2026-01-01,,", "name"),
        ("acme,size,text,small,2026-01-02,2026-01-01,", "valid_through"),
        ("acme,size,text,tiny,2026-01-01,,", ""),
    ],
)
def test_the_check_says_what_does_not_fit(acme: Vendor, row: str, field: str) -> None:
    job = checked(lines("acme,size,text,small,2026-01-01,,", row))

    with tenant(acme):
        (problem,) = import_report(job.pk, SYSTEM).problems
    assert (problem.row, problem.field) == (3, field)


def test_a_channel_manager_imports_for_managed_partners_only(acme: Vendor) -> None:
    with tenant(acme):
        membership = cast.member("Mara", MembershipRole.CHANNEL_MANAGER)
        cast.partner("hers", manager=membership)
        mara = cast.actor(membership)

    job = checked(
        lines("hers,size,text,small,2026-01-01,,", "acme,size,text,small,2026-01-01,,"),
        by=mara,
    )

    assert counts(job) == (1, 0, 0, 1)


def written(vendor: Vendor, *days: str) -> int:
    content = lines(*(f"acme,size-{day},text,small,{day},," for day in days))
    with tenant(vendor), CaptureQueriesContext(connection) as queries:
        reading = AttributesReading(ImportContext(SYSTEM, NOW, TODAY))
        rows = open_table(content, ATTRIBUTES.columns).rows()
        reading.write(reading.plan([row for row in rows if isinstance(row, Row)]))  # type: ignore[arg-type]
    return len(queries)


def test_one_row_costs_as_many_queries_as_three(acme: Vendor) -> None:
    one = written(acme, "2025-01-01")
    three = written(acme, "2025-01-02", "2025-01-03", "2025-01-04")

    assert one == three
