"""People, where they work and in which job roles."""

from __future__ import annotations

from datetime import date

import pytest

from accreditation.models import DueMark
from partners.enums import MembershipRole
from partners.models import AuditEntry, EmploymentRole, JobRole, Partner, Person, Vendor
from partners.operations.job_roles import define_job_role
from partners.operations.people import (
    change_job_roles,
    end_employment,
    record_employment,
    record_person,
)
from partners.refusals import CannotRecord
from partners.rules import SYSTEM, NotAllowed
from tests import cast
from tests.cast import NOW

pytestmark = pytest.mark.usefixtures("in_northwind")

JANUARY = date(2026, 1, 1)


def periods(employment: object) -> set[tuple[str, date, date | None]]:
    rows = EmploymentRole.objects.filter(employment=employment)
    return set(rows.values_list("job_role__key", "started_on", "ended_on"))


@pytest.fixture
def bolt() -> Partner:
    return cast.partner("bolt")


@pytest.fixture
def edda() -> Person:
    return cast.person("Edda")


@pytest.fixture
def engineer() -> JobRole:
    return cast.job_role("engineer")


@pytest.fixture
def architect() -> JobRole:
    return cast.job_role("architect")


def test_record_person_finds_the_same_person_whatever_the_case() -> None:
    edda = record_person(email="Edda@Example.com ", name="Edda", by=SYSTEM, now=NOW)

    again = record_person(email="edda@example.COM", name="E.", by=SYSTEM, now=NOW)

    assert again == edda
    assert (again.email, again.name) == ("edda@example.com", "Edda")
    assert AuditEntry.objects.filter(verb="person.recorded").count() == 1


def test_record_person_returns_whom_they_were_merged_into(edda: Person) -> None:
    cast.person("Old Edda", email="old@example.com", merged_into=edda)

    assert record_person(email="old@example.com", name="Edda", by=SYSTEM, now=NOW) == edda


def test_record_person_keeps_personal_values_out_of_the_audit_log() -> None:
    record_person(email="edda@example.com", name="Edda", by=SYSTEM, now=NOW)

    assert "edda" not in str(AuditEntry.objects.get().changes).lower()


def test_a_person_needs_a_name() -> None:
    with pytest.raises(CannotRecord) as refusal:
        record_person(email="edda@example.com", name=" ", by=SYSTEM, now=NOW)

    assert (refusal.value.field, refusal.value.message) == ("name", "A person needs a name.")


def test_partner_admin_records_people_of_their_own_partner_only(
    acme: Partner, bolt: Partner
) -> None:
    paul = cast.actor(cast.member("Paul", MembershipRole.PARTNER_ADMIN, acme))

    record_person(email="edda@example.com", name="Edda", partner=acme, by=paul, now=NOW)

    for elsewhere in (bolt, None):
        with pytest.raises(NotAllowed):
            record_person(email="x@example.com", name="X", partner=elsewhere, by=paul, now=NOW)


def test_channel_manager_employs_people_at_managed_partners_only(edda: Person) -> None:
    membership = cast.member("Mara", MembershipRole.CHANNEL_MANAGER)
    mara = cast.actor(membership)
    hers, other = cast.partner("acme", manager=membership), cast.partner("bolt")

    record_employment(person=edda, partner=hers, started_on=JANUARY, by=mara, now=NOW)

    with pytest.raises(NotAllowed):
        record_employment(person=edda, partner=other, started_on=JANUARY, by=mara, now=NOW)


def test_employment_says_its_last_day_and_keeps_an_exclusive_end(
    acme: Partner, edda: Person, engineer: JobRole
) -> None:
    employment = record_employment(
        person=edda,
        partner=acme,
        started_on=JANUARY,
        valid_through=date(2026, 6, 30),
        job_roles=[engineer, engineer],
        by=SYSTEM,
        now=NOW,
    )

    assert employment.ended_on == date(2026, 7, 1)
    assert periods(employment) == {("engineer", JANUARY, date(2026, 7, 1))}
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.subject_ids, entry.partner_ids) == (
        "employment.recorded",
        [employment.pk],
        [acme.pk],
    )


def test_employment_marks_its_partner_due_and_rings_after_commit(
    acme: Partner, edda: Person, in_northwind: Vendor, django_capture_on_commit_callbacks: object
) -> None:
    DueMark.objects.all().delete()

    with django_capture_on_commit_callbacks() as bells:  # type: ignore[operator]
        record_employment(person=edda, partner=acme, started_on=JANUARY, by=SYSTEM, now=NOW)

    assert set(DueMark.objects.values_list("partner", flat=True)) == {acme.pk}
    assert len(bells) == 1


@pytest.mark.parametrize(
    ("started_on", "valid_through", "field"),
    [
        (date(2026, 1, 2), date(2026, 1, 1), "valid_through"),
        (date(2026, 1, 2), date.max, "valid_through"),
        (date(2026, 3, 1), None, "started_on"),
    ],
)
def test_employment_refuses_days_that_cannot_be(
    edda: Person, started_on: date, valid_through: date | None, field: str
) -> None:
    ended = cast.partner("acme", state="ended", ended_on=date(2026, 3, 1))

    with pytest.raises(CannotRecord) as refusal:
        record_employment(
            person=edda,
            partner=ended,
            started_on=started_on,
            valid_through=valid_through,
            by=SYSTEM,
            now=NOW,
        )

    assert refusal.value.field == field


def test_a_person_counts_at_one_partner_a_day(acme: Partner, bolt: Partner, edda: Person) -> None:
    cast.employment(edda, acme, since=JANUARY)

    with pytest.raises(CannotRecord) as refusal:
        record_employment(person=edda, partner=bolt, started_on=cast.TODAY, by=SYSTEM, now=NOW)

    assert refusal.value.message == "This person counts for Acme from 1 January 2026."
    assert edda.employments.count() == 1


def test_the_other_partner_is_named_to_those_who_may_see_it_only(
    acme: Partner, bolt: Partner, edda: Person
) -> None:
    cast.employment(edda, acme, since=JANUARY)
    paul = cast.actor(cast.member("Paul", MembershipRole.PARTNER_ADMIN, bolt))

    with pytest.raises(CannotRecord) as refusal:
        record_employment(person=edda, partner=bolt, started_on=cast.TODAY, by=paul, now=NOW)

    assert refusal.value.message == "This person counts for another partner on these days."


def test_a_second_employment_that_does_not_count_may_overlap(
    acme: Partner, bolt: Partner, edda: Person
) -> None:
    cast.employment(edda, acme, since=JANUARY)

    record_employment(
        person=edda, partner=bolt, started_on=JANUARY, counts=False, by=SYSTEM, now=NOW
    )

    assert edda.employments.count() == 2


def test_the_next_employment_may_begin_the_day_after_the_last_day(
    acme: Partner, bolt: Partner, edda: Person
) -> None:
    first = cast.employment(edda, acme, since=JANUARY)
    end_employment(employment=first, last_day=date(2026, 3, 1), by=SYSTEM, now=NOW)

    second = record_employment(
        person=edda, partner=bolt, started_on=date(2026, 3, 2), by=SYSTEM, now=NOW
    )

    assert second.started_on == date(2026, 3, 2)


def test_ending_an_employment_ends_its_roles_and_drops_planned_ones(
    acme: Partner, edda: Person, engineer: JobRole, architect: JobRole
) -> None:
    employment = cast.employment(edda, acme, engineer, since=JANUARY)
    EmploymentRole.objects.create(
        employment=employment, job_role=architect, started_on=date(2026, 6, 1)
    )

    ended = end_employment(employment=employment, last_day=date(2026, 3, 31), by=SYSTEM, now=NOW)

    assert ended.ended_on == date(2026, 4, 1)
    assert periods(ended) == {("engineer", JANUARY, date(2026, 4, 1))}


def test_a_wrong_last_day_is_corrected_with_the_roles_that_ended_on_it(
    acme: Partner, edda: Person, engineer: JobRole, architect: JobRole
) -> None:
    employment = cast.employment(edda, acme, engineer, since=JANUARY)
    EmploymentRole.objects.create(
        employment=employment, job_role=architect, started_on=JANUARY, ended_on=date(2026, 2, 1)
    )
    end_employment(employment=employment, last_day=date(2026, 3, 31), by=SYSTEM, now=NOW)

    end_employment(employment=employment, last_day=date(2026, 4, 30), by=SYSTEM, now=NOW)

    assert periods(employment) == {
        ("engineer", JANUARY, date(2026, 5, 1)),
        ("architect", JANUARY, date(2026, 2, 1)),
    }


@pytest.mark.parametrize("last_day", [date(2025, 12, 31), date.max])
def test_a_last_day_before_the_first_or_out_of_time_is_refused(
    acme: Partner, edda: Person, last_day: date
) -> None:
    employment = cast.employment(edda, acme, since=JANUARY)

    with pytest.raises(CannotRecord) as refusal:
        end_employment(employment=employment, last_day=last_day, by=SYSTEM, now=NOW)

    assert refusal.value.field == "last_day"


def test_changing_job_roles_leaves_the_days_before_as_they_were(
    acme: Partner, edda: Person, engineer: JobRole, architect: JobRole
) -> None:
    employment = cast.employment(edda, acme, engineer, since=JANUARY)

    change_job_roles(
        employment=employment, job_roles=[architect], on=cast.TODAY, by=SYSTEM, now=NOW
    )

    assert periods(employment) == {
        ("engineer", JANUARY, cast.TODAY),
        ("architect", cast.TODAY, None),
    }


def test_changing_job_roles_keeps_a_role_that_goes_on(
    acme: Partner, edda: Person, engineer: JobRole, architect: JobRole
) -> None:
    employment = cast.employment(edda, acme, engineer, since=JANUARY)

    change_job_roles(
        employment=employment, job_roles=[engineer, architect], on=cast.TODAY, by=SYSTEM, now=NOW
    )
    change_job_roles(employment=employment, job_roles=[engineer], on=cast.TODAY, by=SYSTEM, now=NOW)

    assert periods(employment) == {("engineer", JANUARY, None)}


def test_job_roles_change_within_the_employment_only(acme: Partner, edda: Person) -> None:
    employment = cast.employment(edda, acme, since=JANUARY, ended_on=date(2026, 2, 1))

    for day in (date(2025, 12, 31), date(2026, 2, 1)):
        with pytest.raises(CannotRecord):
            change_job_roles(employment=employment, job_roles=[], on=day, by=SYSTEM, now=NOW)


def test_partner_admin_cannot_end_an_employment_elsewhere(
    acme: Partner, bolt: Partner, edda: Person
) -> None:
    employment = cast.employment(edda, acme, since=JANUARY)
    paul = cast.actor(cast.member("Paul", MembershipRole.PARTNER_ADMIN, bolt))

    with pytest.raises(NotAllowed):
        end_employment(employment=employment, last_day=cast.TODAY, by=paul, now=NOW)


def test_a_job_role_key_is_defined_once() -> None:
    define_job_role(key="engineer", name={"en": "Engineer"}, by=SYSTEM, now=NOW)

    with pytest.raises(CannotRecord) as refusal:
        define_job_role(key="engineer", name={"en": "Engineer"}, by=SYSTEM, now=NOW)

    assert refusal.value.field == "key"
