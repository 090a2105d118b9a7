"""How long certificates live: releases, renewals, extensions, pauses, sunsets."""

from datetime import date

import pytest

from accreditation.criteria.certificate_life import (
    Anchor,
    Life,
    LifeRule,
    Passed,
    SupportChange,
    life,
    supported,
)
from accreditation.criteria.facts import Certificate, PartnerFacts
from accreditation.criteria.periods import DAY, Period
from accreditation.criteria.records import CourseCompletion
from accreditation.criteria.verdicts import ReasonCode, Result
from tests.accreditation.criteria.test_courses import VELOCITY
from tests.accreditation.criteria.worlds import (
    counted,
    employee,
    facts,
    finding_on,
    people,
    reasons,
)


def passed(what: str, day: str, person: str = "Julia") -> Passed:
    return Passed(f"{person}-{what}", person, what, date.fromisoformat(day))


def certificate(one: Passed, lives: Life, certification: str) -> Certificate:
    return Certificate(one.id, one.person, certification, lives.period, paused=lives.paused)


SOPHOS = LifeRule(24, Anchor.RELEASE, extended_by=frozenset({"delta-18.5"}))
RELEASED = {"v18.0": date(2020, 2, 11), "delta-18.5": date(2021, 4, 21)}
TAKEN = {
    "Julia": [
        passed("v18.0", "2020-11-03", "Julia"),
        passed("delta-18.5", "2021-07-02", "Julia"),
    ],
    "Kim": [passed("v18.0", "2022-02-10", "Kim")],
    "Leo": [passed("v18.0", "2020-03-01", "Leo"), passed("delta-18.5", "2022-03-01", "Leo")],
}


@pytest.mark.parametrize(
    ("person", "last"),
    [("Julia", "2023-04-21"), ("Kim", "2022-02-11"), ("Leo", "2022-02-11")],
)
def test_w06_certificate_ends_with_the_release_of_the_course(person, last):
    first, *later = TAKEN[person]

    lives = life(first, later, SOPHOS, RELEASED)

    assert lives is not None
    assert lives.last_day == date.fromisoformat(last)


def test_w06_audit_day_counts_one_of_three():
    held = [
        certificate(first, lives, "firewall")
        for first, *later in TAKEN.values()
        if (lives := life(first, later, SOPHOS, RELEASED))
    ]
    known = facts(*map(employee, TAKEN), *held)

    finding = finding_on(date(2022, 3, 31), people(certifications=["firewall"]), known)

    assert counted(finding) == ["Julia-v18.0"]
    assert set(reasons(finding).values()) == {ReasonCode.EXPIRED}


def test_course_passed_after_its_term_never_counts():
    assert life(passed("v18.0", "2022-02-12"), [], SOPHOS, RELEASED) is None


def test_release_that_is_not_known_is_told():
    with pytest.raises(KeyError):
        life(passed("v19.0", "2022-02-12"), [], SOPHOS, RELEASED)


JUNIPER = {
    "jncia": LifeRule(36, renewed_by=frozenset({"jncis-ent", "jncis-sec", "jncip-ent"})),
    "jncis-ent": LifeRule(36, renewed_by=frozenset({"jncip-ent"})),
    "jncis-sec": LifeRule(36, renewed_by=frozenset({"jncip-sec"})),
    "jncip-ent": LifeRule(36),
}
LEE = [
    passed("jncia", "2023-05-10", "Lee"),
    passed("jncis-ent", "2023-09-01", "Lee"),
    passed("jncis-sec", "2023-10-01", "Lee"),
    passed("jncip-ent", "2025-03-15", "Lee"),
]


def lives_of_lee() -> dict[str, Life]:
    return {
        one.what: lives
        for one in LEE
        if (lives := life(one, [other for other in LEE if other != one], JUNIPER[one.what], {}))
    }


def test_w07_higher_pass_renews_the_lower_ones_of_its_track():
    assert {what: lives.last_day for what, lives in lives_of_lee().items()} == {
        "jncia": date(2028, 3, 15),
        "jncis-ent": date(2028, 3, 15),
        "jncis-sec": date(2026, 10, 1),
        "jncip-ent": date(2028, 3, 15),
    }


@pytest.mark.parametrize(
    ("asked", "result"), [("jncis-sec", Result.NOT_MET), ("jncis-ent", Result.MET)]
)
def test_w07_requirement_sees_each_certification_s_own_end(asked, result):
    held = lives_of_lee()
    known = facts(employee("Lee"), *(certificate(one, held[one.what], one.what) for one in LEE))

    assert finding_on(date(2026, 10, 2), people(certifications=[asked]), known).result is result


def test_higher_pass_after_the_end_renews_nothing():
    first, late = passed("jncis-ent", "2020-01-01"), passed("jncip-ent", "2023-01-02")

    lives = life(first, [late], JUNIPER["jncis-ent"], {})

    assert lives is not None
    assert lives.last_day == date(2023, 1, 1)


def test_inactive_year_is_held_but_does_not_count():
    rule = LifeRule(24, inactive_months=12)

    assert life(passed("jncia", "2020-01-31"), [], rule, {}) == Life(
        Period(date(2020, 1, 31), date(2023, 2, 1)),
        (Period(date(2022, 2, 1), date(2023, 2, 1)),),
    )


@pytest.mark.parametrize(
    ("term", "sunset", "last"),
    [(None, None, None), (None, "2014-03-01", "2014-03-01"), (36, "2014-03-01", "2014-03-01")],
)
def test_w16_credit_may_end_on_a_fixed_day(term, sunset, last):
    rule = LifeRule(term, sunset_on=sunset and date.fromisoformat(sunset))

    lives = life(passed("support", "2013-02-28"), [], rule, {})

    assert lives is not None
    assert lives.last_day == (last and date.fromisoformat(last))


def test_what_was_passed_before_is_no_renewal():
    first, earlier = passed("jncis-ent", "2023-09-01"), passed("jncip-ent", "2023-01-01")

    lives = life(first, [earlier], JUNIPER["jncis-ent"], {})

    assert lives is not None
    assert lives.last_day == date(2026, 9, 1)


def test_late_extension_revives_where_the_vendor_says_so():
    rule = LifeRule(12, extended_by=frozenset({"mx"}), revived_late=True)

    lives = life(passed("hw", "2013-01-01"), [passed("mx", "2014-05-01")], rule, {})

    assert lives == Life(
        Period(date(2013, 1, 1), date(2015, 5, 2)), (Period(date(2014, 1, 2), date(2014, 5, 1)),)
    )


OLDEST = SupportChange(date(2014, 3, 19), date(2014, 3, 19))
LATER = SupportChange(date(2014, 9, 1), date(2014, 5, 15))


def identiv(*, upgraded: bool, changes=(OLDEST,)) -> PartnerFacts:
    """W29: hardware of 1 March 2014, which the Mx Controller course makes current again."""
    taken = {
        "hardware": date(2014, 5, 1) if upgraded else date(2014, 3, 1),
        "installation": date(2014, 5, 2),
        "operator": date(2014, 6, 1),
    }
    return PartnerFacts(
        employments=(employee("Edda", since=date(2010, 1, 1)),),
        courses=tuple(
            CourseCompletion(course, "Edda", course, period)
            for course, day in taken.items()
            if (period := supported(day, changes))
        ),
    )


@pytest.mark.parametrize(("upgraded", "result"), [(True, Result.MET), (False, Result.NOT_MET)])
def test_w29_upgrade_course_makes_the_old_one_current(upgraded, result):
    assert finding_on(date(2014, 6, 30), VELOCITY, identiv(upgraded=upgraded)).result is result


def test_w29_change_of_the_catalog_is_enough_to_lose():
    known = identiv(upgraded=True, changes=(OLDEST, LATER))

    finding = finding_on(date(2014, 6, 30), VELOCITY, known)

    assert (finding.result, finding.changes_on) == (Result.MET, LATER.effective_on)
    assert finding_on(LATER.effective_on, VELOCITY, known).result is Result.NOT_MET


def test_course_of_a_version_that_is_no_longer_supported_never_counts():
    assert supported(date(2014, 3, 1), [SupportChange(date(2014, 1, 1), date(2014, 6, 1))]) is None
    assert supported(date(2014, 3, 1), []) == Period(date(2014, 3, 1))
    assert supported(date(2014, 3, 1), [OLDEST]) == Period(date(2014, 3, 1), OLDEST.effective_on)
    assert OLDEST.effective_on - DAY in Period(date(2014, 3, 1), OLDEST.effective_on)
