"""Texts a vendor wrote in several languages: ``{language: text}`` with a fallback."""

from collections.abc import Mapping

from django.utils.translation import get_language

FALLBACK = "en"


def localized(texts: Mapping[str, str], language: str | None = None) -> str:
    """Return the text in a language, by default that of the moment.

    Without it: in the same language of another region, then English, then whichever comes first;
    an empty string if there is none.
    """
    wanted = language or get_language() or FALLBACK
    for candidate in (wanted, wanted.split("-")[0], FALLBACK):
        if texts.get(candidate):
            return texts[candidate]
    return next((text for text in texts.values() if text), "")
