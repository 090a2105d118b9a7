"""How a program is run, as documents say it."""

from datetime import date

import pytest

from accreditation.criteria.document import parse
from accreditation.criteria.periods import Period
from accreditation.criteria.settings import (
    ANY_DAY,
    Extension,
    FactsOf,
    Moving,
    ReviewDays,
    Settings,
)
from tests.accreditation.criteria.test_document import problems
from tests.accreditation.criteria.worlds import document, people

FIRST_HALF = {"from": "2020-01-01", "through": "2020-06-30"}
YEARLY = ReviewDays(days=((3, 1),))
QUARTERLY = ReviewDays(days=((3, 1), (6, 1), (9, 1), (12, 1)))


def settings(**written: object) -> Settings:
    return parse(document(people(), settings=written)).settings


def test_without_settings_levels_move_on_any_day() -> None:
    assert settings() == Settings(up=ANY_DAY, down=ANY_DAY, facts_of=FactsOf.PARTNER)


def test_reviews_name_a_way_or_days_of_the_year() -> None:
    found = settings(term_months=12, reviews={"up": ["03-01"], "down": "at_renewal"})

    assert (found.up, found.down) == (YEARLY, ReviewDays(Moving.AT_RENEWAL))


def test_facts_of_the_subtree() -> None:
    assert settings(facts_of="subtree").facts_of is FactsOf.SUBTREE


@pytest.mark.parametrize(
    ("days", "on", "following"),
    [
        (ANY_DAY, date(2026, 3, 2), date(2026, 3, 2)),
        (YEARLY, date(2026, 3, 1), date(2026, 3, 1)),
        (YEARLY, date(2026, 3, 2), date(2027, 3, 1)),
        (QUARTERLY, date(2026, 3, 2), date(2026, 6, 1)),
        (QUARTERLY, date(2026, 12, 2), date(2027, 3, 1)),
        (ReviewDays(Moving.AT_RENEWAL), date(2026, 3, 2), None),
        (ReviewDays(days=((2, 29),)), date(2026, 2, 1), date(2026, 2, 28)),
    ],
)
def test_next_review_day(days: ReviewDays, on: date, following: date | None) -> None:
    assert days.next_from(on) == following
    assert (on in days) is (on == following)


@pytest.mark.parametrize(
    ("last", "extended"),
    [
        (date(2019, 12, 31), date(2019, 12, 31)),
        (date(2020, 1, 1), date(2021, 1, 1)),
        (date(2020, 2, 29), date(2021, 2, 28)),
        (date(2020, 6, 30), date(2021, 6, 30)),
        (date(2020, 7, 1), date(2020, 7, 1)),
    ],
)
def test_w19_blanket_extension_moves_the_last_day_if_it_lies_within(
    last: date, extended: date
) -> None:
    found = settings(term_months=12, extensions=[{**FIRST_HALF, "months": 12}])
    (extension,) = found.extensions

    assert extension == Extension(Period(date(2020, 1, 1), date(2020, 7, 1)), 12)
    assert found.extended(_after(last)) == _after(extended)


def _after(day: date) -> date:
    return date.fromordinal(day.toordinal() + 1)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (
            {"reviews": {"down": "yearly"}},
            "settings.reviews.down: must be one of: any_day, at_renewal",
        ),
        (
            {"reviews": {"up": ["13-01"]}},
            "settings.reviews.up: must be a day of the year, written as MM-DD",
        ),
        (
            {"reviews": {"sideways": []}},
            "settings.reviews.sideways: is not known here; known names: up, down",
        ),
        (
            {"reviews": {"up": "at_renewal"}},
            "settings.reviews.up: has no meaning without term_months",
        ),
        (
            {"renewal_late_days": 30},
            "settings.renewal_late_days: has no meaning without term_months",
        ),
        (
            {"extensions": [{**FIRST_HALF, "months": 12}]},
            "settings.extensions: has no meaning without term_months",
        ),
        (
            {"term_months": 12, "extensions": [{**FIRST_HALF, "months": 3}]},
            (
                "settings.extensions[0].months: must reach beyond 2020-06-30, "
                "or an award would be extended again"
            ),
        ),
        (
            {
                "term_months": 12,
                "extensions": [{"from": "2020-02-01", "through": "2020-01-01", "months": 12}],
            },
            "settings.extensions[0].through: must not be before 2020-02-01",
        ),
        (
            {"term_months": 12, "extensions": [{"from": "2020-02-01", "months": 12}]},
            "settings.extensions[0].through: is missing",
        ),
        ({"facts_of": "tree"}, "settings.facts_of: must be one of: partner, subtree"),
    ],
)
def test_mistakes_are_named_with_their_place(written: dict[str, object], said: str) -> None:
    assert problems(document(people(), settings=written)) == [said]


def test_open_term_is_no_contradiction_in_a_draft() -> None:
    written = document(people(), settings={"term_months": "open", "renewal_late_days": 30})

    assert parse(written, draft=True).open_places == ("settings.term_months",)


def test_program_says_what_its_levels_count_among() -> None:
    written = document(people())
    written["program"] |= {"groups": ["specialization"], "family": "adf"}

    program = parse(written).program

    assert (program.groups, program.family) == (frozenset({"specialization"}), "adf")
