"""The file: what is refused as a whole, and how its cells are read."""

from __future__ import annotations

import pytest

from partners.imports.people import PEOPLE
from partners.imports.problems import Problem
from partners.imports.table import MOST_BYTES, Row, open_table
from partners.models import Person, Vendor
from partners.refusals import CannotRecord
from partners.tenancy.context import tenant
from tests.partners.imports.files import HEADER, JANUARY, imported, lines


def refusal(content: bytes) -> str:
    with pytest.raises(CannotRecord) as refused:
        for _row in open_table(content, PEOPLE.columns).rows():
            pass
    assert refused.value.field == "file"
    return refused.value.message


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "The file is empty."),
        (b" \n\n", "The file is empty."),
        (
            "email,name".encode("utf-16"),
            "The file is encoded as UTF-16. Save it as CSV in UTF-8.",
        ),
        (
            lines("edda@example.com,Edda,acme,2026-01-01,,,") + "Jörg".encode("latin-1"),
            "Line 3 is not in UTF-8. Save the file as CSV in UTF-8.",
        ),
        (
            lines("edda@example.com,Ed\0da,acme,2026-01-01,,,"),
            "Line 2 holds a zero byte: this is not a text file.",
        ),
        (
            lines('edda@example.com,"Ed"da,acme,2026-01-01,,,'),
            "Line 2 cannot be read as CSV: a quotation mark is wrong, or a cell is too long.",
        ),
        (
            lines('edda@example.com,"Edda,acme,2026-01-01,,,'),
            "Line 2 cannot be read as CSV: a quotation mark is wrong, or a cell is too long.",
        ),
        (
            lines("edda@example.com," + "x" * 140_000 + ",acme,2026-01-01,,,"),
            "Line 2 cannot be read as CSV: a quotation mark is wrong, or a cell is too long.",
        ),
        (
            lines(header=HEADER + ",salary,shoe size"),
            (
                "These columns are not known: “salary”, “shoe size”. Known are: email, name, "
                "partner, employment_kind, working_time, started_on, valid_through, job_roles, "
                "country, region."
            ),
        ),
        (lines(header=HEADER + ",Email"), "These columns occur twice: “email”."),
        (lines(header="email,name"), "These columns are missing: “partner”, “started_on”."),
        (
            lines(header=HEADER + ",vendor_id"),
            "Remove the column “vendor_id”: a file is always about the vendor you work in.",
        ),
        (
            lines(header='"email"name,partner'),
            "The first line must name the columns, separated by commas.",
        ),
        (b"x" * (MOST_BYTES + 1), "The file is larger than 25 MB."),
    ],
    ids=lambda _: "",
)
def test_a_file_that_is_no_such_table_is_refused_in_words(content: bytes, message: str) -> None:
    assert refusal(content) == message


@pytest.mark.parametrize(
    "content",
    [
        lines("edda@example.com,Edda,acme,2026-01-01,,,"),
        b"\xef\xbb\xbf" + lines("edda@example.com,Edda,acme,2026-01-01,,,"),
        lines("edda@example.com,Edda,acme,2026-01-01,,,").replace(b"\n", b"\r\n"),
        lines("edda@example.com,Edda,acme,2026-01-01,,,").replace(b",", b";"),
        lines("EDDA@example.com , Edda , acme , 2026-01-01 ,,,"),
        lines('"edda@example.com","Edda","acme","2026-01-01","","",""'),
        lines("edda@example.com,Edda,acme,2026-01-01,,,", header=HEADER.upper()),
        lines("edda@example.com,Edda,acme,2026-01-01,,,").rstrip(b"\n"),
    ],
)
def test_a_file_is_read_as_spreadsheets_write_it(content: bytes) -> None:
    (row,) = open_table(content, PEOPLE.columns).rows()

    assert row == Row(
        2,
        {
            "email": "edda@example.com",
            "name": "Edda",
            "partner": "acme",
            "started_on": JANUARY,
        },
    )


def test_rows_are_numbered_by_the_line_they_begin_on() -> None:
    content = lines(
        'a@example.com,A,"acme ",2026-01-01,,,',
        "",
        ",,,,,,",
        'b@example.com,"B\nB",acme,2026-01-01,,,',
        "c@example.com,C,acme,2026-01-01,,,",
    )

    found = list(open_table(content, PEOPLE.columns).rows())

    numbers = [entry.number if isinstance(entry, Row) else entry[0].row for entry in found]
    assert numbers == [2, 5, 7]


@pytest.mark.parametrize(
    ("row", "field", "message"),
    [
        ("edda,Edda,acme,2026-01-01,,,", "email", "“edda” is not an e-mail address."),
        ("e@example.com,,acme,2026-01-01,,,", "name", "This cell must not be empty."),
        (
            "e@example.com,E\x07dda,acme,2026-01-01,,,",
            "name",
            "This text holds a character that cannot be shown.",
        ),
        (
            "e@example.com," + "x" * 201 + ",acme,2026-01-01,,,",
            "name",
            "This text is longer than 200 characters.",
        ),
        (
            "e@example.com,Edda,acme,1.3.2026,,,",
            "started_on",
            "“1.3.2026” is not a day: write year-month-day, as in 2026-03-02.",
        ),
        (
            "e@example.com,Edda,acme,20260301,,,",
            "started_on",
            "“20260301” is not a day: write year-month-day, as in 2026-03-02.",
        ),
        (
            "e@example.com,Edda,acme,2026-02-30,,,",
            "started_on",
            "2026-02-30 is not in the calendar.",
        ),
        (
            "e@example.com,Edda,acme,2026-01-01,9999-12-31,,",
            "valid_through",
            "9999-12-31 is too far away. Leave the cell empty if there is no end.",
        ),
        ("e@example.com,Edda,acme,2026-01-01,,a b,", "job_roles", "“a b” is not a key."),
        (
            "e@example.com,Edda,acme,2026-01-01,,,boss",
            "employment_kind",
            "“boss” is not one of: employee, contractor.",
        ),
        ("e@example.com,Edda", "", "This row has 2 cells, the header has 7."),
    ],
)
def test_a_cell_that_cannot_be_read_is_refused_at_its_column(
    row: str, field: str, message: str
) -> None:
    ((problem,),) = open_table(lines(row), PEOPLE.columns).rows()

    assert isinstance(problem, Problem)
    assert (problem.row, problem.field, problem.message) == (2, field, message)


def test_a_formula_is_text(acme: Vendor) -> None:
    imported(lines('edda@example.com,"=HYPERLINK(""x"")",acme,2026-01-01,,,'))

    with tenant(acme):
        assert Person.objects.get().name == '=HYPERLINK("x")'
