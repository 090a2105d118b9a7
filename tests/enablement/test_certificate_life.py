"""How long certificates live: releases, renewals, extensions, pauses, fixed ends."""

from datetime import date

import pytest

from enablement.certificate_life import (
    DAY,
    Anchor,
    Cutoff,
    Life,
    LifeRule,
    Passed,
    Span,
    life,
    supported_until,
)


def passed(what: str, day: str) -> Passed:
    return Passed(what, what, date.fromisoformat(day))


def last_day(lives: Life | None) -> date | None:
    assert lives is not None
    return lives.held.end and lives.held.end - DAY


SOPHOS = LifeRule(
    24, Anchor.RELEASE, anniversary_counts=True, extended_by=frozenset({"delta-18.5"})
)
RELEASED = {"v18.0": date(2020, 2, 11), "delta-18.5": date(2021, 4, 21)}


def test_course_passed_after_its_term_never_counts() -> None:
    assert life(passed("v18.0", "2022-02-12"), [], SOPHOS, RELEASED) is None


def test_release_that_is_not_known_is_told() -> None:
    with pytest.raises(KeyError):
        life(passed("v19.0", "2022-02-12"), [], SOPHOS, RELEASED)


def test_an_extension_that_did_not_come_out_extends_nothing() -> None:
    delta = passed("delta-18.5", "2021-07-02")

    lives = life(passed("v18.0", "2020-11-03"), [delta], SOPHOS, {"v18.0": date(2020, 2, 11)})

    assert last_day(lives) == date(2022, 2, 11)


@pytest.mark.parametrize(
    ("anniversary_counts", "last"), [(True, date(2026, 9, 1)), (False, date(2026, 8, 31))]
)
def test_the_vendor_says_whether_the_anniversary_is_the_last_day(
    anniversary_counts: bool, last: date
) -> None:
    rule = LifeRule(36, anniversary_counts=anniversary_counts)

    assert last_day(life(passed("jncia", "2023-09-01"), [], rule, {})) == last


PROFESSIONAL = LifeRule(36, renewed_by=frozenset({"jncip-ent"}))


@pytest.mark.parametrize(
    ("day", "last"),
    [
        ("2022-12-31", date(2025, 12, 30)),  # The last day on which it is active.
        ("2023-01-01", date(2022, 12, 31)),
        ("2019-12-31", date(2022, 12, 31)),  # Passed before: no renewal.
    ],
)
def test_a_higher_pass_renews_while_it_is_active(day: str, last: date) -> None:
    lives = life(passed("jncis-ent", "2020-01-01"), [passed("jncip-ent", day)], PROFESSIONAL, {})

    assert last_day(lives) == last


def test_inactive_year_is_held_but_does_not_count() -> None:
    rule = LifeRule(24, anniversary_counts=True, inactive_months=12)

    assert life(passed("jncia", "2020-01-31"), [], rule, {}) == Life(
        Span(date(2020, 1, 31), date(2023, 2, 1)), (Span(date(2022, 2, 1), date(2023, 2, 1)),)
    )


@pytest.mark.parametrize(
    ("term", "sunset", "last"),
    [
        (None, None, None),
        (None, date(2014, 3, 1), date(2014, 3, 1)),
        (36, date(2014, 3, 1), date(2014, 3, 1)),
        (6, date(2014, 3, 1), date(2013, 8, 27)),
    ],
)
def test_w16_credit_may_end_on_a_fixed_day(
    term: int | None, sunset: date | None, last: date | None
) -> None:
    lives = life(passed("support", "2013-02-28"), [], LifeRule(term, sunset_on=sunset), {})

    assert last_day(lives) == last


def test_late_extension_revives_where_the_vendor_says_so() -> None:
    rule = LifeRule(12, extended_by=frozenset({"mx"}), revived_late=True)

    lives = life(passed("hw", "2013-01-01"), [passed("mx", "2014-05-01")], rule, {})

    assert lives == Life(
        Span(date(2013, 1, 1), date(2015, 5, 1)), (Span(date(2014, 1, 1), date(2014, 5, 1)),)
    )


OLDEST = Cutoff(effective_on=date(2014, 3, 19), taken_since=date(2014, 3, 19))
LATER = Cutoff(effective_on=date(2014, 9, 1), taken_since=date(2014, 5, 15))


@pytest.mark.parametrize(
    ("taken", "until"),
    [
        (date(2014, 3, 1), date(2014, 3, 19)),
        (date(2014, 5, 2), date(2014, 9, 1)),
        (date(2014, 5, 15), None),
    ],
)
def test_a_course_of_a_version_that_is_no_longer_supported_stops_counting(
    taken: date, until: date | None
) -> None:
    assert supported_until(taken, [OLDEST, LATER]) == until
