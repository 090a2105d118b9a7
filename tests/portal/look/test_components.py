"""What the components derive from the values pages give them."""

from decimal import Decimal

import pytest

from portal.look.components import BarPart, Meter, RequirementRow, RequirementState, Tone

OK, WARN, INFO, NONE = Tone.OK, Tone.WARN, Tone.INFO, Tone.NEUTRAL


@pytest.mark.parametrize(
    ("meter", "segments"),
    [
        (Meter(0, 3), (NONE, NONE, NONE)),
        (Meter(2, 3), (OK, OK, NONE)),
        (Meter(3, 3, expiring=1), (OK, OK, WARN)),
        (Meter(4, 3, expiring=1), (OK, OK, OK)),
        (Meter(4, 3, expiring=2), (OK, OK, WARN)),
        (Meter(1, 3, pending=1), (OK, INFO, NONE)),
        (Meter(2, 3, pending=5), (OK, OK, INFO)),
        (Meter(10, 10), (OK,) * 10),
    ],
)
def test_meter_draws_one_segment_for_each_thing_needed(
    meter: Meter, segments: tuple[Tone, ...]
) -> None:
    assert meter.segments == segments


@pytest.mark.parametrize(
    "meter", [Meter(0, 11), Meter(0, 0), Meter(Decimal("4.6"), 4), Meter(4, 5, scale=5)]
)
def test_meter_has_no_segments_where_things_cannot_be_counted(meter: Meter) -> None:
    assert meter.segments == ()


def test_meter_draws_what_lasts_expires_and_is_pending_as_stretches() -> None:
    meter = Meter(14, 25, expiring=4, pending=5)

    assert meter.parts == (
        BarPart("0.0", "40.0", "ok"),
        BarPart("40.0", "16.0", "warn"),
        BarPart("56.0", "20.0", "info"),
    )


def test_meter_marks_the_threshold_inside_the_bar() -> None:
    meter = Meter(Decimal("4.6"), Decimal("4.3"), scale=5)

    assert meter.parts == (BarPart("0.0", "92.0", "ok"), BarPart("86.0", "0.8", "notch"))


def test_meter_share_is_never_rounded_up() -> None:
    assert Meter(1999, 2000).parts == (BarPart("0.0", "99.9", "ok"),)


@pytest.mark.parametrize(
    ("met", "expiring", "pending", "state"),
    [
        (True, False, False, RequirementState.MET),
        (True, True, False, RequirementState.EXPIRING),
        (True, False, True, RequirementState.MET),
        (False, True, False, RequirementState.UNMET),
        (False, False, True, RequirementState.PENDING),
    ],
)
def test_requirement_state_follows_the_finding(
    met: bool, expiring: bool, pending: bool, state: RequirementState
) -> None:
    assert RequirementState.of(met=met, expiring=expiring, pending=pending) is state


@pytest.mark.parametrize("state", RequirementState)
def test_requirement_row_is_open_only_if_it_needs_action(state: RequirementState) -> None:
    row = RequirementRow("Two architects", state)

    assert row.is_open is (state in {"expiring", "unmet", "unknown"})
