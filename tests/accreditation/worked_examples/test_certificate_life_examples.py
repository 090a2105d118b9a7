"""W06 and W07: whose certificates count when ends follow releases, deltas and higher passes."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from accreditation.criteria.judge import judge
from accreditation.criteria.verdicts import Finding, Result
from accreditation.queries.facts import facts_for
from accreditation.queries.programs import program_in_force
from enablement.enums import PauseReason
from enablement.models import Certificate, Certification
from enablement.operations import (
    NewCertificate,
    NewCompletion,
    define_certification,
    define_course,
    link_people,
    pause_certificate,
    record_certificates,
    record_course_completions,
    update_certification,
)
from partners.models import Partner, Person
from partners.periods import last_day
from partners.rules import SYSTEM
from tests import cast
from tests.accreditation.documents import engineers
from tests.cast import NOW
from tests.stories import publish

pytestmark = pytest.mark.usefixtures("in_northwind")


@pytest.fixture
def acme() -> Partner:
    return cast.partner("acme", joined_on=date(2019, 1, 1))


def employed(name: str, at: Partner) -> Person:
    person = cast.person(name)
    cast.employment(person, at, since=date(2019, 1, 1))
    return person


def ask_for(certification: str) -> None:
    """Publish a program that asks for one person who holds the certification."""
    document: dict[str, Any] = engineers(at_least=1)
    document["program"]["key"] = f"asks-{certification}"
    del document["criteria"]["job_roles"]
    document["criteria"]["certifications"] = [certification]
    publish(document, effective_on=date(2020, 1, 1))


def finding(of: Partner, certification: str, on: date) -> Finding:
    program = program_in_force(f"asks-{certification}", on)
    assert program is not None
    return judge(program.rules, facts_for([of.pk])[of.pk], on).levels[0].finding


def passes(person: Person, what: Certification, *days: str) -> None:
    rows = [NewCertificate(person, what, date.fromisoformat(day)) for day in days]
    record_certificates(rows, source="test", by=SYSTEM, now=NOW)


def define(key: str, **details: Any) -> Certification:
    return define_certification(key=key, by=SYSTEM, now=NOW, **{"name": key, **details})


def ends() -> dict[tuple[str, str], date | None]:
    """Return the last day of every certificate by person and certification."""
    return {
        (one.person.name, one.certification.key): last_day(one.expires_on)
        for one in Certificate.objects.select_related("person", "certification")
    }


# --- W06: the certificate ends with the release of the course ----------------------------------


@pytest.fixture
def sophos(acme: Partner) -> Partner:
    """Julia took the delta in time, Kim passed just before the end, Leo took the delta too late."""
    delta = define_course(
        key="delta-18-5", name="Delta 18.5", released_on=date(2021, 4, 21), by=SYSTEM, now=NOW
    )
    engineer = define(
        "v18-0",
        released_on=date(2020, 2, 11),
        validity_months=24,
        life={
            "runs_from": "release",
            "anniversary_counts": True,
            "extended_by": ["delta-18-5"],
        },
    )
    ask_for("v18-0")
    for name, passed_on, delta_on in (
        ("Julia", "2020-11-03", date(2021, 7, 2)),
        ("Kim", "2022-02-10", None),
        ("Leo", "2020-03-01", date(2022, 3, 1)),
    ):
        person = employed(name, acme)
        passes(person, engineer, passed_on)
        if delta_on is not None:
            row = NewCompletion(person, delta, delta_on)
            record_course_completions([row], source="test", by=SYSTEM, now=NOW)
    return acme


def test_w06_only_the_one_who_took_the_delta_in_time_counts_on_the_audit_day(
    sophos: Partner,
) -> None:
    judged = finding(sophos, "v18-0", date(2022, 3, 31))

    assert (judged.have, judged.result) == (1, Result.MET)
    julia = Certificate.objects.get(person__name="Julia")
    assert [one.record for one in judged.counted] == [str(julia.pk)]


def test_w06_ends_are_those_of_the_releases(sophos: Partner) -> None:
    assert ends() == {
        ("Julia", "v18-0"): date(2023, 4, 21),
        ("Kim", "v18-0"): date(2022, 2, 11),
        ("Leo", "v18-0"): date(2022, 2, 11),
    }


def test_w06_julia_counts_until_two_years_after_the_release_of_the_delta(sophos: Partner) -> None:
    assert finding(sophos, "v18-0", date(2023, 4, 21)).have == 1
    assert finding(sophos, "v18-0", date(2023, 4, 22)).have == 0


def test_w06_a_corrected_release_moves_the_ends(sophos: Partner) -> None:
    engineer = Certification.objects.get(key="v18-0")

    update_certification(certification=engineer, released_on=date(2020, 8, 11), by=SYSTEM, now=NOW)

    assert ends()["Kim", "v18-0"] == date(2022, 8, 11)
    assert ends()["Leo", "v18-0"] == date(2023, 4, 21)


def test_w06_passed_after_the_end_counts_on_no_day(sophos: Partner) -> None:
    late = employed("Mia", sophos)

    passes(late, Certification.objects.get(key="v18-0"), "2023-05-02")

    for day in (date(2023, 5, 2), date(2023, 5, 3)):
        assert finding(sophos, "v18-0", day).have == 0


# --- W07: renewed by a higher pass; states; one person under two addresses ---------------------


@pytest.fixture
def juniper(acme: Partner) -> Partner:
    """Lee, who passed four exams; the professional's renews what is below it in its track."""
    three_years = {"validity_months": 36}
    levels = {
        "jncip-ent": [],
        "jncis-ent": ["jncip-ent"],
        "jncis-sec": [],
        "jncia": ["jncis-ent", "jncis-sec", "jncip-ent"],
        "jncie-ent": [],
    }
    catalog = {
        key: define(key, life={"anniversary_counts": True, "renewed_by": renewed_by}, **three_years)
        for key, renewed_by in levels.items()
    }
    for key in ("jncis-sec", "jncis-ent", "jncie-ent"):
        ask_for(key)
    lee = employed("Lee", acme)
    for key, day in (
        ("jncia", "2023-05-10"),
        ("jncis-ent", "2023-09-01"),
        ("jncis-sec", "2023-10-01"),
        ("jncip-ent", "2025-03-15"),
    ):
        passes(lee, catalog[key], day)
    return acme


def test_w07_a_higher_pass_renews_the_lower_ones_of_its_track(juniper: Partner) -> None:
    assert ends() == {
        ("Lee", "jncia"): date(2028, 3, 15),
        ("Lee", "jncis-ent"): date(2028, 3, 15),
        ("Lee", "jncip-ent"): date(2028, 3, 15),
        ("Lee", "jncis-sec"): date(2026, 10, 1),
    }


@pytest.mark.parametrize(
    ("asked", "day", "result"),
    [
        ("jncis-sec", date(2026, 10, 1), Result.MET),
        ("jncis-sec", date(2026, 10, 2), Result.NOT_MET),
        ("jncis-ent", date(2026, 10, 2), Result.MET),
    ],
)
def test_w07_each_requirement_sees_its_own_end(
    juniper: Partner, asked: str, day: date, result: Result
) -> None:
    assert finding(juniper, asked, day).result is result


def test_w07_a_record_under_a_private_address_counts_once_linked_and_only_once(
    juniper: Partner,
) -> None:
    lee = Person.objects.get(name="Lee")
    private = cast.person("Lee (private)")
    security = Certification.objects.get(key="jncis-sec")
    passes(private, security, "2025-10-01")
    day = date(2027, 1, 1)
    assert finding(juniper, "jncis-sec", day).have == 0

    link_people(duplicate=private, person=lee, by=SYSTEM, now=NOW)

    assert finding(juniper, "jncis-sec", day).have == 1
    assert finding(juniper, "jncis-sec", date(2026, 1, 1)).have == 1


def test_w07_a_higher_pass_under_the_private_address_renews_once_linked(
    juniper: Partner,
) -> None:
    lee, private = Person.objects.get(name="Lee"), cast.person("Lee (private)")
    passes(private, Certification.objects.get(key="jncip-ent"), "2026-02-01")

    link_people(duplicate=private, person=lee, by=SYSTEM, now=NOW)

    assert ends()["Lee", "jncia"] == date(2029, 2, 1)


def test_w07_an_emeritus_is_held_and_counts_for_nothing(juniper: Partner) -> None:
    expert = Certification.objects.get(key="jncie-ent")
    lee = Person.objects.get(name="Lee")
    passes(lee, expert, "2025-01-01")
    assert finding(juniper, "jncie-ent", date(2026, 1, 1)).have == 1

    pause_certificate(
        certificate=Certificate.objects.get(certification=expert),
        since=date(2026, 1, 1),
        reason=PauseReason.HONORARY,
        by=SYSTEM,
        now=NOW,
    )

    assert finding(juniper, "jncie-ent", date(2025, 12, 31)).have == 1
    assert finding(juniper, "jncie-ent", date(2026, 1, 1)).have == 0
