from datetime import timedelta

import pytest

from accreditation.criteria.document import parse
from accreditation.criteria.facts import PartnerFacts
from accreditation.criteria.judge import judge
from accreditation.criteria.kinds.nodes.wrapping import never_changes
from accreditation.criteria.verdicts import Cause, CauseCode, Outlook, Result
from tests.accreditation.criteria.worlds import (
    TODAY,
    certificate,
    document,
    employee,
    facts,
    people,
    rules,
    team,
)

DAY = timedelta(days=1)
TOMORROW = TODAY + DAY
BY_LEVEL = people(at_least={"silver": 1, "gold": 2})


def test_highest_level_that_is_met_is_named():
    silver_and_gold = rules(BY_LEVEL, "silver", "gold")

    levels = [
        judge(silver_and_gold, facts(*team(*names)), TODAY).level
        for names in ([], ["Edda"], ["Edda", "Paul"])
    ]

    assert levels == [None, "silver", "gold"]


def test_level_verdict_can_be_asked_by_its_key():
    verdict = judge(rules(BY_LEVEL, "silver", "gold"), facts(*team("Edda")), TODAY)

    assert (verdict.of("silver").met, verdict.of("gold").met) == (True, False)
    assert [level.rank for level in verdict.levels] == [1, 2]
    with pytest.raises(KeyError, match="platinum"):
        verdict.of("platinum")


def test_level_adds_its_own_criteria_to_the_shared_ones():
    gold = {
        "key": "gold",
        "name": {"en": "Gold"},
        "criteria": people("architects", certifications=["architect"]),
    }
    written = rules(people(), "silver", gold)

    without = judge(written, facts(*team("Edda")), TODAY)
    with_one = judge(written, facts(*team("Edda"), certificate("Edda", "architect")), TODAY)

    assert (without.level, with_one.level) == ("silver", "gold")
    assert with_one.of("gold").finding.kind == "all"
    assert [child.key for child in with_one.of("gold").finding.children] == [
        "people",
        "architects",
    ]


UPSIDE_DOWN = people(at_least={"silver": 2, "gold": 1})


def test_levels_are_nested_unless_the_program_says_not():
    one_person = facts(*team("Edda"))

    nested = judge(rules(UPSIDE_DOWN, "silver", "gold"), one_person, TODAY)
    apart = judge(rules(UPSIDE_DOWN, "silver", "gold", nested_levels=False), one_person, TODAY)

    assert (nested.level, apart.level) == (None, "gold")
    assert nested.of("gold").result is Result.NOT_MET
    assert nested.of("gold").finding.result is Result.MET


def test_nested_level_changes_with_the_level_below_and_names_its_cause():
    known = facts(*team("Edda"), employee("Paul"), certificate("Paul", last=TODAY))

    gold = judge(rules(UPSIDE_DOWN, "silver", "gold"), known, TODAY).of("gold")

    assert (gold.changes_on, gold.finding.changes_on) == (TOMORROW, None)
    assert gold.cause == Cause(CauseCode.CERTIFICATE_EXPIRES, "Paul-engineer", "Paul")


def test_outlook_lists_every_later_level_until_the_lapse():
    known = facts(
        employee("Edda"),
        certificate("Edda", last=TODAY + 9 * DAY),
        employee("Paul"),
        certificate("Paul", last=TODAY),
    )

    verdict = judge(rules(BY_LEVEL, "silver", "gold"), known, TODAY)

    assert verdict.outlook == (Outlook(TOMORROW, "silver"), Outlook(TODAY + 10 * DAY, None))
    assert verdict.changes_on == verdict.review_on == TOMORROW
    assert verdict.lapses_on == TODAY + 10 * DAY


def test_verdict_without_level_has_nothing_to_lapse():
    verdict = judge(rules(people()), PartnerFacts(), TODAY)

    assert (verdict.met, verdict.lapses_on, verdict.review_on) == (False, None, None)


def test_verdict_that_lasts_forever_lapses_never():
    verdict = judge(rules(people()), facts(*team("Edda")), TODAY)

    assert (verdict.met, verdict.lapses_on, verdict.changes_on) == (True, None, None)


def test_review_comes_before_the_result_changes_when_a_record_does():
    known = facts(*team("Edda"), employee("Paul"), certificate("Paul", last=TODAY))

    verdict = judge(rules(people()), known, TODAY)

    assert (verdict.changes_on, verdict.review_on) == (None, TOMORROW)


def test_draft_with_open_numbers_is_not_judged():
    draft = parse(document(people(at_least="open")), draft=True)

    with pytest.raises(ValueError, match=r"open at criteria\.at_least"):
        judge(draft, PartnerFacts(), TODAY)


def test_what_nobody_asks_cannot_change():
    with pytest.raises(ValueError, match="nothing is asked"):
        never_changes(TODAY)
