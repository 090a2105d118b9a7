"""The road of one certificate: fact, verdict, standing, award, listing, and back."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accreditation.models import (
    Accreditation,
    Award,
    DueMark,
    Evaluation,
    Level,
    Listing,
    StandingChange,
)
from accreditation.standing import Standing
from enablement.models import Certificate
from partners.enums import MembershipRole
from partners.models import Employment, JobRole, Notice, Partner, Vendor
from tests import cast
from tests.accreditation.documents import engineers
from tests.stories import judge_all, publish

NOW = cast.NOW


@pytest.fixture
def acme(in_northwind: Vendor) -> Partner:
    """Acme with its admin Paul, managed by Mara; two engineers are asked, Edda is one of them."""
    mara = cast.member("Mara", MembershipRole.CHANNEL_MANAGER)
    acme = cast.partner("acme", manager=mara)
    cast.member("Paul", MembershipRole.PARTNER_ADMIN, acme)
    role = cast.job_role("technical-engineer")
    cast.certification("cloud-engineer")
    for name in ("Edda", "Finn"):
        cast.employment(cast.person(name), acme, role)
    publish(engineers(at_least=2, grace_days=30))
    judge_all()
    return acme


def certify(name: str, *, until: date | None = None) -> Certificate:
    from enablement.models import Certification
    from partners.models import Person

    return cast.certificate(
        Person.objects.get(name=name),
        Certification.objects.get(key="cloud-engineer"),
        since=date(2026, 1, 1),
        until=until,
    )


def test_partner_is_in_progress_until_the_last_engineer_is_certified(acme: Partner) -> None:
    certify("Edda")
    judge_all()
    before = Accreditation.objects.get(partner=acme)

    certify("Finn")
    judge_all()

    assert before.standing == Standing.IN_PROGRESS
    after = Accreditation.objects.get(partner=acme)
    assert (after.standing, after.level.key) == (Standing.ACCREDITED, "authorized")
    award = Award.objects.get(accreditation=after)
    assert award.granted_on == cast.TODAY
    assert award.number.startswith("NW-")
    listing = Listing.objects.get(partner=acme)
    assert listing.designations[0]["designation"] == {"en": "Authorized Service Partner"}
    assert [notice.rule for notice in Notice.objects.all()] == ["accreditation.granted"] * 2


def test_verdict_names_the_records_that_count(acme: Partner) -> None:
    edda = certify("Edda")
    judge_all()

    verdict = Evaluation.objects.filter(partner=acme).latest("recorded_at", "id").verdict

    finding = verdict["levels"][0]["finding"]
    assert [one["record"] for one in finding["counted"]] == [str(edda.pk)]
    assert (finding["have"], finding["need"]) == ("1", "2")


def test_evaluation_is_stored_only_when_its_content_changes(acme: Partner) -> None:
    stored = Evaluation.objects.count()

    Partner.objects.filter(pk=acme.pk).update(website="https://acme.example")
    judged = judge_all()

    assert judged == 1
    assert Evaluation.objects.count() == stored


def test_evaluation_is_stored_again_when_more_is_known_of_a_record(acme: Partner) -> None:
    certify("Edda")
    judge_all()
    stored = Evaluation.objects.count()

    Certificate.objects.update(awarded_on=date(2026, 1, 2))
    judge_all()

    assert Evaluation.objects.count() == stored + 1


def test_evaluation_is_stored_again_under_a_version_that_says_the_same(acme: Partner) -> None:
    publish(engineers(at_least=2, grace_days=30), effective_on=date(2026, 2, 1))
    judge_all()

    assert [one.version.number for one in Evaluation.objects.order_by("recorded_at", "id")] == [
        1,
        2,
    ]


def test_partner_who_comes_before_a_version_begins_is_judged_by_it_from_its_first_day(
    acme: Partner,
) -> None:
    publish(engineers(at_least=1), effective_on=cast.TODAY + timedelta(days=30))
    late = cast.partner("late")
    cast.employment(cast.person("Lena"), late, JobRole.objects.get())
    certify("Lena")
    judge_all()
    assert Accreditation.objects.get(partner=late).standing == Standing.IN_PROGRESS

    judge_all(NOW + timedelta(days=30))

    assert Accreditation.objects.get(partner=late).standing == Standing.ACCREDITED


@pytest.mark.parametrize(
    ("zone", "now", "standing"),
    [
        ("America/New_York", datetime(2026, 3, 10, 3, 59, tzinfo=UTC), Standing.ACCREDITED),
        ("America/New_York", datetime(2026, 3, 10, 4, 0, tzinfo=UTC), Standing.IN_GRACE),
        ("Asia/Tokyo", datetime(2026, 3, 9, 14, 59, tzinfo=UTC), Standing.ACCREDITED),
        ("Asia/Tokyo", datetime(2026, 3, 9, 15, 0, tzinfo=UTC), Standing.IN_GRACE),
    ],
)
def test_what_is_learned_is_judged_on_the_vendors_own_day(
    acme: Partner, zone: str, now: datetime, standing: Standing
) -> None:
    """Finn's certificate holds through 9 March, wherever the server is."""
    Vendor.objects.update(time_zone=zone)
    certify("Edda")
    certify("Finn", until=date(2026, 3, 10))
    judge_all()

    Partner.objects.filter(pk=acme.pk).update(website="https://acme.example")
    judge_all(now)

    assert Accreditation.objects.get(partner=acme).standing == standing


def test_expiry_takes_effect_on_its_day_without_any_new_fact(acme: Partner) -> None:
    certify("Edda")
    certify("Finn", until=date(2026, 3, 10))
    judge_all()

    judged = (
        judge_all(datetime(2026, 3, 10, 3, 59, tzinfo=UTC)),
        judge_all(datetime(2026, 3, 10, 4, 1, tzinfo=UTC)),
    )

    assert judged == (0, 1)  # in New York, which changed to summer time on 8 March
    accreditation = Accreditation.objects.get(partner=acme)
    assert accreditation.standing == Standing.IN_GRACE
    assert accreditation.grace_ends_on == date(2026, 4, 10)


def test_grace_ends_in_a_lapse_and_the_listing_goes_with_it(acme: Partner) -> None:
    certify("Edda")
    certify("Finn", until=date(2026, 3, 10))
    judge_all()

    judge_all(datetime(2026, 4, 9, 15, 0, tzinfo=UTC))
    in_grace = Listing.objects.filter(partner=acme).exists()
    judge_all(datetime(2026, 4, 10, 15, 0, tzinfo=UTC))

    assert in_grace
    assert Accreditation.objects.get(partner=acme).standing == Standing.LAPSED
    assert not Listing.objects.filter(partner=acme).exists()
    award = Award.objects.get()
    assert (award.ended_on, award.end_reason) == (date(2026, 4, 10), "lapsed")


def test_what_has_lapsed_stays_so_when_the_level_is_reached_again(acme: Partner) -> None:
    certify("Edda")
    certify("Finn", until=date(2026, 3, 10))
    judge_all()
    judge_all(datetime(2026, 4, 10, 15, 0, tzinfo=UTC))

    Certificate.objects.update(expires_on=None)
    judge_all(datetime(2026, 5, 1, 15, 0, tzinfo=UTC))

    awards = Award.objects.order_by("granted_on")
    assert [(one.granted_on, one.ended_on, one.end_reason) for one in awards] == [
        (cast.TODAY, date(2026, 4, 10), "lapsed"),
        (date(2026, 5, 1), None, ""),
    ]


def test_late_run_leaves_the_same_trace_as_a_punctual_one(acme: Partner) -> None:
    certify("Edda")
    certify("Finn", until=date(2026, 3, 10))
    judge_all()

    judge_all(datetime(2026, 5, 1, 15, 0, tzinfo=UTC))

    moves = list(
        StandingChange.objects.order_by("on", "id").values_list(
            "from_standing", "to_standing", "on"
        )
    )
    assert moves == [
        ("", "in_progress", date(2026, 3, 2)),
        ("in_progress", "accredited", date(2026, 3, 2)),
        ("accredited", "in_grace", date(2026, 3, 10)),
        ("in_grace", "lapsed", date(2026, 4, 10)),
    ]


def test_departure_moves_the_standing_with_one_notice_each(acme: Partner) -> None:
    certify("Edda")
    certify("Finn")
    judge_all()
    Notice.objects.all().delete()

    Employment.objects.filter(person__name="Finn").update(ended_on=cast.TODAY)
    judge_all()
    judge_all(NOW + timedelta(hours=1))

    assert Accreditation.objects.get(partner=acme).standing == Standing.IN_GRACE
    assert Notice.objects.filter(rule="accreditation.grace_started").count() == 2


def test_time_marks_the_partner_due_once(acme: Partner) -> None:
    certify("Edda", until=date(2026, 6, 1))
    judge_all()

    Partner.objects.filter(pk=acme.pk).update(website="https://acme.example")
    judge_all()

    assert DueMark.objects.count() == 1


def test_partner_that_left_holds_nothing(acme: Partner) -> None:
    certify("Edda")
    certify("Finn")
    judge_all()

    Partner.objects.filter(pk=acme.pk).update(state="ended", ended_on=cast.TODAY)
    judge_all()

    assert Accreditation.objects.get(partner=acme).standing == Standing.LAPSED
    assert not Listing.objects.exists()


def test_number_of_statements_does_not_grow_with_partners(acme: Partner) -> None:
    def statements() -> int:
        with CaptureQueriesContext(connection) as context:
            judge_all()
        return len(context)

    certify("Edda")
    with_one = statements()

    for number in range(5):
        other = cast.partner(f"other-{number}")
        cast.employment(cast.person(f"Person {number}"), other)
    judge_all()
    DueMark.objects.all().delete()
    for partner in Partner.objects.all():
        DueMark.objects.create(partner=partner, due_at=NOW, cause="asked")
    with_six = statements()

    assert with_six <= with_one


def test_partner_that_cannot_be_judged_does_not_hold_up_the_others(
    acme: Partner, caplog: pytest.LogCaptureFixture
) -> None:
    bluff = cast.partner("bluff")
    certify("Edda")
    certify("Finn")
    Level.objects.all().delete()  # whoever meets the level now meets something unheard of

    judge_all()

    assert Accreditation.objects.get(partner=bluff).standing == Standing.IN_PROGRESS
    assert Accreditation.objects.get(partner=acme).standing == Standing.IN_PROGRESS
    retry = DueMark.objects.get(partner=acme)
    assert (retry.cause, retry.due_at) == ("retry", NOW + timedelta(minutes=5))
    assert str(acme.pk) in caplog.text
