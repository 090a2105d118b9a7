"""Texts a vendor wrote in several languages: ``{language: text}`` with a fallback."""

from collections.abc import Mapping

from django.utils.translation import get_language

FALLBACK = "en"


def localized(texts: Mapping[str, str], language: str | None = None) -> str:
    """Return the text in a language, by default that of the moment.

    Without it: in the same language of another region, then English, then whichever comes first;
    an empty string if there is none.
    """
    return texts.get(language_of(texts, language), "")


def language_of(texts: Mapping[str, str], language: str | None = None) -> str:
    """Return the language of the text that ``localized`` returns, "" if there is none.

    Pages name it where it is not their own, so that the text is read aloud right.
    """
    wanted = language or get_language() or FALLBACK
    for candidate in (wanted, wanted.split("-")[0], FALLBACK):
        if texts.get(candidate):
            return candidate
    return next((key for key, text in texts.items() if text), "")
