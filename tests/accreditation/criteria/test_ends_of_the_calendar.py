"""Days that stand for "no beginning" and "no end": the first and the last of the calendar."""

import pytest

from accreditation.criteria.judge import judge
from tests.accreditation.criteria.test_document import problems
from tests.accreditation.criteria.test_wrapping import node
from tests.accreditation.criteria.worlds import TODAY, document, facts, people, rules, team

FOREVER = {"fixed": {"from": "0001-01-01", "through": "9999-12-31"}}
FOR_A_MONTH = node("sustained", {"months": 1}, then=people("held"))


@pytest.mark.parametrize(
    "criteria",
    [
        people(earned_from="0001-01-01", earned_through="9999-12-31"),
        people(earned_within=FOREVER),
        people(counts_through="9999-12-31"),
        people(
            certifications=["other"],
            equivalents=[{"certifications": ["engineer"], "counts_through": "9999-12-31"}],
        ),
        node("any_day", {"window": FOREVER}, then=FOR_A_MONTH),
    ],
    ids=["earned", "earned_within", "counts_through", "equivalents", "any_day"],
)
def test_first_and_last_day_of_the_calendar_stand_for_no_limit(criteria):
    verdict = judge(rules(criteria), facts(*team("Edda")), TODAY)

    assert (verdict.level, verdict.changes_on) == ("gold", None)


def test_extension_of_all_awards_to_come_would_never_end():
    extensions = [{"from": "2026-01-01", "through": "9999-12-31", "months": 12}]
    settings = {"term_months": 12, "extensions": extensions}

    place, _, said = problems(document(people(), settings=settings))[0].partition(": ")

    assert place == "settings.extensions[0].months"
    assert said == "must reach beyond 9999-12-31, or an award would be extended again"
