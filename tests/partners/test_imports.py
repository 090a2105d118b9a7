"""Imports of people: the file, the check, the confirmation, the writing."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator, Sequence
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from partners.enums import EmploymentKind, JobState, MembershipRole
from partners.imports.importer import ImportContext, Importer, Planned, importers
from partners.imports.people import PEOPLE, PeopleReading
from partners.imports.problems import Problem
from partners.imports.sweep import MOST_PROBLEMS
from partners.imports.table import MOST_BYTES, Row, open_table
from partners.models import (
    AuditEntry,
    Employment,
    EmploymentRole,
    ImportFile,
    JobRun,
    Person,
    Vendor,
)
from partners.operations.imports import (
    confirm_import,
    discard_import,
    offer,
    upload_import,
)
from partners.operations.jobs import job_kinds, run_job
from partners.queries.imports import ImportReport, import_report, imports_of
from partners.queries.jobs import failure_of
from partners.refusals import CannotRecord
from partners.rules import SYSTEM, Actor, NotAllowed
from partners.tenancy.context import tenant
from tests import cast
from tests.cast import NOW, TODAY

HEADER = "email,name,partner,started_on,valid_through,job_roles,employment_kind"
JANUARY = date(2026, 1, 1)


@pytest.fixture
def acme(northwind: Vendor) -> Vendor:
    """Northwind with the partners Acme and Cord and two job roles."""
    with tenant(northwind):
        cast.partner("acme", external_id="A-1")
        cast.partner("cord")
        cast.job_role("engineer")
        cast.job_role("architect")
    return northwind


def lines(*rows: str, header: str = HEADER) -> bytes:
    return "\n".join([header, *rows, ""]).encode()


def checked(content: bytes, *, kind: str = "people", by: Actor = SYSTEM) -> JobRun:
    """Return the job of an uploaded file after the worker has checked it."""
    vendor = Vendor.objects.get(slug="northwind")
    with tenant(vendor):
        job = upload_import(kind=kind, name="people.csv", content=content, by=by, now=NOW)
    return worked(job)


def worked(job: JobRun) -> JobRun:
    run_job(vendor_id=job.vendor_id, job_id=job.pk, now=NOW)
    with tenant(job.vendor_id):
        return JobRun.objects.get(pk=job.pk)


def confirmed(job: JobRun, *, only_valid_rows: bool = False, by: Actor = SYSTEM) -> JobRun:
    with tenant(job.vendor_id):
        confirm_import(job=job, only_valid_rows=only_valid_rows, by=by, now=NOW)
    return worked(job)


def imported(content: bytes, **how: object) -> JobRun:
    return confirmed(checked(content), **how)  # type: ignore[arg-type]


def counts(job: JobRun) -> tuple[int, int, int, int]:
    found = job.outcome
    return found["new"], found["changed"], found["unchanged"], found["refused"]


def problems(job: JobRun) -> list[tuple[int, str, str]]:
    with tenant(job.vendor_id):
        report = import_report(job.pk, SYSTEM)
    return [(problem.row, problem.field, problem.message) for problem in report.problems]


def employments(vendor: Vendor) -> set[tuple[str, str, date, date | None]]:
    with tenant(vendor):
        rows = Employment.objects.values_list(
            "person__email", "partner__slug", "started_on", "ended_on"
        )
        return set(rows)


# --- The file -------------------------------------------------------------------------------


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
                "partner, employment_kind, started_on, valid_through, job_roles."
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


# --- The check ------------------------------------------------------------------------------


def test_the_check_counts_and_writes_nothing(acme: Vendor) -> None:
    job = checked(lines("edda@example.com,Edda,acme,2026-01-01,,engineer,"))

    assert (job.state, job.done, job.total) == (JobState.CHECKED, 2, 2)
    assert counts(job) == (1, 0, 0, 0)
    with tenant(acme):
        assert not Person.objects.exists()
        assert set(AuditEntry.objects.values_list("verb", flat=True)) == {"job.created"}


@pytest.mark.parametrize(
    ("row", "field", "message"),
    [
        (
            "e@example.com,Edda,umbrella,2026-01-01,,,",
            "partner",
            "“umbrella” is neither the short name nor the id of a partner of yours.",
        ),
        (
            "e@example.com,Edda,acme,2026-01-01,,pilot,",
            "job_roles",
            "“pilot” is not one of your job roles: architect, engineer.",
        ),
        (
            "e@example.com,Edda,acme,2026-01-02,2026-01-01,,",
            "valid_through",
            "The last day lies before the first.",
        ),
    ],
)
def test_the_check_says_what_does_not_fit_the_records(
    acme: Vendor, row: str, field: str, message: str
) -> None:
    assert problems(checked(lines(row))) == [(2, field, message)]


def test_the_check_speaks_the_readers_language_later(acme: Vendor) -> None:
    job = checked(lines("edda,Edda,acme,2026-01-01,,,"))

    (stored,) = job.outcome["problems"]
    assert stored["sentence"] == "“%(text)s” is not an e-mail address."
    assert stored["parameters"] == {"text": "edda"}
    with override("de"):
        assert len(problems(job)) == 1


def test_a_person_cannot_count_twice_within_a_file(acme: Vendor) -> None:
    job = checked(
        lines(
            "edda@example.com,Edda,acme,2026-01-01,,,",
            "edda@example.com,Edda,cord,2026-03-01,,,",
            "edda@example.com,Edda,acme,2026-01-01,,,",
        )
    )

    assert problems(job) == [
        (
            3,
            "started_on",
            "This person counts for Acme from 2026-01-01. A row that ends that comes first.",
        ),
        (4, "", "Row 2 says this already: same person, partner and first day."),
    ]


def test_a_person_cannot_count_twice_against_the_records(acme: Vendor) -> None:
    with tenant(acme):
        cast.employment(
            cast.person("Edda"),
            cast.Partner.objects.get(slug="acme"),
            since=JANUARY,
            ended_on=date(2026, 3, 1),
        )

    job = checked(lines("edda@example.com,Edda,cord,2026-02-28,,,"))

    assert problems(job) == [
        (2, "started_on", "This person counts for Acme from 2026-01-01 through 2026-02-28.")
    ]


def test_problems_are_all_counted_and_the_first_thousand_kept(acme: Vendor) -> None:
    job = checked(lines(*["nobody,X,acme,yesterday,,,"] * (MOST_PROBLEMS + 5)))

    assert job.outcome["refused"] == MOST_PROBLEMS + 5
    assert job.outcome["problem_count"] == 2 * (MOST_PROBLEMS + 5)
    assert len(job.outcome["problems"]) == MOST_PROBLEMS


def test_a_channel_manager_imports_for_managed_partners_only(acme: Vendor) -> None:
    with tenant(acme):
        membership = cast.member("Mara", MembershipRole.CHANNEL_MANAGER)
        mara = cast.actor(membership)
        cast.partner("hers", manager=membership)
    content = lines(
        "edda@example.com,Edda,hers,2026-01-01,,,", "sven@example.com,Sven,acme,2026-01-01,,,"
    )

    job = checked(content, by=mara)

    assert counts(job) == (1, 0, 0, 1)
    with tenant(acme):
        (problem,) = import_report(job.pk, mara).problems
    assert (problem.row, problem.field) == (3, "partner")


def test_another_vendors_partner_is_as_unknown_as_none(acme: Vendor, umbra: Vendor) -> None:
    with tenant(umbra):
        cast.partner("bolt")

    job = checked(lines("e@example.com,Edda,bolt,2026-01-01,,,"))

    assert problems(job)[0][1:] == (
        "partner",
        "“bolt” is neither the short name nor the id of a partner of yours.",
    )


# --- Applying -------------------------------------------------------------------------------


def test_an_import_records_people_employments_and_roles(acme: Vendor) -> None:
    job = imported(
        lines(
            "Edda@Example.com,Edda,acme,2026-01-01,2026-06-30,engineer;architect,contractor",
            "sven@example.com,Sven,A-1,2026-02-01,,,",
        )
    )

    assert (job.state, counts(job)) == (JobState.DONE, (2, 0, 0, 0))
    assert employments(acme) == {
        ("edda@example.com", "acme", JANUARY, date(2026, 7, 1)),
        ("sven@example.com", "acme", date(2026, 2, 1), None),
    }
    with tenant(acme):
        roles = EmploymentRole.objects.values_list("job_role__key", "started_on", "ended_on")
        assert set(roles) == {
            ("engineer", JANUARY, date(2026, 7, 1)),
            ("architect", JANUARY, date(2026, 7, 1)),
        }
        edda = Employment.objects.get(person__name="Edda")
        assert (edda.kind, edda.counts) == (EmploymentKind.CONTRACTOR, True)


def test_the_same_file_again_adds_nothing_and_says_when_it_was_imported(acme: Vendor) -> None:
    content = lines("edda@example.com,Edda,acme,2026-01-01,2026-06-30,engineer,contractor")
    imported(content)

    again = checked(content)

    assert counts(again) == (0, 0, 1, 0)
    assert again.outcome["same_file_on"] == TODAY.isoformat()
    with tenant(acme), pytest.raises(CannotRecord) as refused:
        confirm_import(job=again, by=SYSTEM, now=NOW)
    assert refused.value.message == "Nothing in this file is new or changed."


def test_a_changed_row_corrects_what_is_on_record(acme: Vendor) -> None:
    imported(lines("edda@example.com,Edda,acme,2026-01-01,,engineer,"))

    job = imported(
        lines("edda@example.com,Edda Berg,acme,2026-01-01,2026-06-30,architect,contractor")
    )

    assert counts(job) == (0, 1, 0, 0)
    assert employments(acme) == {("edda@example.com", "acme", JANUARY, date(2026, 7, 1))}
    with tenant(acme):
        roles = EmploymentRole.objects.values_list("job_role__key", "started_on", "ended_on")
        assert set(roles) == {
            ("engineer", JANUARY, TODAY),
            ("architect", TODAY, date(2026, 7, 1)),
        }
        assert Person.objects.get().name == "Edda Berg"
        assert Employment.objects.get().kind == EmploymentKind.CONTRACTOR


def test_empty_cells_leave_what_is_on_record(acme: Vendor) -> None:
    imported(lines("edda@example.com,Edda,acme,2026-01-01,2026-06-30,engineer,contractor"))

    assert counts(checked(lines("edda@example.com,Edda,acme,2026-01-01,,,"))) == (0, 0, 1, 0)


def test_a_person_moves_to_another_partner_in_one_file(acme: Vendor) -> None:
    imported(lines("edda@example.com,Edda,acme,2026-01-01,,engineer,"))

    job = imported(
        lines(
            "edda@example.com,Edda,acme,2026-01-01,2026-03-31,,",
            "edda@example.com,Edda,cord,2026-04-01,,engineer,",
        )
    )

    assert counts(job) == (1, 1, 0, 0)
    assert employments(acme) == {
        ("edda@example.com", "acme", JANUARY, date(2026, 4, 1)),
        ("edda@example.com", "cord", date(2026, 4, 1), None),
    }


def test_a_row_that_leans_on_a_refused_one_is_refused_too(acme: Vendor) -> None:
    imported(lines("edda@example.com,Edda,acme,2026-01-01,,,"))

    job = checked(
        lines(
            "edda@example.com,Edda,acme,2026-01-01,2026-03-31,pilot,",
            "edda@example.com,Edda,cord,2026-04-01,,,",
        )
    )

    assert counts(job) == (0, 0, 0, 2)


def test_all_rows_or_none_is_the_default(acme: Vendor) -> None:
    job = checked(lines("edda@example.com,Edda,acme,2026-01-01,,,", "sven,Sven,acme,2026-01-01,,,"))

    with tenant(acme), pytest.raises(CannotRecord) as refused:
        confirm_import(job=job, by=SYSTEM, now=NOW)

    assert refused.value.field == "only_valid_rows"
    assert employments(acme) == set()


def test_the_valid_rows_alone_are_imported_by_choice(acme: Vendor) -> None:
    job = imported(
        lines("edda@example.com,Edda,acme,2026-01-01,,,", "sven,Sven,acme,2026-01-01,,,"),
        only_valid_rows=True,
    )

    assert (job.state, counts(job)) == (JobState.DONE, (1, 0, 0, 1))
    assert {email for email, *_rest in employments(acme)} == {"edda@example.com"}


def test_nothing_is_imported_if_the_records_changed_after_the_check(acme: Vendor) -> None:
    job = checked(
        lines(
            "edda@example.com,Edda,acme,2026-01-01,,,", "sven@example.com,Sven,acme,2026-01-01,,,"
        )
    )
    with tenant(acme):
        cord = cast.Partner.objects.get(slug="cord")
        cast.employment(cast.person("Sven"), cord, since=JANUARY)

    failed = confirmed(job)

    assert failed.state == JobState.FAILED
    assert failure_of(failed) == (
        "1 rows no longer fit what is on record. Nothing was imported: upload the file again."
    )
    assert employments(acme) == {("sven@example.com", "cord", JANUARY, None)}


class DiesHalfway(PeopleReading):
    """A way through the file that ends in the second batch, as a killed worker would."""

    def __init__(self, context: ImportContext) -> None:
        super().__init__(context)
        self.batches = 0

    def write(self, planned: Sequence[Planned]) -> None:
        self.batches += 1
        if self.batches > 1:
            raise KeyboardInterrupt
        super().write(planned)


@pytest.fixture
def dying() -> Iterator[None]:
    offer(Importer("dying", PEOPLE.permission, PEOPLE.columns, DiesHalfway))
    yield
    del importers["dying"], job_kinds["import:dying"]


def test_nothing_is_left_behind_when_the_worker_dies(acme: Vendor, dying: None) -> None:
    rows = [f"p{n}@example.com,P{n},acme,2026-01-01,,," for n in range(1_001)]
    job = checked(lines(*rows), kind="dying")

    with pytest.raises(KeyboardInterrupt):
        confirmed(job)

    assert employments(acme) == set()
    with tenant(acme):
        assert JobRun.objects.get().state == JobState.RUNNING


def test_an_import_is_confirmed_once_and_by_who_uploaded_it(acme: Vendor) -> None:
    with tenant(acme):
        olga = cast.actor(cast.member("Olga", MembershipRole.OWNER))
        otto = cast.actor(cast.member("Otto", MembershipRole.PROGRAM_OWNER))
    job = checked(lines("edda@example.com,Edda,acme,2026-01-01,,,"), by=olga)

    with tenant(acme):
        with pytest.raises(NotAllowed):
            confirm_import(job=job, by=otto, now=NOW)
        confirm_import(job=job, by=olga, now=NOW)
        with pytest.raises(CannotRecord):
            confirm_import(job=job, by=olga, now=NOW)
    assert counts(worked(job)) == (1, 0, 0, 0)


def test_a_checked_import_is_discarded_by_who_uploaded_it(acme: Vendor) -> None:
    job = checked(lines("edda@example.com,Edda,acme,2026-01-01,,,"))

    with tenant(acme):
        olga = cast.actor(cast.member("Olga", MembershipRole.OWNER))
        with pytest.raises(NotAllowed):
            discard_import(job=job, by=olga, now=NOW)
        discard_import(job=job, by=SYSTEM, now=NOW)
        assert not ImportFile.objects.exists()
        with pytest.raises(CannotRecord):
            discard_import(job=job, by=SYSTEM, now=NOW)


def test_who_left_the_vendor_after_the_upload_imports_no_more(acme: Vendor) -> None:
    with tenant(acme):
        membership = cast.member("Olga", MembershipRole.OWNER)
        olga = cast.actor(membership)
    job = checked(lines("edda@example.com,Edda,acme,2026-01-01,,,"), by=olga)
    with tenant(acme):
        confirm_import(job=job, by=olga, now=NOW)
        membership.ended_at = NOW
        membership.save()

    failed = worked(job)

    assert failure_of(failed) == "Whoever uploaded this file may no longer import."
    assert employments(acme) == set()


@pytest.mark.parametrize("role", [MembershipRole.REVIEWER, MembershipRole.ANALYST])
def test_files_are_imported_by_those_who_run_partners_only(
    acme: Vendor, role: MembershipRole
) -> None:
    with tenant(acme), pytest.raises(NotAllowed):
        upload_import(
            kind="people",
            name="p.csv",
            content=lines(),
            by=cast.actor(cast.member("Rita", role)),
            now=NOW,
        )


def test_machines_do_not_import_files(acme: Vendor) -> None:
    key = Actor(kind=cast.ActorKind.API_KEY, id=acme.pk, role=MembershipRole.OWNER)

    with tenant(acme), pytest.raises(NotAllowed):
        upload_import(kind="people", name="p.csv", content=lines(), by=key, now=NOW)


def test_an_import_is_shown_to_who_uploaded_it_only(acme: Vendor) -> None:
    job = checked(lines("edda@example.com,Edda,acme,2026-01-01,,,"))

    with tenant(acme):
        stranger = cast.actor(cast.member("Sven", MembershipRole.OWNER))
        report: ImportReport = import_report(job.pk, SYSTEM)
        assert (report.kind, report.file_name, report.new) == ("people", "people.csv", 1)
        assert [file.job_id for file in imports_of(SYSTEM)] == [job.pk]
        assert imports_of(stranger) == []
        with pytest.raises(ImportFile.DoesNotExist):
            import_report(job.pk, stranger)


def test_a_files_name_is_shown_without_characters_that_hide_or_turn_text(acme: Vendor) -> None:
    with tenant(acme):
        upload_import(kind="people", name="a\u202evsc.\nexe", content=lines(), by=SYSTEM, now=NOW)
        assert ImportFile.objects.get().name == "avsc.exe"


# --- Size -----------------------------------------------------------------------------------


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
