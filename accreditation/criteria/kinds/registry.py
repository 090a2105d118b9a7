"""The kinds of criteria by name. A kind is only ever added; what it means never changes."""

from typing import TypeVar

from accreditation.criteria.kinds.criterion import Kind

KindClass = TypeVar("KindClass", bound=type[Kind])

_KINDS: dict[str, type[Kind]] = {}


def register(kind: KindClass) -> KindClass:
    """Make a kind known under its name. :raises ValueError: the name is taken."""
    if kind.kind in _KINDS:
        raise ValueError(f"there is already a kind of criterion named {kind.kind}")
    _KINDS[kind.kind] = kind
    return kind


def find(name: str) -> type[Kind] | None:
    """Return the kind of that name, None if there is none."""
    return _KINDS.get(name)


def names() -> list[str]:
    """Return the names of all kinds, sorted."""
    return sorted(_KINDS)
