"""What customers answered."""

from datetime import date
from decimal import Decimal

import pytest

from accreditation.criteria.facts import PartnerFacts
from accreditation.criteria.judge import judge
from accreditation.criteria.periods import DAY
from accreditation.criteria.records import SurveyAnswer
from accreditation.criteria.verdicts import Cause, CauseCode, ReasonCode, Result
from tests.accreditation.criteria.test_document import problems
from tests.accreditation.criteria.worlds import (
    TODAY,
    counted,
    document,
    finding_on,
    leaf,
    reasons,
    rules,
)


def answers(*given) -> PartnerFacts:
    """Return answers of (score, service type, day), each of another customer unless told."""
    return PartnerFacts(
        survey_answers=tuple(
            SurveyAnswer(f"a{number}", customer or f"c{number}", kind, Decimal(score), day)
            for number, (score, kind, day, customer) in enumerate(given)
        )
    )


def answer(score, kind="support", day=TODAY, customer=""):
    return score, kind, day, customer


def satisfied(**more):
    return leaf("satisfaction", **{"at_least": 4.5, "minimum_answers": 2, **more})


@pytest.mark.parametrize(
    ("scores", "result"),
    [
        (["5", "4"], Result.MET),
        (["5", "3.9999999999"], Result.NOT_MET),
        (["5"], Result.CANNOT_BE_JUDGED),
        ([], Result.CANNOT_BE_JUDGED),
    ],
)
def test_mean_needs_a_minimum_of_answers(scores, result):
    assert finding_on(TODAY, satisfied(), answers(*map(answer, scores))).result is result


def test_mean_is_exact():
    facts = answers(*map(answer, ["4", "4", "5"]))

    finding = finding_on(TODAY, satisfied(at_least=4.333333333333333), facts)

    assert (finding.result, finding.have) == (
        Result.MET,
        Decimal("4.333333333333333333333333333"),
    )
    assert finding_on(TODAY, satisfied(at_least=4.333333333333334), facts).result is Result.NOT_MET


def test_answers_leave_the_window_by_themselves():
    facts = answers(answer("5"), answer("5", day=date(2025, 3, 3)))

    finding = finding_on(TODAY, satisfied(window={"rolling_months": 12}), facts)

    assert (finding.result, finding.changes_on) == (Result.MET, TODAY + DAY)
    assert finding.cause == Cause(CauseCode.RECORD_TOO_OLD, "a1")


def test_answers_about_other_services_do_not_count():
    facts = answers(answer("5"), answer("1", "training"))

    finding = finding_on(TODAY, satisfied(service_types=["support"], minimum_answers=1), facts)

    assert (finding.have, counted(finding)) == (5, ["a0"])
    assert reasons(finding) == {"a1": ReasonCode.WRONG_SERVICE_TYPE}


@pytest.mark.parametrize(
    ("training", "types", "result"),
    [
        (["5", "4"], {}, Result.MET),
        (["4", "4"], {}, Result.NOT_MET),
        (["5"], {}, Result.CANNOT_BE_JUDGED),
        ([], {}, Result.MET),
        ([], {"service_types": ["support", "training"]}, Result.CANNOT_BE_JUDGED),
    ],
)
def test_each_service_type_is_judged_apart(training, types, result):
    facts = answers(answer("5"), answer("5"), *(answer(score, "training") for score in training))

    finding = finding_on(TODAY, satisfied(each_service_type=True, **types), facts)

    assert finding.result is result


def test_service_type_that_is_too_low_decides_whatever_is_unknown():
    facts = answers(answer("1"), answer("1"), answer("5", "training"))

    assert finding_on(TODAY, satisfied(each_service_type=True), facts).result is Result.NOT_MET


def test_no_answers_about_any_service_cannot_be_judged():
    finding = finding_on(TODAY, satisfied(each_service_type=True), answers())

    assert finding.result is Result.CANNOT_BE_JUDGED


@pytest.mark.parametrize(("distinct", "have"), [("record", 3), ("customer", 2)])
def test_answers_or_customers_who_answered_are_counted(distinct, have):
    facts = answers(answer("1", customer="x"), answer("5", customer="x"), answer("3"))

    finding = finding_on(TODAY, leaf("survey_answers", distinct=distinct, at_least=2), facts)

    assert (finding.have, finding.result) == (have, Result.MET)


@pytest.mark.parametrize("distinct", ["country", "answer", 3])
def test_answers_count_by_themselves_or_by_customer_only(distinct):
    node = leaf("survey_answers", distinct=distinct, at_least=2)

    assert problems(document(node)) == ["criteria.distinct: must be one of: record, customer"]


PER_LEVEL = satisfied(minimum_answers={"silver": 2, "gold": 3})


@pytest.mark.parametrize(
    ("scores", "silver", "gold"),
    [
        (["5"], Result.CANNOT_BE_JUDGED, Result.CANNOT_BE_JUDGED),
        (["5", "4"], Result.MET, Result.CANNOT_BE_JUDGED),
        (["5", "4", "3"], Result.NOT_MET, Result.NOT_MET),
        (["5", "5", "5"], Result.MET, Result.MET),
    ],
)
def test_each_level_may_need_more_answers(scores, silver, gold):
    verdict = judge(rules(PER_LEVEL, "silver", "gold"), answers(*map(answer, scores)), TODAY)

    assert [level.finding.result for level in verdict.levels] == [silver, gold]


def test_level_without_a_number_of_its_own_needs_one_answer():
    program = rules(satisfied(minimum_answers={"gold": 2}), "silver", "gold")

    verdict = judge(program, answers(answer("5")), TODAY)

    assert [level.finding.result for level in verdict.levels] == [
        Result.MET,
        Result.CANNOT_BE_JUDGED,
    ]


def test_level_that_needs_more_answers_is_lost_earlier():
    window = {"rolling_months": 1}
    old = answer("5", day=TODAY - 10 * DAY)
    program = rules({**PER_LEVEL, "window": window}, "silver", "gold")

    silver, gold = judge(program, answers(old, answer("5"), answer("5")), TODAY).levels

    gone = Cause(CauseCode.RECORD_TOO_OLD, "a0")
    assert (gold.finding.changes_on, gold.finding.cause) == (date(2026, 3, 20), gone)
    assert silver.finding.changes_on == date(2026, 4, 2)


@pytest.mark.parametrize(
    ("needed", "message"),
    [
        ({"iron": 2}, ".iron: is not a level of this program; its levels: gold"),
        ({"gold": "2"}, ".gold: must be a positive whole number"),
        ({"gold": 0}, ".gold: must be a positive whole number"),
        ({}, ": is missing"),
        (None, ": is missing"),
        ("2", ": must be a positive whole number"),
    ],
)
def test_number_of_answers_that_cannot_be_is_refused_where_it_stands(needed, message):
    assert problems(document(satisfied(minimum_answers=needed))) == [
        f"criteria.minimum_answers{message}"
    ]


def test_measure_needs_as_many_answers_whatever_the_level():
    inside = {"kind": "satisfaction", "minimum_answers": {"gold": 2}}
    node = leaf("ratio", numerator=inside, denominator=inside, at_least=1)

    assert problems(document(node))[0] == (
        "criteria.numerator.minimum_answers: must be a positive whole number"
    )
