from datetime import datetime
from fractions import Fraction

import pytest

from accreditation.criteria.working_time import working_hours

FRIDAY = datetime(2026, 3, 6, 18, 0)  # noqa: DTZ001 - the clock at the place


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        (FRIDAY, FRIDAY.replace(day=9, hour=17, minute=30), Fraction(47, 2)),
        (FRIDAY, FRIDAY, 0),
        (FRIDAY, FRIDAY.replace(hour=19), 1),
        (FRIDAY.replace(day=7), FRIDAY.replace(day=8), 0),
    ],
)
def test_w21_weekend_is_no_working_time(start, end, hours):
    assert working_hours(start, end) == hours


def test_answer_does_not_come_before_the_question():
    with pytest.raises(ValueError, match="is before"):
        working_hours(FRIDAY, FRIDAY.replace(day=5))
