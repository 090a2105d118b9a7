"""Why something cannot be recorded: a sentence for people, and the field it belongs to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext

Parameter = str | int | date


class CannotRecord(ValueError):
    """A change that the rules refuse; forms and the API show it at its field.

    Keeps the untranslated sentence and its parameters, so that a refusal met by a background job
    can be stored and said later, in the reader's language.
    """

    def __init__(self, field: str, sentence: str, **parameters: Parameter) -> None:
        super().__init__(sentence)
        self.field = field
        self.sentence = sentence
        self.parameters = parameters

    @property
    def message(self) -> str:
        """Return the sentence in the language of the moment."""
        return say(self.sentence, self.parameters)

    def __str__(self) -> str:
        return f"{self.field}: {self.message}"


def say(sentence: str, parameters: Mapping[str, Parameter]) -> str:
    """Return a sentence in the language of the moment, its parameters filled in."""
    return gettext(sentence) % {name: _shown(value) for name, value in parameters.items()}


def _shown(value: Parameter) -> str | int:
    return date_format(value, "DATE_FORMAT") if isinstance(value, date) else value
