"""A measure as it was some months before: growth of anything."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accreditation.criteria.document import parse
from accreditation.criteria.facts import PartnerFacts
from accreditation.criteria.judge import judge
from accreditation.criteria.periods import DAY, add_months
from accreditation.criteria.verdicts import Cause, CauseCode, ReasonCode, Result
from tests.accreditation.criteria.figures import known, reading
from tests.accreditation.criteria.strategies import days
from tests.accreditation.criteria.strategies_of_measures import THEN
from tests.accreditation.criteria.strategies_of_records import partners
from tests.accreditation.criteria.test_document import problems
from tests.accreditation.criteria.worlds import (
    TODAY,
    certificate,
    counted,
    document,
    employee,
    facts,
    finding_on,
    leaf,
    reasons,
    rules,
)

ENGINEERS = {"kind": "people_holding", "certifications": ["engineer"]}
LAST_YEAR = date(2025, 3, 2)


def earlier(measure=ENGINEERS, months: int = 12):
    return {"kind": "earlier", "months": months, "measure": measure}


GROWN = leaf("ratio", numerator=ENGINEERS, denominator=earlier(), at_least=1.1)


def ten_engineers() -> list:
    """Return ten people who have been certified for long."""
    names = [f"Engineer {number}" for number in range(10)]
    return [record for one in names for record in (employee(one), certificate(one))]


def acme(edda: date, *, mara_through: date | None = None) -> PartnerFacts:
    """Return ten engineers, Edda who is certified since a day, and Mara who was for a while."""
    held = [certificate("Mara", last=mara_through)] if mara_through else []
    return facts(
        *ten_engineers(),
        employee("Edda"),
        certificate("Edda", since=edda),
        employee("Mara"),
        *held,
    )


def test_certified_people_grew_by_a_tenth():
    grown = finding_on(TODAY, GROWN, acme(LAST_YEAR + DAY))
    as_many = finding_on(TODAY, GROWN, acme(LAST_YEAR))

    assert (grown.result, grown.have, grown.unit) == (Result.MET, Decimal("1.1"), "share")
    assert [one.have for one in grown.children] == [11, 10]
    assert (as_many.result, as_many.have) == (Result.NOT_MET, 1)


def test_growth_ends_by_itself_when_the_newcomer_has_been_there_for_a_year():
    finding = finding_on(TODAY, GROWN, acme(date(2025, 4, 1)))

    assert (finding.result, finding.changes_on) == (Result.MET, date(2026, 4, 1))
    assert finding.cause == Cause(CauseCode.TIME_PASSES, "Edda-engineer", "Edda")


def test_what_counted_then_is_shown_with_the_reasons_of_then():
    known_ = acme(date(2025, 6, 1), mara_through=date(2025, 5, 1))

    finding = finding_on(TODAY, leaf("earlier", months=12, measure=ENGINEERS, at_least=11), known_)

    assert (finding.result, finding.have, finding.unit) == (Result.MET, 11, "people")
    assert "Mara-engineer" in counted(finding)
    assert reasons(finding) == {"Edda-engineer": ReasonCode.NOT_YET_VALID}
    assert finding.changes_on == date(2026, 5, 2)
    assert finding.cause == Cause(CauseCode.TIME_PASSES, "Mara-engineer", "Mara")


USAGE = {"kind": "metric", "metric": "points", "take": "latest"}


@pytest.mark.parametrize(
    ("day", "have"),
    [
        ("2026-02-27", 0),
        ("2026-02-28", 28),
        ("2026-03-01", 28),
        ("2026-03-27", 28),
        ("2026-03-31", 28),
        ("2026-04-29", 28),
        ("2026-04-30", 30),
        ("2026-05-01", 31),
    ],
)
def test_same_day_of_a_shorter_month_is_its_last(day, have):
    """What is recorded on 31 March is first seen from 1 May: no day of April looks back on it."""
    figures = known(
        reading(28, date(2026, 1, 28), "a", metric="points"),
        reading(30, date(2026, 3, 30), "b", metric="points"),
        reading(31, date(2026, 3, 31), "c", metric="points"),
    )
    node = leaf("earlier", months=1, measure=USAGE, at_least=1)

    assert finding_on(date.fromisoformat(day), node, figures).have == have


def test_day_that_no_day_looks_back_on_is_passed_over():
    """The figure of 30 January is replaced on the 31st; from February, only that one is seen."""
    figures = known(
        reading(1, date(2026, 1, 30), "passing", metric="points"),
        reading(28, date(2026, 1, 31), "a", metric="points"),
    )
    node = leaf("earlier", months=1, measure=USAGE, at_least=1)

    verdict = judge(rules(node), figures, date(2026, 2, 10))

    assert verdict.review_on == verdict.changes_on == date(2026, 3, 1)
    assert verdict.levels[0].cause == Cause(CauseCode.TIME_PASSES, "a")


def test_what_may_be_asked_earlier_is_any_measure_and_earlier_still():
    twice = earlier(earlier(USAGE, months=1), months=1)
    figures = known(reading(5, date(2025, 12, 31), metric="points"))
    node = leaf(
        "net", gains=twice, losses={**USAGE, "metric": "none", "if_none": "zero"}, at_least=5
    )

    assert finding_on(date(2026, 2, 28), node, figures).result is Result.CANNOT_BE_JUDGED
    assert finding_on(date(2026, 3, 1), node, figures).result is Result.MET


@pytest.mark.parametrize(
    ("more", "problem"),
    [
        ({"measure": USAGE}, "criteria.months: is missing"),
        ({"measure": USAGE, "months": 601}, "criteria.months: must be at most 600"),
        ({"months": 1}, "criteria.measure: is missing"),
        ({"months": 1, "measure": {"kind": "judgement"}}, "criteria.measure.kind: counts nothing"),
        (
            {"months": 1, "measure": {**USAGE, "at_least": 1}},
            "criteria.measure.at_least: is not known here",
        ),
    ],
)
def test_earlier_with_a_mistake_is_refused_at_its_place(more, problem):
    [found] = problems(document(leaf("earlier", at_least=1, **more)))

    assert found.startswith(problem)


@given(
    THEN,
    partners("readings", "documents", "survey_answers"),
    days,
    st.sampled_from((1, 2, 12)),
)
def test_earlier_is_the_measure_judged_on_the_earlier_day(measure, partner, on, months):
    node = leaf("earlier", at_least=2, months=months, measure=measure)
    then = judge(
        parse(document(leaf(key="leaf", at_least=2, **measure))), partner, add_months(on, -months)
    )
    now = judge(parse(document(node)), partner, on)

    [before, after] = (one.levels[0].finding for one in (then, now))
    assert (after.result, after.have, after.counted) == (before.result, before.have, before.counted)
    assert after.not_counted == before.not_counted
    assert [one.have for one in after.children] == [one.have for one in before.children]
