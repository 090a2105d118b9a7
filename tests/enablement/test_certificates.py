"""Recording, correcting and revoking certificates, and the certification catalog."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accreditation.models import DueMark
from enablement.models import Certificate, Certification
from enablement.operations import (
    CertificateCorrection,
    NewCertificate,
    correct_certificates,
    define_certification,
    record_certificates,
    revoke_certificate,
    update_certification,
)
from enablement.queries import (
    certificates_visible_to,
    certifications_on_offer,
    certified,
)
from enablement.rules import expires_on
from partners.enums import MembershipRole
from partners.models import AuditEntry, Person
from partners.queries.people import team_of
from partners.refusals import CannotRecord
from partners.rules import SYSTEM, NotAllowed
from tests import cast
from tests.cast import NOW, TODAY

pytestmark = pytest.mark.usefixtures("in_northwind")

SPRING = date(2025, 3, 1)


@pytest.fixture
def edda() -> Person:
    return cast.person("Edda")


@pytest.fixture
def nc420() -> Certification:
    return cast.certification("nc-420", validity_months=24)


def record(*rows: NewCertificate, **who: object) -> list[Certificate]:
    return record_certificates(rows, **{"source": "test", "by": SYSTEM, "now": NOW, **who}).new


@pytest.mark.parametrize(
    ("awarded_on", "months", "end"),
    [
        (date(2024, 3, 1), 24, date(2026, 3, 1)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2025, 8, 31), 6, date(2026, 2, 28)),
        (date(2025, 12, 31), 2, date(2026, 2, 28)),
        (date(2025, 12, 15), 1, date(2026, 1, 15)),
    ],
)
def test_validity_ends_on_the_same_day_of_a_later_month_or_its_last(
    awarded_on: date, months: int, end: date
) -> None:
    assert expires_on(awarded_on, valid_through=None, validity_months=months) == end


def test_what_the_issuer_stated_wins_over_the_validity_of_the_certification() -> None:
    stated = expires_on(SPRING, valid_through=date(2025, 12, 31), validity_months=24)

    assert stated == date(2026, 1, 1)


def test_a_certificate_without_validity_does_not_expire(edda: Person) -> None:
    for_life = cast.certification("for-life")

    (certificate,) = record(NewCertificate(edda, for_life, SPRING))

    assert certificate.expires_on is None


def test_recording_the_same_certificate_again_adds_nothing(
    edda: Person, nc420: Certification
) -> None:
    (first,) = record(NewCertificate(edda, nc420, SPRING, number="A"))

    again = record_certificates(
        [NewCertificate(edda, nc420, SPRING, number="B")], source="test", by=SYSTEM, now=NOW
    )

    assert (again.new, again.known) == ([], [first])
    assert Certificate.objects.get().number == "A"
    assert AuditEntry.objects.count() == 1


def test_a_repeated_row_is_recorded_once(edda: Person, nc420: Certification) -> None:
    row = NewCertificate(edda, nc420, SPRING)

    assert len(record(row, row)) == 1


def test_a_certificate_marks_its_holders_partners_due_and_rings_once(
    edda: Person, nc420: Certification, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    acme = cast.partner("acme")
    cast.employment(edda, acme)
    DueMark.objects.all().delete()

    with django_capture_on_commit_callbacks() as bells:  # type: ignore[attr-defined]
        record(NewCertificate(edda, nc420, SPRING), NewCertificate(edda, nc420, TODAY))

    assert list(DueMark.objects.values_list("partner", flat=True)) == [acme.pk]
    assert len(bells) == 1
    assert AuditEntry.objects.get().partner_ids == [acme.pk]


def test_the_number_of_queries_does_not_grow_with_the_rows(nc420: Certification) -> None:
    rows = [NewCertificate(cast.person(f"P{n}"), nc420, SPRING) for n in range(4)]

    with CaptureQueriesContext(connection) as one:
        record(*rows[:1])
    with CaptureQueriesContext(connection) as three:
        record(*rows[1:])

    assert len(one) == len(three)


def test_more_than_a_thousand_certificates_make_one_audit_entry_a_thousand(edda: Person) -> None:
    catalog = Certification.objects.bulk_create(
        Certification(key=f"c-{n}", name=f"C {n}") for n in range(1_001)
    )

    record(*(NewCertificate(edda, certification, SPRING) for certification in catalog))

    sizes = [len(entry.subject_ids) for entry in AuditEntry.objects.order_by("sequence")]
    assert sizes == [1_000, 1]


def test_an_award_in_the_vendors_future_is_refused(edda: Person, nc420: Certification) -> None:
    # 3:30 on 3 March in UTC is still 2 March in New York.
    late = datetime(2026, 3, 3, 3, 30, tzinfo=UTC)
    tomorrow = date(2026, 3, 3)

    with pytest.raises(CannotRecord) as refusal:
        record(NewCertificate(edda, nc420, tomorrow), now=late)

    assert refusal.value.field == "awarded_on"
    assert refusal.value.message == (
        "3 March 2026 is in the future: a certificate is awarded first."
    )


@pytest.mark.parametrize("last_day", [date(2025, 2, 28), date.max])
def test_a_last_day_before_the_award_or_out_of_time_is_refused(
    edda: Person, nc420: Certification, last_day: date
) -> None:
    with pytest.raises(CannotRecord) as refusal:
        record(NewCertificate(edda, nc420, SPRING, valid_through=last_day))

    assert refusal.value.field == "valid_through"


@pytest.mark.parametrize(
    "role", [MembershipRole.PARTNER_ADMIN, MembershipRole.REVIEWER, MembershipRole.ANALYST]
)
def test_certificates_are_recorded_by_those_who_run_partners_only(
    edda: Person, nc420: Certification, role: MembershipRole
) -> None:
    at = cast.partner("acme") if role == MembershipRole.PARTNER_ADMIN else None

    with pytest.raises(NotAllowed):
        record(NewCertificate(edda, nc420, SPRING), by=cast.actor(cast.member("Paul", role, at)))


def test_a_channel_manager_records_for_people_at_managed_partners_only(
    edda: Person, nc420: Certification
) -> None:
    membership = cast.member("Mara", MembershipRole.CHANNEL_MANAGER)
    mara = cast.actor(membership)
    cast.employment(edda, cast.partner("acme", manager=membership))
    sven = cast.person("Sven")
    cast.employment(sven, cast.partner("other"))

    record(NewCertificate(edda, nc420, SPRING), by=mara)

    with pytest.raises(NotAllowed):
        record(NewCertificate(sven, nc420, SPRING), by=mara)
    with pytest.raises(NotAllowed):
        revoke_certificate(
            certificate=cast.certificate(sven, nc420), on=TODAY, reason="Fraud", by=mara, now=NOW
        )


def test_where_somebody_works_decides_over_where_they_will_work(
    edda: Person, nc420: Certification
) -> None:
    membership = cast.member("Mara", MembershipRole.CHANNEL_MANAGER)
    mara, managed = cast.actor(membership), cast.partner("acme", manager=membership)
    certificate = cast.certificate(edda, nc420)
    cast.employment(edda, cast.partner("other"), ended_on=date(2027, 1, 1))
    cast.employment(edda, managed, since=date(2027, 1, 1))
    sven = cast.person("Sven")
    cast.employment(sven, managed, since=date(2027, 1, 1))

    record(NewCertificate(sven, nc420, SPRING), by=mara)

    with pytest.raises(NotAllowed):
        revoke_certificate(certificate=certificate, on=TODAY, reason="Mine", by=mara, now=NOW)
    with pytest.raises(NotAllowed):
        record(NewCertificate(edda, nc420, SPRING), by=mara)


def test_a_correction_changes_end_and_number(edda: Person, nc420: Certification) -> None:
    certificate = cast.certificate(edda, nc420)

    correct_certificates(
        [CertificateCorrection(certificate, date(2026, 12, 31), "A-7")],
        source="test",
        by=SYSTEM,
        now=NOW,
    )

    certificate.refresh_from_db()
    assert (certificate.expires_on, certificate.number) == (date(2027, 1, 1), "A-7")
    assert AuditEntry.objects.get().verb == "certificate.corrected"


def test_a_revoked_certificate_is_kept_with_its_reason(edda: Person, nc420: Certification) -> None:
    certificate = cast.certificate(edda, nc420)

    revoke_certificate(certificate=certificate, on=TODAY, reason=" Exam void ", by=SYSTEM, now=NOW)

    certificate.refresh_from_db()
    assert (certificate.revoked_on, certificate.revocation_reason) == (TODAY, "Exam void")


@pytest.mark.parametrize(
    ("on", "reason", "field"),
    [
        (date(2026, 3, 3), "Exam void", "on"),
        (date(2024, 12, 31), "Exam void", "on"),
        (TODAY, "  ", "reason"),
    ],
)
def test_a_revocation_needs_a_day_that_can_be_and_a_reason(
    edda: Person, nc420: Certification, on: date, reason: str, field: str
) -> None:
    certificate = cast.certificate(edda, nc420)

    with pytest.raises(CannotRecord) as refusal:
        revoke_certificate(certificate=certificate, on=on, reason=reason, by=SYSTEM, now=NOW)

    assert refusal.value.field == field


def test_a_certificate_is_revoked_once(edda: Person, nc420: Certification) -> None:
    certificate = cast.certificate(edda, nc420)
    revoke_certificate(certificate=certificate, on=TODAY, reason="Void", by=SYSTEM, now=NOW)

    with pytest.raises(CannotRecord):
        revoke_certificate(certificate=certificate, on=TODAY, reason="Void", by=SYSTEM, now=NOW)


def test_a_certification_key_is_defined_once_and_needs_a_name() -> None:
    define_certification(key="nc-420", name="NC 420", by=SYSTEM, now=NOW)

    for key, name, field in [("nc-420", "Again", "key"), ("nc-421", " ", "name")]:
        with pytest.raises(CannotRecord) as refusal:
            define_certification(key=key, name=name, by=SYSTEM, now=NOW)
        assert refusal.value.field == field


@pytest.mark.parametrize(
    ("details", "field"),
    [
        ({"version": 2, "released_on": SPRING}, "family"),
        ({"version": 2, "family": "nc"}, "released_on"),
        ({"version": 1, "family": "nc", "released_on": SPRING}, "version"),
        ({"validity_months": 0}, "validity_months"),
    ],
)
def test_a_version_names_its_family_and_release_once(
    details: dict[str, object], field: str
) -> None:
    cast.certification("nc-1", family="nc", version=1, released_on=SPRING)

    with pytest.raises(CannotRecord) as refusal:
        define_certification(key="nc-2", name="NC 2", by=SYSTEM, now=NOW, **details)

    assert refusal.value.field == field


def test_a_new_validity_leaves_certificates_on_record_alone(
    edda: Person, nc420: Certification
) -> None:
    (before,) = record(NewCertificate(edda, nc420, SPRING))

    changed = update_certification(certification=nc420, validity_months=12, by=SYSTEM, now=NOW)
    record(NewCertificate(edda, changed, TODAY))

    ends = Certificate.objects.order_by("awarded_on").values_list("expires_on", flat=True)
    assert list(ends) == [before.expires_on, date(2027, 3, 2)]


def test_the_catalog_is_edited_by_program_owners_only() -> None:
    mara = cast.actor(cast.member("Mara", MembershipRole.CHANNEL_MANAGER))

    with pytest.raises(NotAllowed):
        define_certification(key="nc-420", name="NC 420", by=mara, now=NOW)


def test_what_is_retired_is_not_on_offer() -> None:
    cast.certification("old", retired_on=TODAY)
    cast.certification("new")

    assert [one.key for one in certifications_on_offer(TODAY)] == ["new"]


def test_a_team_shows_the_certificates_valid_that_day(edda: Person, nc420: Certification) -> None:
    acme = cast.partner("acme")
    cast.employment(edda, acme, cast.job_role("engineer"))
    valid = cast.certificate(edda, nc420, since=SPRING, until=date(2026, 3, 3))
    cast.certificate(edda, nc420, since=date(2024, 1, 1), until=TODAY)
    cast.certificate(
        edda, nc420, since=date(2025, 5, 1), revoked_on=TODAY, revocation_reason="Void"
    )

    (member,) = certified(team_of(acme, TODAY), TODAY)

    assert (member.member.name, member.member.job_roles) == ("Edda", ("Engineer",))
    assert [(held.id, held.valid_through) for held in member.certificates] == [(valid.pk, TODAY)]


def test_a_team_costs_the_same_queries_for_one_and_for_three(nc420: Certification) -> None:
    small, large = cast.partner("small"), cast.partner("large")
    engineer = cast.job_role("engineer")
    for at, size in ((small, 1), (large, 3)):
        for number in range(size):
            person = cast.person(f"{at.slug} {number}")
            cast.employment(person, at, engineer)
            cast.certificate(person, nc420)

    with CaptureQueriesContext(connection) as one:
        assert len(certified(team_of(small, TODAY), TODAY)) == 1
    with CaptureQueriesContext(connection) as three:
        assert len(certified(team_of(large, TODAY), TODAY)) == 3

    assert (len(one), len(three)) == (4, 4)


def test_certificates_are_visible_as_far_as_the_actor_reaches(
    edda: Person, nc420: Certification
) -> None:
    acme, other = cast.partner("acme"), cast.partner("other")
    sven = cast.person("Sven")
    cast.employment(edda, acme)
    cast.employment(sven, other)
    hers, _ = cast.certificate(edda, nc420), cast.certificate(sven, nc420)
    paul = cast.actor(cast.member("Paul", MembershipRole.PARTNER_ADMIN, acme))

    assert list(certificates_visible_to(paul)) == [hers]
    assert certificates_visible_to(SYSTEM).count() == 2
