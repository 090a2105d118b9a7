"""The designation seal as SVG: one picture for pages, badge files and certificates.

Its shape tells the program's kind and its pips the level, so that nothing depends on color.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

from portal.look.brand import BrandFill, brand_fill

BOX = 52  # the drawing is BOX by BOX units
METALS: Mapping[str, str] = {
    "bronze": "#8a4b20",
    "silver": "#5d6a7b",
    "gold": "#9a6a08",
    "platinum": "#26324a",
}


@dataclass(frozen=True, slots=True)
class Shape:
    """Outline and inner ring of a kind, its glyph (on a grid of 24) and where things sit."""

    outline: str
    ring: str
    glyph: str
    glyph_top: float
    pips_top: float = 36.5


SHAPES: Mapping[str, Shape] = {
    "delivery_quality": Shape(
        outline='<path {} d="M22.5 2.9a7 7 0 0 1 7 0l14.3 8.3a7 7 0 0 1 3.5 6v17.6a7 7 0 0 1-3.5 6'
        'l-14.3 8.3a7 7 0 0 1-7 0L8.2 40.8a7 7 0 0 1-3.5-6V17.2a7 7 0 0 1 3.5-6z"/>',
        ring='<path {} d="M23.5 6.6a5 5 0 0 1 5 0l12.6 7.2a5 5 0 0 1 2.5 4.4v15.6a5 5 0 0 1-2.5 4.4'
        'l-12.6 7.2a5 5 0 0 1-5 0l-12.6-7.2a5 5 0 0 1-2.5-4.4V18.2a5 5 0 0 1 2.5-4.4z"/>',
        glyph='<path d="M12 2 3 7v10l9 5 9-5V7zM3 7l9 5 9-5M12 12v10"/>',
        glyph_top=14,
    ),
    "industry": Shape(
        outline='<rect {} x="3" y="3" width="46" height="46" rx="14"/>',
        ring='<rect {} x="6.5" y="6.5" width="39" height="39" rx="11"/>',
        glyph='<path d="M6 22V4a2 2 0 0 1 2-2h8a2 2 0 0 1 2 2v18zM6 12H4a2 2 0 0 0-2 2v8h4'
        'M18 9h2a2 2 0 0 1 2 2v11h-4M10 6h4M10 10h4M10 14h4M10 18h4"/>',
        glyph_top=14,
    ),
    "compliance": Shape(
        outline='<path {} d="M23.7 2.8a7 7 0 0 1 4.6 0l14.5 5.1A5 5 0 0 1 46 12.6V25c0 12-8 20-18'
        ' 24a6 6 0 0 1-4 0C14 45 6 37 6 25V12.6a5 5 0 0 1 3.2-4.7z"/>',
        ring='<path {} d="M24.3 6.4a5 5 0 0 1 3.4 0l13 4.6a3 3 0 0 1 2 2.8V25c0 10-6.7 16.9'
        '-15.2 20.4a4 4 0 0 1-3 0C16 41.9 9.3 35 9.3 25V13.8a3 3 0 0 1 2-2.8z"/>',
        glyph='<rect x="4" y="10.5" width="16" height="10.5" rx="2.5"/>'
        '<path d="M8 10.5V7a4 4 0 0 1 8 0v3.5M12 15v2"/>',
        glyph_top=12,
        pips_top=35.5,
    ),
    "technical": Shape(
        outline='<circle {} cx="26" cy="26" r="23"/>',
        ring='<circle {} cx="26" cy="26" r="19.5"/>',
        glyph='<path d="M14.7 6.3a1 1 0 0 0 0 1.4l1.6 1.6a1 1 0 0 0 1.4 0l3.77-3.77a6 6 0 0 1'
        '-7.94 7.94l-6.91 6.91a2.12 2.12 0 0 1-3-3l6.91-6.91a6 6 0 0 1 7.94-7.94z"/>',
        glyph_top=14,
    ),
    "tier": Shape(
        outline='<path {} d="M11 3h30a4 4 0 0 1 4 4v38a3 3 0 0 1-4.3 2.7L26 41l-14.7 6.7A3 3 0 0 1'
        ' 7 45V7a4 4 0 0 1 4-4z"/>',
        ring='<path {} d="M12 6.5h28a1.5 1.5 0 0 1 1.5 1.5v35.5L26 37.2 10.5 43.5V8A1.5'
        ' 1.5 0 0 1 12 6.5z"/>',
        glyph='<path d="m12 2.5 2.9 6 6.6.9-4.8 4.6 1.2 6.5-5.9-3.2-5.9 3.2 1.2-6.5'
        '-4.8-4.6 6.6-.9z"/>',
        glyph_top=11,
        pips_top=32,
    ),
}


@dataclass(frozen=True, slots=True)
class _Paint:
    """The attributes of each part of the drawing."""

    fill: str
    ring: str
    glyph: str
    pip: str
    no_pip: str


# On our pages the style sheet paints, so that the seal follows brand and color scheme.
_BY_STYLE_SHEET = _Paint('class="f"', 'class="r"', 'class="g"', 'class="p"', 'class="p0"')


def metal_for(level_key: str) -> str:
    """Return the metal a level is named after, or "" for every other name."""
    return level_key if level_key in METALS else ""


def seal_svg(
    kind: str,
    rank: int = 0,
    of: int = 0,
    *,
    held: bool = True,
    size: int = BOX,
    label: str = "",
    metal: str = "",
    color: str | None = None,
    classes: str = "",
) -> str:
    """Return the seal of a designation as an ``<svg>`` element.

    ``rank`` of ``of`` levels is drawn as pips, none if there is a single level. ``size`` is in
    pixels. Without ``label`` the picture is decoration and its name stands beside it. With
    ``color`` (``#rrggbb``) it carries its own colors and may be saved as a file; without it the
    style sheet of the page paints it.

    :raises ValueError: for an unknown kind or metal, or a rank outside 0 to ``of``.
    """
    if kind not in SHAPES:
        raise ValueError(f"no seal for the kind {kind!r}")
    if metal and metal not in METALS:
        raise ValueError(f"no metal {metal!r}")
    if rank < 0 or (of > 1 and rank > of):
        raise ValueError(f"rank {rank} of {of}")
    paint = _BY_STYLE_SHEET if color is None else _colors(color, metal=metal, held=held)
    names = " ".join(filter(None, ("seal", classes, metal, "" if held else "off")))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="{escape(names)}" width="{size}"'
        f' height="{size}" viewBox="0 0 {BOX} {BOX}" {_spoken(label)}'
        f"{_drawing(SHAPES[kind], paint, rank=rank, of=of)}</svg>"
    )


def _spoken(label: str) -> str:
    """Return the end of the opening tag and the title, if the picture has to speak for itself."""
    if not label:
        return 'aria-hidden="true">'
    return f'role="img" aria-label="{escape(label)}"><title>{escape(label)}</title>'


def _drawing(shape: Shape, paint: _Paint, *, rank: int, of: int) -> str:
    has_pips = of > 1
    # With pips below, the glyph is smaller and sits higher.
    place = f"translate(16 {shape.glyph_top - 3:g}) scale(.84)"
    if not has_pips:
        place = f"translate(14 {shape.glyph_top:g})"
    return (
        shape.outline.format(paint.fill)
        + shape.ring.format(paint.ring)
        + f'<g {paint.glyph} transform="{place}">{shape.glyph}</g>'
        + (_pips(shape, paint, rank=rank, of=of) if has_pips else "")
    )


def _pips(shape: Shape, paint: _Paint, *, rank: int, of: int) -> str:
    step = min(6.0, 30 / of)
    left = BOX / 2 - (of * step - 1) / 2
    return "".join(
        f'<rect {paint.pip if k < rank else paint.no_pip} x="{left + k * step:g}"'
        f' y="{shape.pips_top:g}" width="{step - 1:g}" height="3" rx="1.5"/>'
        for k in range(of)
    )


def _colors(color: str, *, metal: str, held: bool) -> _Paint:
    ground = BrandFill(METALS[metal], "#ffffff") if metal else brand_fill(color)
    fill, ink = f'fill="{ground.fill}"', ground.ink
    if not held:
        ink = "#5a6472"
        fill = 'fill="#f0f2f5" stroke="#7f8997" stroke-dasharray="3 3" stroke-width="1.2"'
    return _Paint(
        fill=fill,
        ring=f'fill="none" stroke="{ink}" stroke-opacity=".35"',
        glyph=f'fill="none" stroke="{ink}" stroke-width="2" stroke-linecap="round"'
        ' stroke-linejoin="round"',
        pip=f'fill="{ink}"',
        no_pip=f'fill="{ink}" fill-opacity=".28"',
    )
