"""The check: counts, and a sentence for each row that does not fit."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils.translation import override

from partners.enums import JobState, MembershipRole
from partners.imports.sweep import MOST_PROBLEMS
from partners.models import AuditEntry, Person, Vendor
from partners.queries.imports import import_report
from partners.tenancy.context import tenant
from tests import cast
from tests.partners.imports.files import JANUARY, checked, lines
from tests.uploads import counts, problems


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
