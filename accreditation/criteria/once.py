"""Answers that are worked out once."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class Remembers(Protocol):
    """Something that never changes and keeps the answers it has given."""

    @property
    def answers(self) -> dict[Any, Any]:
        """The answers, by question and arguments."""
        ...


S = TypeVar("S", bound=Remembers)


def once(question: Callable[Concatenate[S, P], T]) -> Callable[Concatenate[S, P], T]:
    """Return the method, asked once for each set of arguments: they have to be hashable.

    Each caller has to pass the same arguments by position and the same ones by name.
    """
    name = question.__name__

    @wraps(question)
    def asked(self: S, /, *args: P.args, **kwargs: P.kwargs) -> T:
        key = (name, *args, *kwargs.values())
        try:
            answer: T = self.answers[key]
        except KeyError:
            answer = self.answers[key] = question(self, *args, **kwargs)
        return answer

    return asked
