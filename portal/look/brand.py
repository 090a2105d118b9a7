"""A vendor's brand color made safe: the same rule as ``--brand-fill`` in tokens.css, for files.

Pictures and e-mails have no CSS variables, so the derived colors are computed here. Bright colors
(OKLCH lightness above 0.7) stay and get dark ink, all others are darkened to at most 0.48 and get
white ink; every pair has a contrast of at least 4.5:1.
Conversion after Björn Ottosson, "A perceptual color space for image processing" (public domain).
"""

import hashlib
import re
from dataclasses import dataclass

_COLOR = re.compile(r"#[0-9a-f]{6}")
_BRIGHT, _DARKENED, _MOST_CHROMA = 0.7, 0.48, 0.2

Triple = tuple[float, float, float]


class BrandColorError(ValueError):
    """The text is not a color of the form ``#rrggbb`` in lower case."""


@dataclass(frozen=True, slots=True)
class BrandFill:
    """A filled area and what is written on it, both as ``#rrggbb``."""

    fill: str
    ink: str


def checked(color: str) -> str:
    """Return ``color`` unchanged.

    :raises BrandColorError: if it is anything else than ``#rrggbb`` in lower case.
    """
    if not _COLOR.fullmatch(color):
        raise BrandColorError(color)
    return color


def brand_hash(color: str) -> str:
    """Return the short mark of a theme for its address, so that it may be cached for good."""
    return hashlib.sha256(color.encode()).hexdigest()[:12]


def brand_fill(color: str) -> BrandFill:
    """Return fill and ink for a brand color.

    :raises BrandColorError: if ``color`` is not ``#rrggbb``.
    """
    lightness, a, b = _oklab(checked(color))
    if lightness > _BRIGHT:
        return BrandFill(color, "#0f0f0f")
    chroma = (a * a + b * b) ** 0.5
    darker = min(lightness, _DARKENED)
    shrink = min(1.0, _MOST_CHROMA / chroma) if chroma else 0.0
    return BrandFill(_nearest_hex(darker, a * shrink, b * shrink), "#ffffff")


def _oklab(color: str) -> Triple:
    red, green, blue = (_to_linear(int(color[i : i + 2], 16) / 255) for i in (1, 3, 5))
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    medium = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )


def _linear_rgb(lightness: float, a: float, b: float) -> Triple:
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


def _nearest_hex(lightness: float, a: float, b: float) -> str:
    """Return the color of this lightness and hue, with as much chroma as sRGB can show."""
    scale = 1.0
    rgb = _linear_rgb(lightness, a, b)
    while scale > 0 and not all(-1e-4 <= channel <= 1 + 1e-4 for channel in rgb):
        scale -= 0.02
        rgb = _linear_rgb(lightness, a * scale, b * scale)
    return "#" + "".join(f"{round(_to_srgb(channel) * 255):02x}" for channel in rgb)


def _to_linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def _to_srgb(channel: float) -> float:
    channel = min(1.0, max(0.0, channel))
    return channel * 12.92 if channel <= 0.0031308 else 1.055 * channel ** (1 / 2.4) - 0.055
