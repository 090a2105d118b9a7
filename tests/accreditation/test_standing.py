from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accreditation.standing import (
    TRANSITIONS,
    Because,
    Move,
    Standing,
    Transition,
    diagram,
    level_moves,
    next_standing,
)

TODAY = date(2026, 3, 2)
DAY = timedelta(days=1)
GRACE_ENDS = TODAY + 31 * DAY
IN_PROGRESS, ACCREDITED, IN_GRACE, LAPSED = Standing


def step(
    current, *, met, award_ended=False, automatic=True, grace_days=30, grace_ends_on=None, **more
):
    return next_standing(
        current,
        met=met,
        award_ended=award_ended,
        automatic=automatic,
        grace_days=grace_days,
        grace_ends_on=grace_ends_on,
        on=TODAY,
        **more,
    )


def moved(standing, because, **more):
    return Move(standing, because, **more)


FIRST = moved(ACCREDITED, Because.LEVEL_MET, new_award=True)
FALL = moved(IN_GRACE, Because.NO_LEVEL_MET, grace_ends_on=GRACE_ENDS)
END = moved(IN_GRACE, Because.AWARD_ENDED, grace_ends_on=GRACE_ENDS)


@pytest.mark.parametrize(
    ("current", "met", "award_ended", "automatic", "expected"),
    [
        (None, False, False, True, moved(IN_PROGRESS, Because.ENROLLED)),
        (None, True, False, True, FIRST),
        (None, True, False, False, moved(IN_PROGRESS, Because.ENROLLED)),
        (IN_PROGRESS, False, False, True, Move(IN_PROGRESS)),
        (IN_PROGRESS, True, False, True, FIRST),
        (IN_PROGRESS, True, False, False, Move(IN_PROGRESS)),
        (ACCREDITED, True, False, True, Move(ACCREDITED)),
        (ACCREDITED, True, False, False, Move(ACCREDITED)),
        (ACCREDITED, True, True, True, Move(ACCREDITED, new_award=True)),
        (ACCREDITED, True, True, False, END),
        (ACCREDITED, False, False, True, FALL),
        (ACCREDITED, False, True, True, FALL),
        (ACCREDITED, False, False, False, FALL),
        (LAPSED, False, True, True, Move(LAPSED)),
        (LAPSED, True, True, True, FIRST),
        (LAPSED, True, True, False, Move(LAPSED)),
    ],
)
def test_standing_follows_from_verdict_and_award(current, met, award_ended, automatic, expected):
    move = step(current, met=met, award_ended=award_ended, automatic=automatic)

    assert move == expected


@pytest.mark.parametrize(
    ("met", "award_ended", "automatic", "expected"),
    [
        (False, False, True, Move(IN_GRACE, grace_ends_on=GRACE_ENDS)),
        (True, False, True, moved(ACCREDITED, Because.MET_AGAIN_IN_GRACE)),
        (True, False, False, moved(ACCREDITED, Because.MET_AGAIN_IN_GRACE)),
        (True, True, True, moved(ACCREDITED, Because.MET_AGAIN_IN_GRACE, new_award=True)),
        (True, True, False, Move(IN_GRACE, grace_ends_on=GRACE_ENDS)),
        (False, True, True, Move(IN_GRACE, grace_ends_on=GRACE_ENDS)),
    ],
)
def test_grace_goes_on_until_a_level_is_met_again(met, award_ended, automatic, expected):
    move = step(
        IN_GRACE, met=met, award_ended=award_ended, automatic=automatic, grace_ends_on=GRACE_ENDS
    )

    assert move == expected


@pytest.mark.parametrize("met", [True, False])
@pytest.mark.parametrize("late", [0, 1, 40])
def test_grace_that_is_over_lapses_even_if_met_since(met, late):
    move = step(IN_GRACE, met=met, grace_ends_on=TODAY - late * DAY)

    assert move == moved(LAPSED, Because.GRACE_ENDED)


def test_without_grace_a_fall_lapses_at_once():
    assert step(ACCREDITED, met=False, grace_days=0) == moved(LAPSED, Because.NO_LEVEL_MET)
    assert step(ACCREDITED, met=True, award_ended=True, automatic=False, grace_days=0) == moved(
        LAPSED, Because.AWARD_ENDED
    )


@pytest.mark.parametrize("met", [True, False])
def test_between_reviews_what_is_held_stays_held(met):
    assert step(ACCREDITED, met=met, may_fall=False) == Move(ACCREDITED)


@pytest.mark.parametrize(
    ("met", "because"), [(True, Because.AWARD_ENDED), (False, Because.NO_LEVEL_MET)]
)
def test_award_that_ended_is_in_force_while_it_can_be_renewed_late(met, because):
    move = step(
        ACCREDITED,
        met=met,
        award_ended=True,
        automatic=False,
        grace_days=0,
        renewable_until=TODAY + 30 * DAY,
    )

    assert move == moved(IN_GRACE, because, grace_ends_on=TODAY + 30 * DAY)


def test_award_judged_after_its_late_renewal_is_over_lapses():
    move = step(
        ACCREDITED, met=True, award_ended=True, automatic=False, grace_days=0, renewable_until=TODAY
    )

    assert move == moved(LAPSED, Because.AWARD_ENDED)


@pytest.mark.parametrize(
    ("held", "met", "may_rise", "may_fall", "moves"),
    [
        (1, 2, True, False, True),
        (1, 2, False, True, False),
        (2, 1, True, False, False),
        (2, 1, False, True, True),
        (2, 2, True, True, False),
    ],
)
def test_level_moves_in_the_direction_that_is_open(held, met, may_rise, may_fall, moves):
    assert level_moves(held, met, may_rise=may_rise, may_fall=may_fall) is moves


def test_w17_last_good_day_of_90_days_of_grace():
    fell = next_standing(
        ACCREDITED,
        met=False,
        award_ended=False,
        automatic=True,
        grace_days=90,
        grace_ends_on=None,
        on=date(2026, 5, 10),
    )

    def on(day, *, met):
        return next_standing(
            IN_GRACE,
            met=met,
            award_ended=False,
            automatic=True,
            grace_days=90,
            grace_ends_on=fell.grace_ends_on,
            on=day,
        ).standing

    assert fell.grace_ends_on == date(2026, 8, 9)
    assert on(date(2026, 8, 8), met=False) is IN_GRACE
    assert on(date(2026, 8, 8), met=True) is ACCREDITED
    assert on(date(2026, 8, 9), met=False) is LAPSED


def test_grace_without_its_end_is_a_mistake_of_the_caller():
    with pytest.raises(ValueError, match="needs the day its grace ends"):
        step(IN_GRACE, met=False)


situations = st.fixed_dictionaries(
    {
        "met": st.booleans(),
        "award_ended": st.booleans(),
        "automatic": st.booleans(),
        "grace_days": st.integers(0, 90),
    }
)


@given(st.none() | st.sampled_from(Standing), situations, st.integers(-5, 5))
def test_every_move_is_in_the_table_and_settles(current, situation, left):
    given_end = TODAY + left * DAY if current is IN_GRACE else None
    position = Move(current, grace_ends_on=given_end) if current else None
    for _ in range(3):
        start = position.standing if position else None
        ends = position.grace_ends_on if position else None
        position = next_standing(start, **situation, grace_ends_on=ends, on=TODAY)
        if position.because is None:
            assert position.standing is start
        else:
            assert Transition(start, position.standing, position.because) in TRANSITIONS
        assert (position.grace_ends_on is None) == (position.standing is not IN_GRACE)
        # What was granted today has not ended today.
        situation["award_ended"] &= not position.new_award

    assert position.because is None


def reachable(transition):
    for met in (True, False):
        for award_ended in (True, False):
            for automatic in (True, False):
                for grace_days in (0, 30):
                    for left in (-1, 1):
                        move = step(
                            transition.start,
                            met=met,
                            award_ended=award_ended,
                            automatic=automatic,
                            grace_days=grace_days,
                            grace_ends_on=TODAY + left * DAY,
                        )
                        if (move.standing, move.because) == (transition.end, transition.because):
                            return True
    return False


@pytest.mark.parametrize("transition", TRANSITIONS, ids=str)
def test_every_transition_of_the_table_happens(transition):
    assert reachable(transition)


def test_diagram_in_the_documentation_is_the_table():
    page = (Path(__file__).parents[2] / "docs" / "standing.md").read_text()

    assert f"```mermaid\n{diagram()}```\n" in page
