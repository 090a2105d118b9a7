"""How deep and large a rules document may be, and what its texts may hold."""

import re
from collections.abc import Iterator, Mapping

from accreditation.criteria.problems import DocumentError, Problem, ProblemCode

MAX_DEPTH = 16
MAX_NODES = 2_000
MAX_CHARACTERS = 200_000
MAX_SLOTS = 100
# What no database text holds: the zero character, and halves of a character.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def check_size(document: object) -> None:
    """Refuse a document that is too deep, too large or not storable, naming the first such place.

    :raises DocumentError: it is.
    """
    rest: list[tuple[str, object, int]] = [("", document, 0)]
    count = 0
    while rest:
        place, value, depth = rest.pop()
        count += 1
        if depth > MAX_DEPTH:
            raise too_deep(place)
        if count > MAX_NODES:
            raise too_many(place)
        if isinstance(value, str):
            check_text(place, value)
        # What is put last is taken first: in the order of the document.
        rest.extend(reversed([(spot, one, depth + 1) for spot, one in _within(place, value)]))


def check_text(place: str, text: str) -> None:
    """Refuse a text that no database holds.

    :raises DocumentError: at the place.
    """
    if _UNSTORABLE.search(text):
        params = {"text": ascii(text)[:60]}
        raise DocumentError([Problem(place, ProblemCode.NOT_PRINTABLE, params)])


def too_deep(place: str) -> DocumentError:
    """Return the error of a value that is nested too deep."""
    params = {"limit": str(MAX_DEPTH)}
    return DocumentError([Problem(place, ProblemCode.TOO_DEEP, params)])


def too_many(place: str) -> DocumentError:
    """Return the error of the first value that is one too many."""
    params = {"limit": str(MAX_NODES), "unit": "values"}
    return DocumentError([Problem(place, ProblemCode.TOO_LARGE, params)])


def _within(place: str, value: object) -> Iterator[tuple[str, object]]:
    if isinstance(value, Mapping):
        for name, entry in value.items():
            check_text(place, str(name))
            yield (f"{place}.{name}" if place else str(name)), entry
    elif isinstance(value, list | tuple):
        yield from ((f"{place}[{number}]", entry) for number, entry in enumerate(value))
