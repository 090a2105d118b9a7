"""How an allocation goes on: until which day it holds, and what holds then."""

from datetime import date, timedelta

from accreditation.criteria.allocation import holds_until, outlook
from tests.accreditation.criteria.competitions import (
    DIFFERENT_PEOPLE,
    NOBODY_TWICE,
    ONE_ROLE_TYPE,
    competing,
    slot,
)
from tests.accreditation.criteria.worlds import TODAY

DAY = timedelta(days=1)


def test_designation_holds_until_the_last_day_somebody_else_can_step_in():
    competition = competing(
        slot("A SE", "Sam", "Sue", until={"Sam": TODAY + 3 * DAY, "Sue": TODAY + 9 * DAY}),
        limits=[DIFFERENT_PEOPLE],
    )

    assert holds_until(competition, TODAY) == TODAY + 8 * DAY
    assert outlook(competition, TODAY).steps == (
        (TODAY, frozenset({"A"})),
        (TODAY + 9 * DAY, frozenset()),
    )


def test_people_without_an_end_hold_for_good():
    competition = competing(slot("A SE", "Sam"), limits=[DIFFERENT_PEOPLE])

    assert holds_until(competition, TODAY) is None
    assert outlook(competition, TODAY).changes_on is None


def test_losing_one_person_costs_the_later_award_and_a_newcomer_brings_it_back():
    competition = competing(
        slot("A SE", "Sam", "Sue", until={"Sue": TODAY + 5 * DAY}),
        slot("B SE", "Sam", "Zoe", since={"Zoe": TODAY + 7 * DAY}),
        limits=[NOBODY_TWICE],
        awarded={"A": date(2025, 1, 10), "B": date(2025, 3, 1)},
    )

    assert holds_until(competition, TODAY) == TODAY + 4 * DAY
    assert outlook(competition, TODAY).steps == (
        (TODAY, frozenset({"A", "B"})),
        (TODAY + 5 * DAY, frozenset({"A"})),
        (TODAY + 7 * DAY, frozenset({"A", "B"})),
    )


def test_search_that_is_cut_short_promises_only_the_days_it_is_sure_of():
    soon = TODAY + 3 * DAY
    competition = competing(
        slot("A SE", "Ana", "Ben", until={"Ana": soon}),
        slot("A FE", "Ben", "Cem"),
        slot("B FE", "Ana", "Ben"),
        limits=[DIFFERENT_PEOPLE, ONE_ROLE_TYPE],
    )

    assert holds_until(competition, TODAY) is None
    assert holds_until(competition, TODAY, tries=1) == soon - DAY
