"""The badge as an SVG file: attributes only, no style, no script, nothing from outside.

Fonts differ from reader to reader, so lines are broken by estimated widths with room to spare.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from portal.look.components import SealSpec
from portal.look.seal import seal_svg

WIDTH, HEIGHT = 440, 180
_SEAL, _LEFT, _RIGHT = 104, 136, 20
_ROOM = WIDTH - _LEFT - _RIGHT
# The widest bold fonts that readers fall back to take so much more than their regular ones.
_BOLD = 1.2
_INK, _SOFT, _LINE, _GROUND = "#14181f", "#5a6472", "#cfd4dc", "#ffffff"
_OK, _BAD = "#12693c", "#ad231b"
_FONT = "system-ui, 'Segoe UI', Roboto, 'Noto Sans', sans-serif"
# What XML 1.0 cannot hold: one such sign in a name would break the whole picture.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_NARROW = frozenset("iljtfr.,:;'|!()[] ")
ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"


@dataclass(frozen=True, slots=True)
class Badge:
    """What a badge says, in words; an award that is not valid is drawn gray."""

    title: str
    language: str
    heading: str
    designation: str
    partner: str
    partner_language: str
    footer: str
    is_valid: bool
    seal: SealSpec
    color: str


@dataclass(frozen=True, slots=True)
class _Block:
    """A text in lines of one size (in pixels); its color and weight."""

    lines: Sequence[str]
    size: int
    color: str
    weight: int = 400
    language: str = ""


def badge_svg(badge: Badge) -> str:
    """Return the picture: 440 by 180 pixels, with a title that says everything in it."""
    ink = _INK if badge.is_valid else _SOFT
    blocks = (
        _Block(_lines(badge.heading, 12, 1), 12, _SOFT),
        _fitted(badge.designation, ((20, 1), (17, 1), (20, 2), (16, 2)), color=ink, weight=700),
        _fitted(
            badge.partner,
            ((15, 2), (13, 3), (11, 4)),
            color=ink,
            language=badge.partner_language,
        ),
        _Block(_lines(badge.footer, 12, 1, weight=600), 12, _OK if badge.is_valid else _BAD, 600),
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}"'
        f' viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-labelledby="title"'
        f' lang="{_text(badge.language)}" font-family="{escape(_FONT)}">'
        f'<title id="title">{_text(badge.title)}</title>'
        f'<rect x=".5" y=".5" width="{WIDTH - 1}" height="{HEIGHT - 1}" rx="12"'
        f' fill="{_GROUND}" stroke="{_LINE}"/>'
        f'<g transform="translate(16 {(HEIGHT - _SEAL) // 2})">{_seal(badge)}</g>'
        f"{_texts(blocks)}</svg>"
    )


def _seal(badge: Badge) -> str:
    seal = badge.seal
    return seal_svg(
        seal.kind,
        seal.rank,
        seal.of,
        held=badge.is_valid,
        metal=seal.metal if badge.is_valid else "",
        size=_SEAL,
        color=badge.color,
    )


def _texts(blocks: Sequence[_Block]) -> str:
    """Return all lines, the whole of them in the middle of the height."""
    gap = 6
    total = sum(_height(one) for one in blocks) + gap * (len(blocks) - 1)
    top = (HEIGHT - total) / 2
    drawn = []
    for block in blocks:
        drawn.append(_drawn(block, top))
        top += _height(block) + gap
    return "".join(drawn)


def _height(block: _Block) -> float:
    return len(block.lines) * block.size * 1.25


def _drawn(block: _Block, top: float) -> str:
    lang = f' lang="{_text(block.language)}"' if block.language else ""
    lines = "".join(
        f'<tspan x="{_LEFT}" y="{top + block.size * (1 + 1.25 * number):g}">{_text(line)}</tspan>'
        for number, line in enumerate(block.lines)
    )
    return (
        f'<text font-size="{block.size}" font-weight="{block.weight}" fill="{block.color}"{lang}>'
        f"{lines}</text>"
    )


def _fitted(
    text: str,
    sizes: Sequence[tuple[int, int]],
    *,
    color: str,
    weight: int = 400,
    language: str = "",
) -> _Block:
    """Return a text in the first (size, most lines) that holds it; the last one cuts it short."""
    for size, most in sizes:
        lines = _lines(text, size, most, weight=weight)
        if not lines[-1].endswith(ELLIPSIS):
            break
    return _Block(lines, size, color, weight, language)


def _lines(text: str, size: int, most: int, *, weight: int = 400) -> list[str]:
    """Return a text in at most so many lines; what does not fit is an ellipsis."""
    room = _ROOM / size / (_BOLD if weight >= 600 else 1)
    lines = wrapped(text, room)
    if len(lines) <= most:
        return lines
    last = lines[most - 1]
    while last and width_of(last + ELLIPSIS) > room:
        last = last[:-1]
    return [*lines[: most - 1], last.rstrip() + ELLIPSIS]


def wrapped(text: str, room: float) -> list[str]:
    """Return a text in lines no wider than ``room`` (in ems), at least one.

    Breaks between words, beside any wide sign, and inside a word that is wider than a line.
    """
    lines = [""]
    for piece in _pieces(" ".join(text.split()), room):
        if width_of((lines[-1] + piece).rstrip()) <= room:
            lines[-1] += piece
        else:
            lines.append(piece.lstrip())
    return [line.rstrip() for line in lines if line.strip()] or [""]


def width_of(text: str) -> float:
    """Return the estimated width of a text in ems, rather too wide than too narrow."""
    return sum(_width_of_sign(sign) for sign in text)


def _pieces(text: str, room: float) -> list[str]:
    pieces: list[str] = []
    for word in re.findall(r"\S+\s*", text):
        piece = ""
        for sign in word:
            is_break = piece and (_is_wide(sign) or _is_wide(piece[-1]))
            if is_break or width_of(piece + sign) > room:
                pieces.append(piece)
                piece = ""
            piece += sign
        pieces.append(piece)
    return pieces


def _width_of_sign(sign: str) -> float:
    if unicodedata.combining(sign):
        return 0.0
    if _is_wide(sign):
        return 1.0
    if sign in _NARROW:
        return 0.36
    return 0.78 if sign.isupper() or sign in "mw@%&" else 0.61


def _is_wide(sign: str) -> bool:
    return unicodedata.east_asian_width(sign) in {"W", "F"}


def _text(text: str) -> str:
    return escape(_NOT_XML.sub("", text))
