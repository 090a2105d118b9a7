"""Facts in a line, and programs of the library by name, for the worked examples."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from typing import Any

from accreditation.criteria.document import Rules, parse
from accreditation.criteria.verdicts import Result, Verdict
from accreditation.program_library import load
from tests.accreditation.criteria.worlds import finding_of


@cache
def program(name: str) -> Rules:
    """Return the rules of a document of the library, which must have no open number."""
    return parse(load(name))


def assumed(name: str, **numbers: Any) -> Rules:
    """Return the rules with numbers that the source does not state, as an example assumes them.

    A number is named by the criterion's or level's key; `__` leads on into it.
    """
    document = _filled(
        load(name), {path.replace("__", "."): value for path, value in numbers.items()}
    )
    return parse(document)


def _filled(node: Any, numbers: Mapping[str, Any]) -> Any:
    if isinstance(node, list):
        return [_filled(child, numbers) for child in node]
    if not isinstance(node, Mapping):
        return node
    filled = {name: _filled(child, numbers) for name, child in node.items()}
    for path, value in numbers.items():
        key, _, name = path.partition(".")
        if node.get("key") == key:
            filled[name or "at_least"] = value
    return filled


def met(verdict: Verdict, level: str, key: str) -> bool | None:
    """Return whether a criterion is met at a level, None if it cannot be judged."""
    result = finding_of(verdict, level, key).result
    return None if result is Result.CANNOT_BE_JUDGED else result is Result.MET


def days_before(day: date, days: int) -> date:
    return day - timedelta(days=days)
