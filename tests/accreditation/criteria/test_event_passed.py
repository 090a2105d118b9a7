"""So much time has passed since an event of the organization."""

from datetime import date
from typing import Any

import pytest

from accreditation.criteria.facts import PartnerFacts
from accreditation.criteria.judge import judge
from accreditation.criteria.periods import Period
from accreditation.criteria.records import OrganizationAttribute
from accreditation.criteria.verdicts import Cause, CauseCode, Finding, ReasonCode, Result
from tests.accreditation.criteria.figures import item, reading, score
from tests.accreditation.criteria.test_document import problems
from tests.accreditation.criteria.worlds import (
    LONG_AGO,
    TODAY,
    counted,
    document,
    finding_on,
    leaf,
    reasons,
    rules,
)


def opened(day: date, record: str = "opened", since: date = LONG_AGO) -> OrganizationAttribute:
    return OrganizationAttribute(record, "opened", day, Period(since))


def asked(**more: Any) -> dict[str, Any]:
    return leaf("event_passed", "old", event="opened", **more)


def found(node: dict[str, Any], *attributes: OrganizationAttribute, on: date = TODAY) -> Finding:
    return finding_on(on, node, PartnerFacts(attributes=attributes))


@pytest.mark.parametrize(
    ("event", "span", "first"),
    [
        (date(2026, 1, 1), {"days": 90}, date(2026, 4, 1)),
        (date(2026, 1, 1), {"months": 3}, date(2026, 4, 1)),
        (date(2026, 1, 31), {"months": 1}, date(2026, 3, 1)),
        (date(2025, 8, 31), {"months": 6}, date(2026, 3, 1)),
        (date(2026, 1, 1), {"months": 1, "days": 2}, date(2026, 2, 3)),
        (date(2026, 1, 1), {}, date(2026, 1, 1)),
    ],
)
def test_event_passes_on_the_day_on_which_so_much_time_is_over(event, span, first):
    node = asked(**span)
    before = found(node, opened(event), on=date(2025, 12, 31))

    assert (before.result, before.changes_on) == (Result.NOT_MET, first)
    assert before.cause == Cause(CauseCode.TIME_PASSES, "opened")
    assert reasons(before) == {"opened": ReasonCode.TOO_RECENT}
    assert found(node, opened(event), on=first).result is Result.MET


def test_event_that_passed_counts_for_good():
    finding = found(asked(days=90), opened(LONG_AGO))

    assert (counted(finding), finding.changes_on) == (["opened"], None)
    assert (finding.have, finding.need, finding.unit) == (1, 1, "events")


def test_event_that_nobody_recorded_cannot_be_judged():
    other = OrganizationAttribute("o", "opened", "yes", Period(LONG_AGO))

    assert found(asked(days=90)).result is Result.CANNOT_BE_JUDGED
    assert found(asked(days=90), other).result is Result.CANNOT_BE_JUDGED


def test_event_is_the_one_that_was_recorded_last():
    again = opened(TODAY, "again", since=TODAY)

    finding = found(asked(days=1), opened(LONG_AGO), again)

    assert (finding.result, reasons(finding)) == (
        Result.NOT_MET,
        {"again": ReasonCode.TOO_RECENT},
    )


def test_levels_may_ask_for_different_times():
    program = rules(
        {
            "all": [
                asked(at_least={"silver": 1}),
                {**asked(months=24, at_least={"gold": 1}), "key": "older"},
            ]
        },
        "silver",
        "gold",
    )

    levels = [
        judge(program, PartnerFacts(attributes=(opened(day),)), TODAY).level
        for day in (date(2024, 3, 2), date(2024, 3, 3))
    ]

    assert levels == ["gold", "silver"]


def test_young_partner_is_one_for_whom_it_has_not_passed():
    young = {"none": [asked(months=60)]}

    verdicts = [
        judge(rules(young), PartnerFacts(attributes=(opened(day),)), TODAY).levels[0].result
        for day in (date(2021, 3, 3), date(2021, 3, 2))
    ]

    assert verdicts == [Result.MET, Result.NOT_MET]


def test_points_may_begin_after_a_time():
    gate = {"measure": {"kind": "event_passed", "event": "opened", "months": 12}, "at_least": 1}
    known = PartnerFacts(attributes=(opened(TODAY),), readings=(reading(5, metric="usage"),))

    finding = finding_on(TODAY, score(item("usage", only_if=[gate]), at_least=1), known)

    assert (finding.have, finding.changes_on) == (0, date(2027, 3, 2))


@pytest.mark.parametrize(
    ("more", "problem"),
    [
        ({"days": -1}, "criteria.days: must be a whole number"),
        ({"days": "90"}, "criteria.days: must be a whole number"),
        ({"months": 601}, "criteria.months"),
        ({"at_least": 2}, "criteria.at_least: can never be reached: there are at most 1"),
        ({"at_most": 1}, "criteria.at_most: is not known here"),
        ({"weeks": 2}, "criteria.weeks: is not known here"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(more, problem):
    assert any(one.startswith(problem) for one in problems(document(asked(**more))))


def test_event_must_be_named():
    assert problems(document(leaf("event_passed"))) == ["criteria.event: is missing"]
