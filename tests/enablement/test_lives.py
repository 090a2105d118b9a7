"""Life rules on record: what a rule may say, what stays as stated, pauses, and linked people."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from accreditation.models import DueMark
from accreditation.queries.facts import facts_for
from enablement.enums import PauseReason
from enablement.models import Certificate, CertificatePause, Certification
from enablement.operations import (
    CertificateCorrection,
    NewCertificate,
    correct_certificates,
    define_certification,
    link_people,
    pause_certificate,
    record_certificates,
    resume_certificate,
    revoke_certificate,
    update_certification,
)
from partners.enums import MembershipRole
from partners.models import Employment, Partner, Person
from partners.refusals import CannotRecord
from partners.rules import SYSTEM, NotAllowed
from tests import cast
from tests.audited import one_entry
from tests.cast import NOW, TODAY

pytestmark = pytest.mark.usefixtures("in_northwind")

SPRING = date(2025, 3, 1)


@pytest.fixture
def edda(acme: Partner) -> Person:
    edda = cast.person("Edda")
    cast.employment(edda, acme)
    return edda


@pytest.fixture
def professional() -> Certification:
    return cast.certification("professional", validity_months=36)


@pytest.fixture
def associate(professional: Certification) -> Certification:
    """An associate's, valid for a year, renewed by the professional's, then inactive for a year."""
    return cast.certification(
        "associate",
        validity_months=12,
        life={"renewed_by": ["professional"], "inactive_months": 12},
    )


def passed(who: Person, what: Certification, on: date, **more: Any) -> Certificate:
    row = NewCertificate(who, what, on, **more)
    return record_certificates([row], source="test", by=SYSTEM, now=NOW).new[0]


def pauses(of: Certificate) -> list[tuple[date, date | None, str]]:
    rows = CertificatePause.objects.filter(certificate=of).order_by("started_on")
    return list(rows.values_list("started_on", "ended_on", "reason"))


def test_a_certificate_is_returned_with_the_end_its_rule_gives_it(
    edda: Person, associate: Certification
) -> None:
    certificate = passed(edda, associate, SPRING)

    assert certificate.expires_on == date(2027, 3, 1)
    assert pauses(certificate) == [(date(2026, 3, 1), date(2027, 3, 1), "inactive")]


def test_a_renewal_moves_the_end_and_the_inactive_year(
    edda: Person, associate: Certification, professional: Certification
) -> None:
    certificate = passed(edda, associate, SPRING)

    passed(edda, professional, date(2025, 9, 1))

    certificate.refresh_from_db()
    assert certificate.expires_on == date(2027, 9, 1)
    assert pauses(certificate) == [(date(2026, 9, 1), date(2027, 9, 1), "inactive")]


def test_a_revoked_pass_renews_nothing(
    edda: Person, associate: Certification, professional: Certification
) -> None:
    certificate = passed(edda, associate, SPRING)
    higher = passed(edda, professional, date(2025, 9, 1))

    revoke_certificate(certificate=higher, on=TODAY, reason="Cheated.", by=SYSTEM, now=NOW)

    certificate.refresh_from_db()
    assert certificate.expires_on == date(2027, 3, 1)


def test_what_the_issuer_stated_no_rule_moves(
    edda: Person, associate: Certification, professional: Certification
) -> None:
    certificate = passed(edda, associate, SPRING, valid_through=date(2025, 12, 31))

    passed(edda, professional, date(2025, 9, 1))

    certificate.refresh_from_db()
    assert (certificate.expires_on, pauses(certificate)) == (date(2026, 1, 1), [])


def test_a_correction_states_an_end_only_if_it_is_another(
    edda: Person, associate: Certification, professional: Certification
) -> None:
    certificate = passed(edda, associate, SPRING)
    as_it_is = CertificateCorrection(certificate, date(2027, 2, 28), "A-1")

    correct_certificates([as_it_is], source="test", by=SYSTEM, now=NOW)
    passed(edda, professional, date(2025, 9, 1))

    certificate.refresh_from_db()
    assert (certificate.expires_on, certificate.number) == (date(2027, 9, 1), "A-1")
    stated = CertificateCorrection(certificate, date(2026, 5, 31), "A-1")
    correct_certificates([stated], source="test", by=SYSTEM, now=NOW)
    certificate.refresh_from_db()
    assert (certificate.expires_on, certificate.end_is_stated) == (date(2026, 6, 1), True)
    assert pauses(certificate) == []


def test_a_rule_given_later_holds_for_certificates_on_record(edda: Person, acme: Partner) -> None:
    plain = cast.certification("plain", validity_months=12)
    certificate = passed(edda, plain, SPRING)
    DueMark.objects.all().delete()

    update_certification(certification=plain, life={"ends_on": "2025-06-30"}, by=SYSTEM, now=NOW)

    certificate.refresh_from_db()
    assert certificate.expires_on == date(2025, 7, 1)
    assert set(DueMark.objects.values_list("partner", flat=True)) == {acme.pk}


@pytest.mark.parametrize(
    "life",
    [
        {"renews": ["associate"]},
        {"runs_from": "birth"},
        {"renewed_by": "associate"},
        {"renewed_by": ["nobody"]},
        {"extended_by": ["associate"]},
        {"inactive_months": "12"},
        {"inactive_months": True},
        {"inactive_months": -1},
        {"revived_late": 1},
        {"ends_on": "soon"},
    ],
)
def test_a_life_rule_that_cannot_be_read_is_refused(
    associate: Certification, life: dict[str, Any]
) -> None:
    with pytest.raises(CannotRecord) as refusal:
        define_certification(key="new", name="New", life=life, by=SYSTEM, now=NOW)

    assert refusal.value.field == "life"


def test_a_life_that_runs_from_the_release_needs_one() -> None:
    with pytest.raises(CannotRecord) as refusal:
        define_certification(
            key="new", name="New", life={"runs_from": "release"}, by=SYSTEM, now=NOW
        )

    assert refusal.value.field == "released_on"


# --- Pauses ------------------------------------------------------------------------------------


def pause(what: Certificate, since: date, **more: Any) -> CertificatePause:
    details = {"reason": PauseReason.SUSPENDED, "by": SYSTEM, "now": NOW, **more}
    return pause_certificate(certificate=what, since=since, **details)


def test_a_paused_certificate_is_held_and_counts_again_once_resumed(
    acme: Partner, edda: Person, professional: Certification
) -> None:
    certificate = passed(edda, professional, SPRING)

    with one_entry("certificate.paused"):
        pause(certificate, date(2025, 6, 1))
    with one_entry("certificate.resumed"):
        resume_certificate(certificate=certificate, on=date(2025, 9, 1), by=SYSTEM, now=NOW)

    (known,) = facts_for([acme.pk])[acme.pk].certificates
    assert [(one.start, one.end) for one in known.paused] == [(date(2025, 6, 1), date(2025, 9, 1))]


@pytest.mark.parametrize(
    ("since", "through", "field"),
    [
        (date(2025, 2, 28), None, "since"),
        (date(2025, 5, 1), date(2025, 4, 30), "valid_through"),
        (date(2025, 4, 1), date(2025, 6, 1), "since"),
        (date(2025, 7, 1), None, "since"),
    ],
)
def test_a_pause_that_cannot_be_is_refused(
    edda: Person, professional: Certification, since: date, through: date | None, field: str
) -> None:
    certificate = passed(edda, professional, SPRING)
    pause(certificate, date(2025, 6, 1))

    with pytest.raises(CannotRecord) as refusal:
        pause(certificate, since, valid_through=through)

    assert refusal.value.field == field


def test_only_what_is_paused_is_resumed(edda: Person, professional: Certification) -> None:
    certificate = passed(edda, professional, SPRING)

    with pytest.raises(CannotRecord):
        resume_certificate(certificate=certificate, on=TODAY, by=SYSTEM, now=NOW)


def test_a_pause_marks_the_partner_due(
    acme: Partner, edda: Person, professional: Certification
) -> None:
    certificate = passed(edda, professional, SPRING)
    DueMark.objects.all().delete()

    pause(certificate, TODAY)

    assert set(DueMark.objects.values_list("partner", flat=True)) == {acme.pk}


def test_those_who_do_not_revoke_do_not_pause(edda: Person, professional: Certification) -> None:
    certificate = passed(edda, professional, SPRING)

    with pytest.raises(NotAllowed):
        pause(certificate, TODAY, by=cast.actor(cast.member("Rita", MembershipRole.REVIEWER)))


# --- Two entries of one person -----------------------------------------------------------------


def link(duplicate: Person, person: Person, **who: Any) -> Person:
    details: Any = {"by": SYSTEM, "now": NOW, **who}
    return link_people(duplicate=duplicate, person=person, **details)


def test_linking_gives_one_person_everything(
    acme: Partner, edda: Person, professional: Certification, associate: Certification
) -> None:
    twin = cast.person("Edda B")
    passed(edda, professional, SPRING)
    same, other = passed(twin, professional, SPRING), passed(twin, associate, SPRING)
    cast.completion(twin, cast.course("basics"))
    cast.employment(twin, cast.partner("cove"), since=date(2020, 1, 1), ended_on=date(2023, 1, 1))

    with one_entry("person.linked"):
        assert link(twin, edda) == edda

    other.refresh_from_db()
    assert other.person_id == edda.pk
    assert Certificate.objects.get(person=twin) == same
    assert edda.course_completions.count() == 1
    assert set(Employment.objects.values_list("person", flat=True)) == {edda.pk}
    assert Person.objects.get(pk=twin.pk).merged_into_id == edda.pk


def test_people_who_count_on_the_same_day_are_not_linked(acme: Partner, edda: Person) -> None:
    twin = cast.person("Edda B")
    cast.employment(twin, cast.partner("cove"))

    with pytest.raises(CannotRecord):
        link(twin, edda)


def test_nobody_is_linked_twice_or_to_themselves(edda: Person) -> None:
    twin, third = cast.person("Edda B"), cast.person("Edda C")
    link(twin, edda)

    for duplicate, person in ((twin, third), (third, twin), (edda, edda)):
        with pytest.raises(CannotRecord):
            link(duplicate, person)


@pytest.mark.parametrize(
    "role", [MembershipRole.CHANNEL_MANAGER, MembershipRole.PARTNER_ADMIN, MembershipRole.ANALYST]
)
def test_only_those_who_reach_every_partner_link_people(
    acme: Partner, edda: Person, role: MembershipRole
) -> None:
    at = acme if role == MembershipRole.PARTNER_ADMIN else None
    who = cast.actor(cast.member("Sven", role, at))

    with pytest.raises(NotAllowed):
        link(cast.person("Edda B"), edda, by=who)
