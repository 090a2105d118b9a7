"""The laws by which a verdict speaks of its own future, whatever the partner and the rules."""

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from accreditation.criteria.document import Rules
from accreditation.criteria.facts import PartnerFacts
from accreditation.criteria.judge import judge
from accreditation.criteria.verdicts import Finding, Result, Verdict, content_hash

DAY = timedelta(days=1)
FAR = timedelta(days=200)
RANK = {Result.NOT_MET: 0, Result.CANNOT_BE_JUDGED: 1, Result.MET: 2}


def results(verdict: Verdict) -> list[Result]:
    return [level.result for level in verdict.levels]


def findings(verdict: Verdict) -> list[Finding]:
    rest = [level.finding for level in verdict.levels]
    for finding in rest:
        rest.extend(finding.children)
    return rest


def holds_until_the_day_it_names(rules: Rules, known: PartnerFacts, on: date, data: Any) -> None:
    verdict = judge(rules, known, on)
    last = (verdict.changes_on or on + FAR) - DAY
    day = data.draw(st.dates(on, last))

    assert results(judge(rules, known, day)) == results(verdict)
    if verdict.changes_on is not None:
        assert results(judge(rules, known, verdict.changes_on)) != results(verdict)


def stays_the_same_before_the_review(
    rules: Rules, known: PartnerFacts, on: date, data: Any
) -> None:
    verdict = judge(rules, known, on)
    last = (verdict.review_on or on + FAR) - DAY
    day = data.draw(st.dates(on, last))

    assert judge(rules, known, day) == judge(rules, known, last) == verdict
    if verdict.review_on is not None:
        assert content_hash(judge(rules, known, verdict.review_on)) != content_hash(verdict)


def every_finding_forecasts_its_own_change(rules: Rules, known: PartnerFacts, on: date) -> None:
    before = findings(judge(rules, known, on))

    for number, finding in enumerate(before):
        assert (finding.changes_on is None) == (finding.cause is None)
        if finding.changes_on is not None:
            eve = findings(judge(rules, known, finding.changes_on - DAY))[number]
            then = findings(judge(rules, known, finding.changes_on))[number]
            assert eve.result == finding.result != then.result
