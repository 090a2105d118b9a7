"""Rows of requirements: every kind of finding is shown in its own unit, with its records and why."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings

from accreditation.criteria.document import parse
from accreditation.criteria.facts import PartnerFacts
from accreditation.criteria.judge import judge
from accreditation.criteria.records import (
    Decision,
    Deployment,
    DocumentAccepted,
    MetricReading,
    SurveyAnswer,
)
from accreditation.queries.explanations import ExplainedLevel, Teller
from accreditation.queries.names import Names
from accreditation.records import KnownRecord, records_judged
from accreditation.requirements import asked_by
from portal.look.components import FIRST_RECORDS, RequirementRow, RequirementState
from portal.look.requirements import requirement_rows
from tests.accreditation.criteria.strategies import days
from tests.accreditation.criteria.strategies_of_records import cases, nodes
from tests.accreditation.criteria.worlds import (
    TODAY,
    document,
    facts,
    leaf,
    people,
    team,
    through,
)

NAMES = Names(people={"Edda": "Edda Lind"}, customers={"k": "Klinikum"})
FIRST = date(2026, 1, 1)


def rows_of(written: dict[str, Any], known: PartnerFacts, on: date) -> list[RequirementRow]:
    rules = parse(written)
    verdict = judge(rules, known, on)
    records = records_judged(verdict, known)
    teller = Teller(
        labels={label.key: label for label in rules.labels()},
        known={one: KnownRecord.of(stored) for one, stored in records.items()},
        names=NAMES,
        program=rules.program.key,
    )
    level = verdict.levels[-1]
    explained = ExplainedLevel(level, teller.explained(level.finding))
    return requirement_rows(explained, asked_by(rules, level.level), on)


def row_of(node: dict[str, Any], known: PartnerFacts) -> RequirementRow:
    [row] = rows_of(document(node), known, TODAY)
    return row


def done(number: int, **more: Any) -> Deployment:
    return Deployment(
        id=f"d{number}",
        **{"customer": "k", "completed_on": FIRST, "confirmed_on": FIRST, **more},
    )


def projects(**more: Any) -> dict[str, Any]:
    return leaf("records_counted", records="deployments", distinct="record", **more)


def numbers(row: RequirementRow) -> tuple[str, str, str]:
    return str(row.have), str(row.asked), str(row.side)


def test_people_are_counted_as_people() -> None:
    row = row_of(people(at_least=3), facts(*team("Edda", "Mara")))

    assert numbers(row) == ("2", "of 3 people", "1 missing")
    assert (row.record_heading, row.records[0].name) == ("Person", "Edda Lind")


def test_what_was_done_for_a_customer_is_told_with_what_is_known_of_it() -> None:
    known = PartnerFacts(
        deployments=(
            done(1, kind="migration", value=Decimal("120000.50"), currency="EUR"),
            done(2, withdrawn_on=TODAY),
        )
    )

    row = row_of(projects(at_least=1), known)

    assert numbers(row)[:2] == ("1", "of 1 deployment")
    assert row.record_heading == "Deployment"
    counts, withdrawn = row.records
    assert counts.name == "Klinikum"
    assert "Migration · 120,000.5 EUR · confirmed 1 January 2026" in str(counts.detail)
    assert (withdrawn.counts, str(withdrawn.reason)) == (False, "No, withdrawn")


def test_a_share_that_is_just_too_small_never_looks_large_enough() -> None:
    known = PartnerFacts(deployments=tuple(done(n, stage="active" * (n < 2)) for n in range(3)))
    measure = {"kind": "records_counted", "records": "deployments", "distinct": "record"}
    row = row_of(
        leaf(
            "ratio",
            numerator={**measure, "where": {"stages": ["active"]}},
            denominator=measure,
            at_least=0.666667,
        ),
        known,
    )

    assert numbers(row)[:2] == ("66.6666…%", "at least 66.6667% needed")
    assert row.state is RequirementState.UNMET


def test_a_share_shows_what_is_divided_and_by_what() -> None:
    kinds = ("renewed", "due")
    readings = tuple(
        MetricReading(kind, kind, through(FIRST), Decimal(number))
        for kind, number in zip(kinds, (15, 20), strict=True)
    )
    divided, by = ({"kind": "metric", "metric": kind, "take": "latest"} for kind in kinds)
    row = row_of(
        leaf("ratio", numerator=divided, denominator=by, at_least=0.8),
        PartnerFacts(readings=readings),
    )

    assert numbers(row)[:2] == ("75%", "at least 80% needed")
    assert str(row.summary) == "15 of 20. 5 percentage points too low."
    assert [(str(one.title), str(one.have), one.state) for one in row.parts] == [
        ("What is divided", "15", RequirementState.PART),
        ("What it is divided by", "20", RequirementState.PART),
    ]
    assert [str(one.records[0].reason) for one in row.parts] == ["Counts", "Included"]


def test_at_most_says_how_many_are_too_many() -> None:
    readings = (MetricReading("m", "incidents", through(FIRST), Decimal(7)),)
    row = row_of(
        leaf("metric", metric="incidents", take="latest", at_most=5),
        PartnerFacts(readings=readings),
    )

    assert numbers(row)[:2] == ("7", "at most 5 allowed")
    assert "2 too many." in str(row.summary)
    assert row.meter is None


def test_a_sum_is_said_in_its_currency() -> None:
    readings = (MetricReading("m", "sales", through(FIRST), Decimal("9999.99"), currency="EUR"),)
    row = row_of(
        leaf("metric", metric="sales", take="sum", at_least=10000, currency="EUR"),
        PartnerFacts(readings=readings),
    )

    assert numbers(row)[:2] == ("9,999.99", "at least 10,000 EUR needed")
    assert "0.01 EUR missing." in str(row.summary)


def test_what_waits_for_review_says_that_it_does() -> None:
    paper = DocumentAccepted(id="p", kind="business-plan", period=through(FIRST), pending=True)
    row = row_of(
        leaf("document_accepted", documents=["business-plan"]), PartnerFacts(documents=(paper,))
    )

    assert row.state is RequirementState.UNKNOWN
    assert str(row.summary).startswith("Something waits for review.")
    assert (row.records[0].name, str(row.records[0].reason)) == (
        "Business plan",
        "Not yet, it waits for review",
    )


def test_a_decision_is_shown_with_what_was_decided() -> None:
    refused = Decision("d", "leaf", accepted=False, period=through(FIRST), by="r", reason="No.")
    undecided = row_of(leaf("decided_by_person"), PartnerFacts())
    decided = row_of(leaf("decided_by_person"), PartnerFacts(decisions=(refused,)))

    assert str(undecided.summary).startswith("Nobody has decided about it yet.")
    assert decided.state is RequirementState.UNMET
    assert str(decided.records[0].detail) == "Refused"


def test_too_few_answers_cannot_be_judged() -> None:
    answers = (SurveyAnswer("a", "k", "delivery", Decimal("4.5"), FIRST),)
    row = row_of(
        leaf("satisfaction", minimum_answers=2, at_least=4.3),
        PartnerFacts(survey_answers=answers),
    )

    assert row.state is RequirementState.UNKNOWN
    assert numbers(row)[:2] == ("–", "at least 4.3 needed")
    assert str(row.summary).startswith("Too few answers to judge: 1 of 2 answers.")
    assert "score 4.5" in str(row.records[0].detail)


def test_parts_of_a_score_add_points_or_must_reach_their_least() -> None:
    measure = {"kind": "people_holding", "certifications": ["engineer"]}
    other = {"kind": "people_holding", "certifications": ["architect"]}
    row = row_of(
        leaf(
            "score",
            at_least=20,
            items=[
                {"key": "a", "text": {"en": "Engineers"}, "points": 10, "measure": measure},
                {"key": "b", "text": {"en": "Architects"}, "points": 5, "measure": other},
                {
                    "key": "c",
                    "text": {"en": "Again"},
                    "points": 1,
                    "measure": measure,
                    "minimum": {"at_least": 2},
                },
            ],
        ),
        facts(*team("Edda")),
    )

    assert numbers(row) == ("11", "of 20 points", "9 missing")
    assert [(str(part.have), part.state) for part in row.parts] == [
        ("10", RequirementState.ADDS),
        ("0", RequirementState.IDLE),
        ("1", RequirementState.UNMET),
    ]


def test_a_step_is_locked_until_those_before_it_are_met() -> None:
    steps = [people("first", at_least=2), people("second"), people("third")]
    row = row_of({"key": "way", "text": {"en": "Way"}, "steps": steps}, facts(*team("Edda")))

    assert [part.state for part in row.parts] == [
        RequirementState.UNMET,
        RequirementState.LOCKED,
        RequirementState.LOCKED,
    ]
    assert not row.parts[1].is_open


def test_what_does_not_apply_is_not_asked() -> None:
    node = {
        "key": "if",
        "text": {"en": "Where there are architects"},
        "when": people("condition", certifications=["architect"]),
        "then": people("asked", at_least=9),
    }

    assert row_of(node, facts(*team("Edda"))).state is RequirementState.NOT_ASKED


def test_none_of_these_says_how_many_are() -> None:
    row = row_of({"none": [people("one")]}, facts(*team("Edda")))

    assert (str(row.have), str(row.asked), row.meter) == ("", "1 is met, none may be", None)


def test_the_rule_is_said_exactly_and_where_nothing_is_on_record() -> None:
    row = row_of(people(at_least=2), PartnerFacts())

    nothing, rule = str(row.note).split("\n")
    assert nothing == "Nothing on record belongs to this requirement yet."
    assert rule.startswith("Rule: At least 2 people")


def test_long_lists_are_folded() -> None:
    known = PartnerFacts(deployments=tuple(done(number) for number in range(300)))

    row = row_of(projects(at_least=1), known)

    assert len(row.first_records) == FIRST_RECORDS
    assert len(row.first_records) + len(row.further_records) + row.unshown_records == 300


@pytest.mark.django_db
@settings(max_examples=100)
@given(cases(nodes()), days)
def test_whatever_is_judged_can_be_shown(case: Any, on: date) -> None:
    written, known = case

    for row in rows_of(written, known, on):
        assert row.title
        assert row.have or row.asked
        assert "None" not in str(row.summary)


def test_open_places_say_who_there_is_to_fill_them() -> None:
    role = {"certifications": ["engineer"], "at_least": 1}
    node = leaf(
        "role_slots",
        "team",
        roles=[
            {"key": "lead", "text": {"en": "Lead"}, **role},
            {"key": "deputy", "text": {"en": "Deputy"}, **role},
        ],
    )

    row = row_of(node, facts(*team("Edda")))

    assert [str(part.title) for part in row.parts] == ["Lead", "Deputy"]
    assert (
        "1 missing for “Lead”, “Deputy”: 2 places compete for Edda Lind, who can fill no more."
    ) in str(row.note)
    assert {str(part.records[0].reason) for part in row.parts} == {
        "Not yet, too few people suit all the open roles"
    }


def test_places_that_nobody_suits_are_said_once_for_a_role() -> None:
    lead = {"key": "lead", "text": {"en": "Lead"}, "certifications": ["engineer"], "at_least": 3}

    row = row_of(leaf("role_slots", roles=[lead]), facts())

    assert str(row.note).splitlines()[0] == "3 missing for “Lead”: nobody suits."


def test_what_is_needed_by_something_unknown_is_not_said_to_be_nothing() -> None:
    need = {"by": "region", "table": {"emea": 5}}
    readings = (MetricReading("m", "sales", through(FIRST), Decimal(9)),)

    row = row_of(
        leaf("metric", metric="sales", take="sum", at_least=need), PartnerFacts(readings=readings)
    )

    assert (row.state, str(row.have), str(row.asked)) == (
        RequirementState.UNKNOWN,
        "9",
        "what is needed is not known",
    )


def test_figure_that_nothing_is_known_of_may_still_be_asked_to_be_at_least_nothing() -> None:
    row = row_of(leaf("metric", metric="sales", take="sum", at_least=0), PartnerFacts())

    assert (row.state, str(row.asked)) == (RequirementState.UNKNOWN, "at least 0 needed")


def test_records_that_are_not_there_are_named_by_what_is_counted() -> None:
    node = leaf("records_counted", records="transactions", distinct="record", at_least=2)

    assert numbers(row_of(node, facts()))[1] == "of 2 transactions"


def test_parts_of_a_share_that_nothing_is_known_of_ask_nothing() -> None:
    divided, by = ({"kind": "metric", "metric": kind, "take": "latest"} for kind in "ab")

    row = row_of(leaf("ratio", numerator=divided, denominator=by, at_least=0.8), facts())

    assert [str(part.asked) for part in row.parts] == ["", ""]
