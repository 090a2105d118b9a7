"""Files of people."""

from __future__ import annotations

from datetime import date

from partners.models import Employment, JobRun, Vendor
from partners.rules import SYSTEM, Actor
from partners.tenancy.context import tenant
from tests import uploads

HEADER = "email,name,partner,started_on,valid_through,job_roles,employment_kind"
JANUARY = date(2026, 1, 1)


def lines(*rows: str, header: str = HEADER) -> bytes:
    return "\n".join([header, *rows, ""]).encode()


def checked(content: bytes, *, kind: str = "people", by: Actor = SYSTEM) -> JobRun:
    return uploads.checked(kind, content, by=by)


def imported(content: bytes, *, only_valid_rows: bool = False) -> JobRun:
    return uploads.imported("people", content, only_valid_rows=only_valid_rows)


def employments(vendor: Vendor) -> set[tuple[str, str, date, date | None]]:
    with tenant(vendor):
        rows = Employment.objects.values_list(
            "person__email", "partner__slug", "started_on", "ended_on"
        )
        return set(rows)
