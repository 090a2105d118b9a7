"""What a criterion needs, over the API: an exact number, or why nobody knows it."""

from __future__ import annotations

from typing import Any

import pytest

from accreditation.api.needs import NeedAnswer, need_answer
from tests.accreditation.criteria.worlds import TODAY, facts, finding_on, people, team

BY_REGION = {"by": "region", "table": {"emea": 5}}


@pytest.mark.parametrize(
    ("at_least", "sent"),
    [
        (3, {"need": "3", "need_unknown": None}),
        (
            BY_REGION,
            {
                "need": None,
                "need_unknown": {"code": "attribute_says_nothing", "attribute": "region"},
            },
        ),
        (
            {"share": 0.5, "of": {"job_roles": ["strategist"]}},
            {"need": None, "need_unknown": {"code": "nobody_to_share", "attribute": ""}},
        ),
    ],
)
def test_need_that_nobody_knows_is_null_and_not_zero(at_least: Any, sent: dict[str, Any]) -> None:
    finding = finding_on(TODAY, people(at_least=at_least), facts(*team("Edda")))

    answer = need_answer(finding)

    assert NeedAnswer(answer).data == answer == sent
