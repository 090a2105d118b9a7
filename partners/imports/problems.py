"""What is wrong with a row, said later in the language of whoever reads it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from partners.refusals import CannotRecord, Parameter, say


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault at one cell; ``row`` is the line of the file, the header being line 1.

    ``field`` is empty if the fault is the whole row's. Parameters are text and numbers: days are
    said as the file says them.
    """

    row: int
    field: str
    sentence: str
    parameters: Mapping[str, str | int]

    @classmethod
    def of(cls, row: int, refusal: CannotRecord) -> Problem:
        """Return the refusal as a problem of a row."""
        told = {name: _plain(value) for name, value in refusal.parameters.items()}
        return cls(row, refusal.field, refusal.sentence, told)

    @property
    def message(self) -> str:
        """Return the sentence in the language of the moment."""
        return say(self.sentence, self.parameters)

    def stored(self) -> dict[str, Any]:
        """Return what is kept of it as JSON: the untranslated sentence and its parameters."""
        return {
            "row": self.row,
            "field": self.field,
            "sentence": self.sentence,
            "parameters": dict(self.parameters),
        }


def _plain(value: Parameter) -> str | int:
    return value.isoformat() if isinstance(value, date) else value
