"""The bands of the key figure: no rounding lifts a rate over an edge."""

from __future__ import annotations

from decimal import Decimal

import pytest

from accreditation.kpi import Band, LevelRate, band_of


@pytest.mark.parametrize(
    ("holding", "active", "band"),
    [
        (0, 0, None),
        (0, 1, Band.ACTION_REQUIRED),
        (6_999, 10_000, Band.ACTION_REQUIRED),
        (7, 10, Band.GOOD_STANDING),
        (8_999, 10_000, Band.GOOD_STANDING),
        (89_999, 100_000, Band.GOOD_STANDING),
        (9, 10, Band.EXEMPLARY),
        (1, 1, Band.EXEMPLARY),
    ],
)
def test_band_of_a_rate(holding: int, active: int, band: Band | None) -> None:
    assert band_of(holding, active) == band


@pytest.mark.parametrize(("holding", "active"), [(2, 1), (-1, 1), (1, 0)])
def test_impossible_counts_are_refused(holding: int, active: int) -> None:
    with pytest.raises(ValueError, match="no share"):
        band_of(holding, active)


def test_percent_is_never_rounded_up_across_a_band() -> None:
    rate = LevelRate(holding=8_999, active=10_000)

    assert (rate.percent, rate.band) == (Decimal("89.9"), Band.GOOD_STANDING)


def test_percent_without_partners_is_no_data() -> None:
    rate = LevelRate(holding=0, active=0)

    assert (rate.percent, rate.band) == (None, None)
