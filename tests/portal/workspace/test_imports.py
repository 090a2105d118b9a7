"""Imports: the file, what the check found, and the owner's decision."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import DjangoAssertNumQueries

from partners.enums import JobState, MembershipRole
from partners.models import AuditEntry, ImportFile, JobRun, Partner, Vendor
from partners.tenancy.context import tenant
from tests import cast
from tests.portal.workspace.conftest import Enter, Visit

HEADER = "email,name,partner,started_on\n"
FILE = HEADER + "gert@example.com,Gert,acme,2026-03-01\n"


def _upload(visit: Visit, content: str = FILE) -> Any:
    file = SimpleUploadedFile("people.csv", content.encode())
    return visit.post("imports/new/", kind="people", file=file)


def _checked(vendor: Vendor, **outcome: Any) -> JobRun:
    """Return the only job as the worker leaves it after the check."""
    found = {
        "new": 3,
        "changed": 1,
        "unchanged": 0,
        "refused": 0,
        "problem_count": 0,
        "problems": [],
    }
    with tenant(vendor):
        JobRun.objects.update(state=JobState.CHECKED, outcome=found | outcome, finished_at=cast.NOW)
        return JobRun.objects.get()


def _problem(row: int, field: str, sentence: str) -> dict[str, Any]:
    return {"row": row, "field": field, "sentence": sentence, "parameters": {}}


def test_an_uploaded_file_leads_to_its_progress(
    acme: Partner, northwind: Vendor, enter: Enter
) -> None:
    visit = enter()

    answer = _upload(visit)

    with tenant(northwind):
        job = JobRun.objects.get()
    assert answer["Location"] == f"/v/northwind/manage/imports/{job.pk}/"
    page = visit.text(f"imports/{job.pk}/")
    assert 'hx-trigger="every 2s"' in page
    assert "Refresh" in page
    assert "people.csv" in visit.text("imports/")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("email,shoe_size\n", "These columns are not known"),
        (HEADER.replace(",name", ""), "These columns are missing"),
        (HEADER.replace("name", "vendor_id"), "Remove the column"),
    ],
)
def test_a_file_that_is_no_such_table_is_refused_at_once(
    acme: Partner, northwind: Vendor, enter: Enter, content: str, words: str
) -> None:
    answer = _upload(enter(), content)

    assert answer.status_code == 422
    assert words in answer.context["form"].errors["file"][0]
    with tenant(northwind):
        assert not JobRun.objects.exists()


def test_the_kind_is_chosen_by_the_address(acme: Partner, enter: Enter) -> None:
    form = enter().get("imports/new/", kind="certificates").context["form"]

    assert form["kind"].value() == "certificates"


def test_a_clean_check_offers_all_rows(acme: Partner, northwind: Vendor, enter: Enter) -> None:
    visit = enter()
    _upload(visit)
    job = _checked(northwind)

    page = visit.text(f"imports/{job.pk}/")
    visit.post(f"imports/{job.pk}/", verb="all")

    assert "Import all 4 rows" in page
    assert "every 2s" not in page
    with tenant(northwind):
        assert JobRun.objects.get().state == JobState.WAITING
        assert not ImportFile.objects.get().only_valid_rows


def test_problems_are_listed_and_only_valid_rows_are_offered(
    acme: Partner, northwind: Vendor, enter: Enter
) -> None:
    visit = enter()
    _upload(visit)
    problems = [_problem(3, "email", "This cell must not be empty.")]
    job = _checked(northwind, refused=1, problem_count=2, problems=problems)
    path = f"imports/{job.pk}/"

    page = visit.text(path)
    refused = visit.post(path, verb="all")
    message = visit.text(path)
    visit.post(path, verb="valid")

    assert "Import only the 4 valid rows" in page
    assert "Import all" not in page
    assert "This cell must not be empty." in page
    assert "1 more problem is not listed." in page
    assert refused.status_code == 302
    assert "1 rows have problems. Mend the file, or import only the valid rows." in message
    with tenant(northwind):
        assert ImportFile.objects.get().only_valid_rows


def test_problems_are_downloaded_without_formulas(
    acme: Partner, northwind: Vendor, enter: Enter
) -> None:
    visit = enter()
    _upload(visit)
    job = _checked(northwind, problems=[_problem(3, "", "=cmd()"), _problem(4, "email", "Empty.")])

    answer = visit.get(f"imports/{job.pk}/problems.csv")

    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows == [["row", "column", "problem"], ["3", "", "'=cmd()"], ["4", "email", "Empty."]]
    assert answer["Content-Disposition"] == 'attachment; filename="problems.csv"'


def test_a_discarded_import_is_gone_and_audited(
    acme: Partner, northwind: Vendor, enter: Enter
) -> None:
    visit = enter()
    _upload(visit)
    job = _checked(northwind)

    answer = visit.post(f"imports/{job.pk}/", verb="discard")

    assert answer["Location"] == "/v/northwind/manage/imports/"
    with tenant(northwind):
        assert not JobRun.objects.exists()
        assert not ImportFile.objects.exists()
        assert AuditEntry.objects.filter(verb="job.discarded", subject_ids=[job.pk]).count() == 1


def test_an_import_under_way_is_not_discarded(
    acme: Partner, northwind: Vendor, enter: Enter
) -> None:
    visit = enter()
    _upload(visit)
    with tenant(northwind):
        job = JobRun.objects.get()

    visit.post(f"imports/{job.pk}/", verb="discard")

    assert "is not waiting for confirmation" in visit.text(f"imports/{job.pk}/")
    with tenant(northwind):
        assert JobRun.objects.exists()


def test_an_import_is_its_owners_alone(acme: Partner, northwind: Vendor, enter: Enter) -> None:
    _upload(enter())
    job = _checked(northwind)
    other = enter(MembershipRole.OWNER)

    answers = [
        other.get(f"imports/{job.pk}/"),
        other.get(f"imports/{job.pk}/problems.csv"),
        other.post(f"imports/{job.pk}/", verb="all"),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert "people.csv" not in other.text("imports/")


def test_a_button_that_does_not_exist_is_refused(
    acme: Partner, northwind: Vendor, enter: Enter
) -> None:
    visit = enter()
    _upload(visit)
    job = _checked(northwind)

    assert visit.post(f"imports/{job.pk}/", verb="everything").status_code == 400


def test_a_failed_import_says_why_and_offers_another_try(
    acme: Partner, northwind: Vendor, enter: Enter
) -> None:
    visit = enter()
    _upload(visit)
    failure = {"sentence": "The job was interrupted %(n)s times.", "parameters": {"n": 5}}
    with tenant(northwind):
        JobRun.objects.update(state=JobState.FAILED, outcome={"failure": failure})
        job = JobRun.objects.get()

    page = visit.text(f"imports/{job.pk}/")

    assert "Nothing was imported." in page
    assert "The job was interrupted 5 times." in page
    assert "imports/new/?kind=people" in page


def test_a_finished_import_counts_what_it_did(
    acme: Partner, northwind: Vendor, enter: Enter
) -> None:
    visit = enter()
    _upload(visit)
    job = _checked(northwind)
    with tenant(northwind):
        JobRun.objects.update(state=JobState.DONE)

    page = visit.text(f"imports/{job.pk}/")

    assert "Every partner concerned is judged again." in page
    assert 'name="verb"' not in page


@pytest.mark.parametrize("files", [1, 3])
def test_the_list_takes_the_same_statements_for_one_and_for_three(
    acme: Partner, enter: Enter, files: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    visit = enter()
    for number in range(files):
        _upload(visit, FILE.replace("gert", f"gert{number}"))

    with django_assert_num_queries(10):
        answer = visit.get("imports/")

    assert len(answer.context["rows"]) == files
