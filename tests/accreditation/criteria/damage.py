"""Published programs as documents that somebody has damaged, in every way that we could think of."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st

from accreditation.program_library import load, names

Path = tuple[str | int, ...]

LIBRARY = {name: json.loads(json.dumps(load(name))) for name in names()}

ODD_TEXTS = (
    "", " ", "0", "3", "-1", "1.5", "1e9", "open", "null", "true", "~", "a: b", "- a", "#",
    "2026-02-30", "2026-13-01", "9999-12-31", "0000-01-01", "02-30", "ÄÖÜ", "\u202eabc", "a\u0301",
    "\U0001f600", "\ufeff", "\x00", "\ud800", "\u2028", "x" * 300, "%(name)s", "{0}", "{", "../..",
    "again", "all", "level", "silver", "partner",
)  # fmt: skip
ODD_NUMBERS = (
    0, -0.0, -1, 1, 2, 0.5, 1.5, 1e-300, 1e300, float("inf"), float("nan"), 10**20, -(10**20),
    10**399, 2**63, 600, 601, 36_500, 36_501, 100, 101,
)  # fmt: skip
values = st.recursive(
    st.none()
    | st.booleans()
    | st.sampled_from(ODD_NUMBERS)
    | st.sampled_from(ODD_TEXTS)
    | st.text(max_size=12),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(ODD_TEXTS) | st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=5,
)
positions = st.integers(0, 10**6)


def paths(value: Any, here: Path = ()) -> Iterator[Path]:
    """Yield the way to every value within another, in order."""
    if not isinstance(value, dict | list):
        return
    for name, one in value.items() if isinstance(value, dict) else enumerate(value):
        yield (*here, name)
        yield from paths(one, (*here, name))


def at(document: Any, path: Path) -> Any:
    """Return what a way leads to."""
    for name in path:
        document = document[name]
    return document


def _chosen(draw: st.DrawFn, document: Any) -> tuple[Any, Any]:
    """Return a container of the document and the name or place of something in it."""
    ways = list(paths(document))
    way = ways[draw(positions) % len(ways)]
    return at(document, way[:-1]), way[-1]


def _delete(draw: st.DrawFn, document: Any) -> None:
    inside, name = _chosen(draw, document)
    del inside[name]


def _replace(draw: st.DrawFn, document: Any) -> None:
    inside, name = _chosen(draw, document)
    inside[name] = draw(values)


def _as_text(draw: st.DrawFn, document: Any) -> None:
    inside, name = _chosen(draw, document)
    inside[name] = str(inside[name])


def _repeat(draw: st.DrawFn, document: Any) -> None:
    inside, name = _chosen(draw, document)
    if isinstance(inside, list):
        inside.extend(
            copy.deepcopy(inside[name]) for _ in range(draw(st.sampled_from((1, 2, 120))))
        )
    else:
        inside[f"{name}-again"] = copy.deepcopy(inside[name])


def _rename(draw: st.DrawFn, document: Any) -> None:
    inside, name = _chosen(draw, document)
    if isinstance(inside, dict):
        inside[draw(st.sampled_from(ODD_TEXTS))] = inside.pop(name)


def _graft(draw: st.DrawFn, document: Any) -> None:
    """Put something of another program, or of the same one, somewhere."""
    inside, name = _chosen(draw, document)
    other = LIBRARY[draw(st.sampled_from(sorted(LIBRARY)))] if draw(st.booleans()) else document
    elsewhere, part = _chosen(draw, other)
    inside[name] = copy.deepcopy(elsewhere[part])


def _bury(draw: st.DrawFn, document: Any) -> None:
    """Nest something deeply."""
    inside, name = _chosen(draw, document)
    group = draw(st.sampled_from(("all", "any", "none", "steps", "")))
    for _ in range(draw(st.sampled_from((1, 2, 8, 20)))):
        inside[name] = {group: [inside[name]]} if group else [inside[name]]


def _swap(draw: st.DrawFn, document: Any) -> None:
    inside, name = _chosen(draw, document)
    kept = inside[name]
    elsewhere, part = _chosen(draw, document)
    inside[name], elsewhere[part] = copy.deepcopy(elsewhere[part]), copy.deepcopy(kept)


DAMAGES = (_delete, _replace, _as_text, _repeat, _rename, _graft, _bury, _swap)


@st.composite
def damaged(draw: st.DrawFn) -> dict[str, Any]:
    """Return a published program with up to three damages."""
    document: dict[str, Any] = copy.deepcopy(LIBRARY[draw(st.sampled_from(sorted(LIBRARY)))])
    for _ in range(draw(st.integers(1, 3))):
        if document:
            draw(st.sampled_from(DAMAGES))(draw, document)
    return document
