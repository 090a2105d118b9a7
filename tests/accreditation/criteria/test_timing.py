"""Windows as documents describe them."""

from datetime import date

import pytest

from accreditation.criteria.document import parse
from accreditation.criteria.facts import PartnerFacts
from accreditation.criteria.judge import judge
from accreditation.criteria.kinds.records.customer_records import RecordsCounted
from accreditation.criteria.windows import (
    CalendarMonths,
    ClosedMonths,
    Ever,
    Fixed,
    ForwardMonths,
    RollingDays,
    RollingMonths,
    Year,
)
from tests.accreditation.criteria.test_document import problems
from tests.accreditation.criteria.worlds import document, leaf, rules


def asked(**more):
    return leaf("records_counted", records="references", distinct="record", at_least=1, **more)


@pytest.mark.parametrize(
    ("written", "window"),
    [
        ({"rolling_days": 90}, RollingDays(90)),
        ({"rolling_months": 12}, RollingMonths(12)),
        ({"forward_months": 3}, ForwardMonths(3)),
        ({"calendar_months": 5}, CalendarMonths(5)),
        (
            {"fixed": {"from": "2026-01-01", "through": "2026-12-31"}},
            Fixed(date(2026, 1, 1), date(2026, 12, 31)),
        ),
        ({"year_from": "04-01"}, Year((4, 1))),
        ({"closed_year_from": "04-01"}, Year((4, 1), closed=True)),
        ({"closed_months": 1}, ClosedMonths()),
        ({"closed_months": 1, "lag_months": 12}, ClosedMonths(lag=12)),
        (
            {"closed_quarters": 2, "quarters_from": "02-01"},
            ClosedMonths(2, quarter=True, first_month=2),
        ),
        ({"closed_months": 1, "on_last_day": True}, ClosedMonths(on_last_day=True)),
        (None, Ever()),
    ],
)
def test_window_reads(written, window):
    criterion = rules(asked(window=written)).criteria

    assert isinstance(criterion, RecordsCounted)
    assert criterion.records.window == window


@pytest.mark.parametrize(
    "window",
    [{"year_from": "open"}, {"closed_months": 1, "quarters_from": "open"}],
)
def test_first_day_of_a_year_may_be_left_open_in_a_draft(window):
    name = next(one for one in window if window[one] == "open")
    place = f"criteria.window.{name}"

    assert problems(document(asked(window=window)))[0].startswith(f"{place}: is still open")
    assert parse(document(asked(window=window)), draft=True).open_places == (place,)


WRONG = [
    (12, "criteria.window: must be a mapping of names to values"),
    ({}, "criteria.window: must have exactly one of: rolling_days, rolling_months"),
    ({"rolling_days": 1, "rolling_months": 1}, "criteria.window: must have exactly one of"),
    ({"rolling_days": 0}, "criteria.window.rolling_days: must be a positive whole number"),
    ({"rolling_days": 1, "lag_months": 1}, "criteria.window.lag_months: is not known here"),
    ({"year_from": "4/1"}, "criteria.window.year_from: must be a day of the year, written as"),
    ({"fixed": {"from": "2026-01-01"}}, "criteria.window.fixed.through: is missing"),
    (
        {"fixed": {"from": "2026-01-02", "through": "2026-01-01"}},
        "criteria.window.fixed.through: must not be before 2026-01-02",
    ),
]


@pytest.mark.parametrize(("written", "problem"), WRONG, ids=[text for _, text in WRONG])
def test_window_with_a_mistake_is_refused_at_its_place(written, problem):
    assert problems(document(asked(window=written)))[0].startswith(problem)


FILTERS = [
    ({"industry": ["a"]}, "criteria.where.industry: is not known here; known names: stages"),
    ({"industries": "a"}, "criteria.where.industries: must be a list with at least one entry"),
    ({"industries": [" "]}, "criteria.where.industries[0]: must be text"),
    ({"attributes": {"a": []}}, "criteria.where.attributes.a: must be a list"),
    ({"dated": {"a": {}}}, "criteria.where.dated.a.from: is missing"),
    (
        {"dated": {"a": {"from": "2026-01-02", "through": "2026-01-01"}}},
        "criteria.where.dated.a.through: must not be before 2026-01-02",
    ),
    ({"within": [{"date": "a", "after": "b"}]}, "criteria.where.within[0].days: is missing"),
]


@pytest.mark.parametrize(("where", "problem"), FILTERS, ids=[text for _, text in FILTERS])
def test_filter_with_a_mistake_is_refused_at_its_place(where, problem):
    assert problems(document(asked(where=where)))[0].startswith(problem)


def test_filter_of_papers_knows_only_their_own_fields():
    node = leaf("fee_paid", fees=["a"], where={"industries": ["a"]})

    assert problems(document(node)) == [
        "criteria.where.industries: is not known here; known names: attributes, dated, numbers, within"
    ]


@pytest.mark.parametrize(
    ("name", "limit"),
    [
        ("rolling_days", 36_500),
        ("rolling_months", 600),
        ("forward_months", 600),
        ("calendar_months", 600),
        ("closed_months", 600),
        ("closed_quarters", 200),
    ],
)
def test_window_reaches_no_further_than_the_calendar_bears(name, limit):
    assert rules(asked(window={name: limit}))
    assert problems(document(asked(window={name: limit + 1}))) == [
        f"criteria.window.{name}: must be at most {limit}"
    ]


@pytest.mark.parametrize(
    "window",
    [
        {"rolling_days": 36_500},
        {"rolling_months": 600},
        {"closed_quarters": 200, "lag_months": 600},
    ],
    ids=str,
)
@pytest.mark.parametrize("on", [date(1900, 1, 1), date(2199, 12, 31)])
def test_windows_within_windows_stay_within_the_calendar(on, window):
    """As deep as a document may be, on the first and the last day that can be asked for."""
    node = asked(window=window)
    for number in range(12):
        node = {
            "key": f"in-{number}",
            "text": {"en": "On any day."},
            "any_day": {"window": window},
            "then": node,
        }

    assert judge(rules(node), PartnerFacts(), on).level is None
