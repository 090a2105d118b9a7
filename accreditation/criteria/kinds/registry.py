"""The kinds of criteria by name. A kind is only ever added; what it means never changes."""

from typing import TypeVar

from accreditation.criteria.kinds.counting import Measure
from accreditation.criteria.kinds.criterion import Kind

KindClass = TypeVar("KindClass", bound=type[Kind])
MeasureClass = TypeVar("MeasureClass", bound=type[Measure])

_KINDS: dict[str, type[Kind]] = {}
_MEASURES: dict[str, type[Measure]] = {}


def register(kind: KindClass) -> KindClass:
    """Make a kind known under its name. :raises ValueError: the name is taken."""
    if kind.kind in _KINDS:
        raise ValueError(f"there is already a kind of criterion named {kind.kind}")
    _KINDS[kind.kind] = kind
    return kind


def register_measure(kind: MeasureClass) -> MeasureClass:
    """Make a kind known whose number may also earn points or be part of a ratio.

    :raises ValueError: the name is taken.
    """
    _MEASURES[kind.kind] = register(kind)
    return kind


def find(name: str) -> type[Kind] | None:
    """Return the kind of that name, None if there is none."""
    return _KINDS.get(name)


def find_measure(name: str) -> type[Measure] | None:
    """Return the kind of that name if its number can be used by others, else None."""
    return _MEASURES.get(name)


def names() -> list[str]:
    """Return the names of all kinds, sorted."""
    return sorted(_KINDS)


def measure_names() -> list[str]:
    """Return the names of all kinds whose number can be used by others, sorted."""
    return sorted(_MEASURES)


def any_measure() -> type[Measure]:
    """Return one of the kinds whose number can be used by others, and which uses no others."""
    return next(kind for kind in _MEASURES.values() if not hasattr(kind, "measures"))
