from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from accreditation.criteria.timelines import Timeline, combine

A, B, C = (date(2026, 3, day) for day in (1, 5, 9))


def test_repeated_values_are_no_change():
    line = Timeline.of([(A, 1), (B, 1), (C, 2)])

    assert line.steps == ((A, 1), (C, 2))
    assert (line.now, line.changes_on) == (1, C)


def test_constant_line_never_changes():
    assert Timeline.of([(A, 1)]).changes_on is None


def test_mapped_values_that_fall_together_are_one_step():
    assert Timeline.of([(A, 1), (B, 2), (C, 9)]).map(lambda value: value > 5).steps == (
        (A, False),
        (C, True),
    )


def test_changes_on_the_same_day_are_combined_at_once():
    rising = Timeline.of([(A, 0), (B, 1)])
    falling = Timeline.of([(A, 1), (B, 0)])

    assert combine(sum, [rising, falling]).steps == ((A, 1),)


lines = st.dictionaries(st.dates(A, C), st.integers(0, 2)).map(
    lambda steps: Timeline.of(sorted({A: 0, **steps}.items()))
)


@given(st.lists(lines, min_size=1, max_size=3), st.dates(A, C))
def test_combined_value_is_that_of_the_values_of_the_day(some, day):
    def at(line):
        return [value for first, value in line.steps if first <= day][-1]

    assert at(combine(tuple, some)) == tuple(at(line) for line in some)
