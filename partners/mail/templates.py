"""What each e-mail says, in each language: named placeholders, no template language.

A further e-mail is one more entry of ``TEMPLATES``. Every ``{name}`` in its words is a parameter of
the outbox row, or one that ``derive`` makes of them in the reader's language.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils.formats import date_format

from partners.enums import MembershipRole

FALLBACK = "en"
_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")

Parameters = Mapping[str, str]


class UnknownTemplate(ValueError):
    """No e-mail has this name."""


class MissingParameter(ValueError):
    """The words of an e-mail name a parameter that was not given."""


@dataclass(frozen=True, slots=True)
class Words:
    """An e-mail in one language. ``link`` is the text of the link to ``{url}``."""

    subject: str
    paragraphs: tuple[str, ...]
    link: str

    @property
    def placeholders(self) -> set[str]:
        """Return the names that the words use."""
        return set(_PLACEHOLDER.findall(" ".join((self.subject, *self.paragraphs, self.link))))


@dataclass(frozen=True, slots=True)
class Template:
    """An e-mail in every language it is written in.

    ``secrets`` are parameters that open something: they are removed from the outbox once the
    message is sent or given up.
    """

    words: Mapping[str, Words]
    derive: Mapping[str, Callable[[Parameters], str]] = field(default_factory=dict)
    secrets: frozenset[str] = frozenset()

    def in_language(self, language: str) -> tuple[str, Words]:
        """Return the nearest language there is (``de`` for ``de-AT``, else English), its words."""
        for candidate in (language, language.split("-", maxsplit=1)[0]):
            if candidate in self.words:
                return candidate, self.words[candidate]
        return FALLBACK, self.words[FALLBACK]


def template_named(name: str) -> Template:
    """Return a template.

    :raises UnknownTemplate: if there is none of this name.
    """
    if name not in TEMPLATES:
        raise UnknownTemplate(name)
    return TEMPLATES[name]


def require_parameters(template: Template, parameters: Mapping[str, object]) -> None:
    """Look for everything that the words of any language need.

    :raises MissingParameter: with the names that are missing.
    """
    needed = {"url"}.union(*(words.placeholders for words in template.words.values()))
    missing = needed - parameters.keys() - template.derive.keys()
    if missing:
        raise MissingParameter(", ".join(sorted(missing)))


def fill(text: str, parameters: Parameters) -> str:
    """Return the text with its placeholders replaced; a value is never read as text to fill."""
    return _PLACEHOLDER.sub(lambda match: parameters[match[1]], text)


def _role(parameters: Parameters) -> str:
    return str(MembershipRole(parameters["role"]).label)


def _valid_through(parameters: Parameters) -> str:
    return date_format(date.fromisoformat(parameters["valid_through"]), "DATE_FORMAT")


def _place(parameters: Parameters) -> str:
    partner, vendor = parameters.get("partner", ""), parameters["vendor"]
    return f"{partner} ({vendor})" if partner else vendor


TEMPLATES: dict[str, Template] = {
    "invitation": Template(
        words={
            "en": Words(
                subject="{inviter} invites you to {place}",
                paragraphs=(
                    "{inviter} invites you to join {place} on Laurel as: {role}.",
                    "The link works once, until {valid_through}.",
                    "If you do not expect this invitation, ignore this message.",
                ),
                link="Accept the invitation",
            ),
            "de": Words(
                subject="{inviter} lädt Sie zu {place} ein",
                paragraphs=(
                    "{inviter} lädt Sie ein, bei {place} auf Laurel mitzuarbeiten, als: {role}.",
                    "Der Link gilt einmal und bis {valid_through}.",
                    "Wenn Sie diese Einladung nicht erwarten, ignorieren Sie diese Nachricht.",
                ),
                link="Einladung annehmen",
            ),
        },
        derive={"place": _place, "role": _role, "valid_through": _valid_through},
        secrets=frozenset({"url"}),
    ),
}
