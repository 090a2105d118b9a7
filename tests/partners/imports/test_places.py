"""The columns of a file of people that say where they work."""

from __future__ import annotations

from datetime import date

import pytest

from partners.models import EmploymentPlace, Vendor
from partners.tenancy.context import tenant
from tests.cast import TODAY
from tests.partners.imports.files import JANUARY, checked, imported, lines
from tests.uploads import counts, problems

HEADER = "email,name,partner,started_on,valid_through,country,region"
EDDA = "edda@example.com,Edda,acme,2026-01-01"


def file(*rows: str) -> bytes:
    return lines(*rows, header=HEADER)


def places(vendor: Vendor) -> list[tuple[str, str, date]]:
    with tenant(vendor):
        rows = EmploymentPlace.objects.order_by("started_on")
        return list(rows.values_list("country", "region", "started_on"))


def test_new_employment_has_the_place_from_its_first_day(acme: Vendor) -> None:
    job = imported(file(f"{EDDA},,de,Bavaria"))

    assert counts(job) == (1, 0, 0, 0)
    assert places(acme) == [("DE", "Bavaria", JANUARY)]


def test_employment_on_record_moves_on_the_day_of_the_import(acme: Vendor) -> None:
    imported(file(f"{EDDA},,DE,Bavaria"))

    job = imported(file(f"{EDDA},,FR,"))

    assert counts(job) == (0, 1, 0, 0)
    assert places(acme) == [("DE", "Bavaria", JANUARY), ("FR", "", TODAY)]


def test_employment_without_a_place_has_one_from_the_day_of_the_import(acme: Vendor) -> None:
    imported(file(f"{EDDA},,,"))

    imported(file(f"{EDDA},,DE,"))

    assert places(acme) == [("DE", "", TODAY)]


@pytest.mark.parametrize("again", ["DE,Bavaria", "DE,", ","])
def test_what_is_on_record_or_left_empty_changes_nothing(acme: Vendor, again: str) -> None:
    imported(file(f"{EDDA},,DE,Bavaria"))

    assert counts(checked(file(f"{EDDA},,{again}"))) == (0, 0, 1, 0)


def test_employment_that_is_over_stays_where_it_was(acme: Vendor) -> None:
    imported(file(f"{EDDA},2026-02-28,DE,"))

    assert counts(checked(file(f"{EDDA},2026-02-28,FR,"))) == (0, 0, 1, 0)


@pytest.mark.parametrize(
    ("cells", "field", "message"),
    [
        ("Germany,", "country", "“Germany” is not a code of 2 letters."),
        ("XX,", "country", "“XX” is not the code of a country."),
        (",Bavaria", "country", "A place of work needs a country."),
    ],
)
def test_place_that_is_none_is_a_problem_of_its_row(
    acme: Vendor, cells: str, field: str, message: str
) -> None:
    assert problems(checked(file(f"{EDDA},,{cells}"))) == [(2, field, message)]
