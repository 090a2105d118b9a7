"""How each kind of criterion says what it asks, by the name of the kind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from accreditation.criteria.kinds.criterion import Kind
from accreditation.sentences.speech import Speech


@dataclass(frozen=True, slots=True)
class Said:
    """What a criterion asks: what is needed, then everything that narrows it.

    ``attached`` says what is meant by ``main``, ``terms`` what else is asked of it.
    """

    main: str
    terms: tuple[str, ...] = ()
    attached: tuple[str, ...] = ()

    @property
    def details(self) -> tuple[str, ...]:
        """Everything but the need, one clause at a time."""
        return (*self.attached, *self.terms)

    def __str__(self) -> str:
        return "; ".join((", ".join((self.main, *self.attached)), *self.terms))


Say = Callable[[Any, Speech], Said]
"""Says a criterion of one kind to one level, or without a need as a measure."""

_SAYS: dict[str, Say] = {}


def says(*kinds: type[Kind]) -> Callable[[Say], Say]:
    """Return a decorator that makes a function the words of these kinds.

    :raises ValueError: one of them has words already.
    """

    def decorate(say: Say) -> Say:
        for kind in kinds:
            if kind.kind in _SAYS:
                raise ValueError(f"the kind {kind.kind} has words already")
            _SAYS[kind.kind] = say
        return say

    return decorate


def say(criterion: Kind, speech: Speech) -> Said:
    """Return what a criterion of a registered kind asks.

    :raises KeyError: the kind has no words.
    """
    return _SAYS[criterion.kind](criterion, speech)


def kinds_with_words() -> frozenset[str]:
    """Return the names of all kinds that can be said."""
    return frozenset(_SAYS)
