"""Windows, each compared with its plain reading: which days are looked at on a day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accreditation.criteria.periods import Period, add_months
from accreditation.criteria.windows import (
    CalendarMonths,
    ClosedMonths,
    Ever,
    Fixed,
    ForwardMonths,
    RollingDays,
    RollingMonths,
    Year,
    last_looked_at,
    last_of,
    next_of,
    on_any_day,
    seen_from_snapshots,
    unbroken,
)

DAY = timedelta(days=1)
days = st.dates(date(2023, 1, 1), date(2026, 12, 31))
months = st.integers(1, 26)
numbers = st.integers(0, 800).map(lambda number: timedelta(days=number))


def month(day: date, back: int = 0) -> date:
    return add_months(day.replace(day=1), -back)


@given(days, st.integers(1, 400), numbers)
def test_rolling_days_look_back_from_the_day_itself(day, length, later):
    on = day + later

    assert (on in RollingDays(length).counts(day)) == (on - timedelta(days=length) < day)
    assert (day >= RollingDays(length).first(on)) == (on in RollingDays(length).counts(day))


@given(days, months, numbers)
def test_rolling_months_look_back_from_the_day_itself(day, length, later):
    on = day + later

    assert (on in RollingMonths(length).counts(day)) == (add_months(on, -length) < day)
    assert (day >= RollingMonths(length).first(on)) == (on in RollingMonths(length).counts(day))


@given(days, months, numbers)
def test_forward_months_look_ahead(on, length, later):
    day = on + later

    assert (on in ForwardMonths(length).counts(day)) == (day <= add_months(on, length))
    assert ForwardMonths(length).first(on) == on
    assert on + DAY not in ForwardMonths(length).counts(on)


@pytest.mark.parametrize(
    ("day", "length", "first"),
    [
        (date(2026, 5, 31), 3, date(2026, 3, 1)),
        (date(2024, 5, 31), 3, date(2024, 3, 1)),
        (date(2024, 5, 29), 3, date(2024, 2, 29)),
        (date(2026, 5, 28), 3, date(2026, 2, 28)),
    ],
)
def test_forward_months_clamp_at_the_end_of_a_month(day, length, first):
    assert ForwardMonths(length).counts(day) == Period(first, day + DAY)


@given(days, st.integers(0, 12), numbers)
def test_calendar_months_are_the_current_and_full_ones_before(day, full, later):
    on = day + later

    assert (on in CalendarMonths(full).counts(day)) == (month(on, full) <= day)
    assert CalendarMonths(full).first(on) == month(on, full)


@given(days, st.integers(1, 4), st.sampled_from([0, 1, 12]), st.booleans(), numbers)
def test_closed_months_end_before_the_current_one(day, count, lag, quarter, later):
    on = day + later
    size = 3 if quarter else 1
    end = month(on, lag)
    if quarter:  # quarters from February on
        end = month(end, (end.month - 2) % 3)
    window = ClosedMonths(count, lag, quarter=quarter, first_month=2)

    assert (on in window.counts(day)) == (month(end, count * size) <= day < end)
    assert window.first(on) == month(end, count * size)


@given(days, st.integers(1, 3), st.sampled_from([0, 12]), numbers)
def test_months_may_be_over_on_their_last_day(day, count, lag, later):
    on = day + later
    early = ClosedMonths(count, lag, on_last_day=True)
    usual = ClosedMonths(count, lag)

    assert (on in early.counts(day)) == (on + DAY in usual.counts(day))
    assert early.first(on) == usual.first(on + DAY)


@given(days, numbers)
def test_year_runs_from_its_first_day_to_the_day(day, later):
    on = day + later
    start = date(on.year if (on.month, on.day) >= (4, 1) else on.year - 1, 4, 1)

    assert (on in Year((4, 1)).counts(day)) == (start <= day)
    assert Year((4, 1)).first(on) == start
    closed = Year((4, 1), closed=True)
    assert (on in closed.counts(day)) == (start.replace(year=start.year - 1) <= day < start)
    assert closed.first(on) == start.replace(year=start.year - 1)


def test_fixed_days_go_on_to_count():
    window = Fixed(date(2026, 1, 1), date(2026, 12, 31))

    assert window.counts(date(2025, 12, 31)) is None
    assert window.counts(date(2026, 12, 31)) == Period(date(2026, 12, 31))
    assert window.counts(date(2027, 1, 1)) is None
    assert window.first(date(2026, 5, 5)) == date(2026, 1, 1)
    assert on_any_day(window, (Period(date(2025, 1, 1), date(2026, 1, 2)),)) == (
        Period(date(2026, 1, 1)),
    )
    assert on_any_day(window, (Period(date(2026, 12, 31)),)) == (Period(date(2026, 12, 31)),)
    assert on_any_day(window, (Period(date(2027, 1, 1)),)) == ()


@pytest.mark.parametrize(
    "window",
    [
        Ever(),
        RollingDays(40),
        RollingMonths(2),
        ForwardMonths(2),
        CalendarMonths(1),
        Fixed(date(2024, 2, 10), date(2024, 3, 5)),
        Year((2, 29)),
        Year((2, 29), closed=True),
        ClosedMonths(),
        ClosedMonths(2, lag=1),
        ClosedMonths(on_last_day=True),
        ClosedMonths(1, quarter=True, first_month=2),
    ],
    ids=repr,
)
def test_last_day_looked_at_is_the_last_of_which_a_record_counts(window):
    counting = {}
    for number in range(1200):
        day = date(2022, 1, 1) + number * DAY
        counting[day] = window.counts(day)
        seen = [one for one, period in counting.items() if period and day in period]
        if seen:
            assert last_looked_at(window, day) == seen[-1]


def test_without_a_window_a_record_counts_from_its_day_on():
    assert Ever().counts(date(2026, 1, 1)) == Period(date(2026, 1, 1))
    assert Ever().first(date(2026, 1, 1)) == date.min


@pytest.mark.parametrize(
    ("day", "length", "end"),
    [
        ("2025-10-01", 12, "2026-10-01"),
        ("2025-01-31", 1, "2025-03-01"),
        ("2024-02-29", 12, "2025-03-01"),
        ("2025-02-28", 1, "2025-03-28"),
    ],
)
def test_rolling_months_clamp_at_the_end_of_a_month(day, length, end):
    period = RollingMonths(length).counts(date.fromisoformat(day))

    assert period == Period(date.fromisoformat(day), date.fromisoformat(end))


def test_months_are_added_up_to_the_last_day_of_the_month():
    assert add_months(date(2024, 1, 31), 27) == date(2026, 4, 30)
    assert add_months(date(2024, 2, 29), 12) == date(2025, 2, 28)  # W19: the anniversary
    assert add_months(date(2026, 1, 15), -1) == date(2025, 12, 15)


def test_last_day_of_february_is_found_in_every_year():
    leap = [(2, 29)]

    assert last_of(leap, date(2025, 3, 1)) == date(2025, 2, 28)
    assert next_of(leap, date(2023, 3, 1)) == date(2024, 2, 29)


@given(days, numbers, days)
def test_snapshot_shows_what_held_on_its_day(start, length, on):
    period = Period(start, start + length + DAY)
    quarters = [(3, 31), (9, 30)]
    seen = seen_from_snapshots(quarters, (period,))

    assert any(on in one for one in seen) == (last_of(quarters, on) in period)


def test_snapshot_of_what_never_ends_never_ends():
    assert seen_from_snapshots([(3, 31)], (Period(date(2026, 4, 1)),)) == (
        Period(date(2027, 3, 31)),
    )


@given(days, numbers, st.integers(1, 8), days)
def test_unbroken_reaches_back_to_the_first_day(start, length, count, on):
    period = Period(start, start + length + DAY)

    assert any(on in one for one in unbroken(count, (period,))) == (
        on in period and add_months(on, -count) in period
    )


@pytest.mark.parametrize(
    ("start", "first"),
    [
        (date(2025, 8, 31), date(2026, 3, 1)),
        (date(2023, 8, 31), date(2024, 3, 1)),
        (date(2023, 8, 29), date(2024, 2, 29)),
        (date(2025, 8, 28), date(2026, 2, 28)),
    ],
)
def test_unbroken_is_no_shorter_where_a_month_is(start, first):
    assert unbroken(6, (Period(start),)) == (Period(first),)


def test_unbroken_goes_on_where_there_is_no_end():
    assert unbroken(6, (Period(date(2026, 1, 1)),)) == (Period(date(2026, 7, 1)),)


@given(days, numbers, st.integers(0, 3), days)
def test_any_day_of_the_window_is_enough(start, length, full, on):
    period = Period(start, start + length + DAY)
    seen = on_any_day(CalendarMonths(full), (period,))

    assert any(on in one for one in seen) == (period.start <= on and period.end > month(on, full))


def test_any_day_is_over_when_the_window_has_left_the_last_day_behind():
    held = (Period(date(2026, 1, 1), date(2026, 1, 3)),)

    assert on_any_day(RollingDays(9), held) == (Period(date(2026, 1, 1), date(2026, 1, 11)),)


def test_any_day_goes_on_where_there_is_no_end():
    assert on_any_day(RollingDays(9), (Period(date(2026, 1, 1)),)) == (Period(date(2026, 1, 1)),)
