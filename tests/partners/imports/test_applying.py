"""The confirmation and the writing: all rows or none, once, by who uploaded them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import pytest

from partners.enums import EmploymentKind, JobState, MembershipRole
from partners.imports.importer import ImportContext, Importer, Planned, importers
from partners.imports.people import PEOPLE, PeopleReading
from partners.models import Employment, EmploymentRole, ImportFile, JobRun, Person, Vendor
from partners.operations.imports import confirm_import, discard_import, offer, upload_import
from partners.operations.jobs import job_kinds
from partners.queries.imports import ImportReport, import_report, imports_of
from partners.queries.jobs import failure_of
from partners.refusals import CannotRecord
from partners.rules import SYSTEM, Actor, NotAllowed
from partners.tenancy.context import tenant
from tests import cast
from tests.cast import NOW, TODAY
from tests.partners.imports.files import JANUARY, checked, employments, imported, lines
from tests.uploads import confirmed, counts, worked


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
