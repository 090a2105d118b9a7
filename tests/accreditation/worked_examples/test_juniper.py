"""W07: renewal by a higher pass, states that do not count, one person with two mail addresses.

W05, the last day of a certificate, with the same program.
"""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from accreditation.criteria.document import Rules
from accreditation.criteria.facts import Certificate
from accreditation.criteria.judge import judge
from accreditation.criteria.periods import Period
from accreditation.criteria.verdicts import ReasonCode
from enablement.certificate_life import LifeRule, Passed, life
from tests.accreditation.criteria.worlds import (
    TODAY,
    certificate,
    employee,
    facts,
    finding_of,
    reasons,
)
from tests.accreditation.worked_examples.worlds import assumed, met


def active_for_three_years(*higher: str) -> LifeRule:
    return LifeRule(36, anniversary_counts=True, renewed_by=frozenset(higher))


TRACKS = {
    "jncia": active_for_three_years("jncis-ent", "jncis-sec", "jncip-ent"),
    "jncis-ent": active_for_three_years("jncip-ent"),
    "jncis-sec": active_for_three_years("jncip-sec"),
    "jncip-ent": active_for_three_years(),
}
PASSED = {
    "jncia": date(2023, 5, 10),
    "jncis-ent": date(2023, 9, 1),
    "jncis-sec": date(2023, 10, 1),
    "jncip-ent": date(2025, 3, 15),
}


def lee() -> list[Certificate]:
    """Return Lee's certificates, each as long as it lives."""
    exams = [Passed(f"Lee-{what}", what, day) for what, day in PASSED.items()]
    return [
        Certificate(
            one.id, "Lee", one.what, Period(lives.held.start, lives.held.end), "juniper-jncp"
        )
        for one in exams
        if (lives := life(one, [each for each in exams if each is not one], TRACKS[one.what], {}))
    ]


def asking(certification: str) -> Rules:
    """Return the program with the number and the certification that the source does not state."""
    return assumed("juniper-jncp", certified=1, certified__certifications=[certification])


@pytest.mark.parametrize(("asked", "level"), [("jncis-sec", None), ("jncis-ent", "compliant")])
def test_w07_a_higher_pass_renews_its_own_track_only(asked, level):
    known = facts(employee("Lee"), *lee())

    assert judge(asking(asked), known, date(2026, 10, 2)).level == level
    assert judge(asking(asked), known, date(2026, 10, 1)).level == "compliant"


def test_w07_two_mail_addresses_are_one_person_once_they_are_linked():
    two = assumed("juniper-jncp", certified=2)
    private = [
        Certificate(f"private-{one.id}", "lee-private", one.certification, one.period, one.family)
        for one in lee()
    ]

    before = judge(two, facts(employee("Lee"), *lee(), *private), TODAY)

    certified = finding_of(before, "compliant", "certified")
    assert (certified.have, met(before, "compliant", "certified")) == (1, False)
    not_employed = {record for record, why in reasons(certified).items() if "private" in record}
    assert {reasons(certified)[record] for record in not_employed} == {ReasonCode.NOT_EMPLOYED}


@pytest.mark.parametrize("state", ["emeritus", "inactive", "suspended"])
def test_w07_state_that_is_held_does_not_count(state):
    held = certificate(
        "Ada", "jncie-ent", record=state, family="juniper-jncp", paused=(Period(date(2024, 1, 1)),)
    )

    verdict = judge(assumed("juniper-jncp", certified=1), facts(employee("Ada"), held), TODAY)

    assert verdict.level is None
    certified = finding_of(verdict, "compliant", "certified")
    assert reasons(certified) == {state: ReasonCode.PAUSED}


@pytest.mark.parametrize(
    ("asked_at", "have", "enough"),
    [("2026-04-01T06:59", 3, True), ("2026-04-01T07:00", 2, False)],
)
def test_w05_the_calendar_day_of_the_vendor_decides(asked_at, have, enough):
    """Los Angeles is seven hours behind: the last day there ends at 07:00 of the next day."""
    moment = datetime.fromisoformat(asked_at).replace(tzinfo=UTC)
    on = moment.astimezone(ZoneInfo("America/Los_Angeles")).date()
    last = {"Edda": None, "Mara": None, "Paul": date(2026, 3, 31)}
    known = facts(
        *map(employee, last),
        *(
            certificate(one, "jncis-ent", family="juniper-jncp", last=end)
            for one, end in last.items()
        ),
    )

    verdict = judge(assumed("juniper-jncp", certified=3), known, on)

    assert finding_of(verdict, "compliant", "certified").have == have
    assert met(verdict, "compliant", "certified") is enough
