"""A brand color becomes a readable area and ink."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.look.brand import BrandColorError, brand_fill, checked


def _luminance(color: str) -> float:
    channels = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@given(st.integers(min_value=0, max_value=0xFFFFFF))
def test_every_brand_color_becomes_readable(number: int) -> None:
    brand = brand_fill(f"#{number:06x}")

    assert _contrast(brand.fill, brand.ink) >= 4.5


def test_dark_brand_color_is_kept() -> None:
    assert brand_fill("#3b46b8").fill == "#3b46b8"


def test_bright_brand_color_is_kept_with_dark_ink() -> None:
    brand = brand_fill("#ffc400")

    assert (brand.fill, brand.ink) == ("#ffc400", "#0f0f0f")


@pytest.mark.parametrize(
    "color", ["", "3b46b8", "#3B46B8", "#3b4", "#3b46b8;}", "#3b46b8\n", "red", "#3b46bg"]
)
def test_brand_color_of_another_form_is_refused(color: str) -> None:
    with pytest.raises(BrandColorError):
        checked(color)
