from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accreditation.criteria.periods import Period, at_least, depths, intersect, union, without
from tests.accreditation.criteria.strategies import days, periods

A, B, C, D = (date(2026, 3, day) for day in (1, 5, 9, 13))


def test_end_is_exclusive_and_start_is_not():
    assert [day in Period(A, B) for day in (A, B - timedelta(days=1), B)] == [True, True, False]


def test_period_without_end_never_stops():
    assert date.max in Period(A)
    assert Period(A).bounds() == (A,)


@pytest.mark.parametrize("end", [A, A - timedelta(days=1)])
def test_period_must_last_at_least_a_day(end):
    with pytest.raises(ValueError, match="must end after it starts"):
        Period(A, end)


@pytest.mark.parametrize(
    ("left", "right", "common"),
    [
        (Period(A, C), Period(B, D), Period(B, C)),
        (Period(A), Period(B, D), Period(B, D)),
        (Period(A), Period(B), Period(B)),
        (Period(A, B), Period(B, C), None),
        (Period(A, B), Period(C), None),
    ],
)
def test_intersection_is_what_both_have(left, right, common):
    assert left & right == right & left == common


def test_union_merges_overlapping_and_adjacent_periods():
    assert union([Period(B, C), Period(A, B)]) == (Period(A, C),)
    assert union([Period(A, B), Period(C, D)]) == (Period(A, B), Period(C, D))
    assert union([Period(A, C), Period(B)]) == (Period(A),)
    assert union([]) == ()


def test_depths_count_the_sets_day_by_day():
    assert depths([(Period(A, C),), (Period(B),)]) == [(A, 1), (B, 2), (C, 1)]


sets = st.lists(st.lists(periods, max_size=3).map(union), max_size=4)


@given(sets, days, st.integers(1, 3))
def test_at_least_holds_on_the_days_on_which_enough_sets_do(given_sets, day, count):
    holding = sum(any(day in period for period in one) for one in given_sets)

    merged = at_least(count, given_sets)

    assert any(day in period for period in merged) == (holding >= count)
    assert all(one.end is not None and one.end < two.start for one, two in pairwise(merged))


@given(sets.filter(lambda given_sets: len(given_sets) >= 2), days)
def test_intersection_of_sets_is_what_both_have(given_sets, day):
    left, right = given_sets[:2]
    common = intersect(left, right)

    both = all(any(day in period for period in one) for one in (left, right))

    assert any(day in period for period in common) == both


@given(st.lists(periods, max_size=4), st.lists(periods, max_size=3), days)
def test_without_leaves_out_the_gaps(held, gaps, day):
    held, gaps = union(held), union(gaps)

    assert any(day in one for one in without(held, gaps)) == (
        any(day in one for one in held) and not any(day in one for one in gaps)
    )


def test_without_can_leave_out_the_beginning_of_time():
    assert without((Period(A),), (Period(date.min, C),)) == (Period(C),)
    assert without((Period(A),), (Period(date.min),)) == ()
