"""The column of a file of people that says how much of full time they work."""

from __future__ import annotations

import pytest

from partners.models import Employment, Vendor
from partners.tenancy.context import tenant
from tests.partners.imports.files import checked, imported, lines
from tests.uploads import counts, problems

HEADER = "email,name,partner,started_on,valid_through,working_time"
EDDA = "edda@example.com,Edda,acme,2026-01-01,"


def file(percent: str) -> bytes:
    return lines(f"{EDDA},{percent}", header=HEADER)


def working_time(vendor: Vendor) -> int | None:
    with tenant(vendor):
        return Employment.objects.get().working_time


@pytest.mark.parametrize(
    ("cell", "percent"), [("80", 80), ("80 %", 80), ("100%", 100), ("1", 1), ("", None)]
)
def test_new_employment_has_the_working_time(acme: Vendor, cell: str, percent: int | None) -> None:
    imported(file(cell))

    assert working_time(acme) == percent


def test_another_working_time_corrects_the_employment(acme: Vendor) -> None:
    imported(file("80"))

    assert counts(imported(file("50"))) == (0, 1, 0, 0)
    assert working_time(acme) == 50


@pytest.mark.parametrize("again", ["80", ""])
def test_what_is_on_record_or_left_empty_changes_nothing(acme: Vendor, again: str) -> None:
    imported(file("80"))

    assert counts(checked(file(again))) == (0, 0, 1, 0)


@pytest.mark.parametrize("cell", ["0", "101", "79.5", "half", "99999999999"])
def test_what_is_no_whole_percent_is_refused_at_its_column(acme: Vendor, cell: str) -> None:
    assert problems(checked(file(cell))) == [
        (2, "working_time", f"“{cell}” is not a whole percent from 1 to 100.")
    ]
