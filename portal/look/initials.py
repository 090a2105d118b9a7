"""Initials for avatars and monograms, right for names that are not Latin and not two words."""

import unicodedata
import zlib

# Latin titles and legal prefixes that are no part of the name.
_TITLES = frozenset({"dr", "prof", "mr", "mrs", "ms", "mx", "herr", "frau", "dipl", "ing", "sir"})
_LEGAL_PREFIXES = (
    "株式会社",
    "有限会社",
    "合同会社",
    "合資会社",
    "(株)",
    "\N{FULLWIDTH LEFT PARENTHESIS}株\N{FULLWIDTH RIGHT PARENTHESIS}",
    "㈱",
    "주식회사",
    "(주)",
)
_UNSPACED = ("CJK", "HIRAGANA", "KATAKANA", "HANGUL")
_TINTS = ("", "a", "b", "c", "d")


def initials_of_person(name: str) -> str:
    """Return the first letters of the first and last word; of 佐藤 健 the family name's first.

    Lower-case particles (von, de) and titles are skipped. ``?`` for a name without letters.
    """
    words = _words(name)
    if not words:
        return "?"
    if _is_unspaced(words[0][0]):
        return words[0][0]
    return _letter(words[0]) + (_letter(words[-1]) if len(words) > 1 else "")


def initials_of_company(name: str) -> str:
    """Return the first letters of the first two words; of 桜メディカル株式会社 the first sign."""
    words = _words(name)
    if not words:
        return "?"
    if _is_unspaced(words[0][0]):
        return words[0][0]
    return "".join(_letter(word) for word in words[:2])


def tint_of(name: str) -> str:
    """Return the avatar color of a name, always the same one for the same name."""
    return _TINTS[zlib.crc32(name.encode()) % len(_TINTS)]


def _words(name: str) -> list[str]:
    name = unicodedata.normalize("NFC", name).strip()
    for prefix in _LEGAL_PREFIXES:
        name = name.removeprefix(prefix).strip()
    stripped = (_from_first_letter(word) for word in name.split())
    words = [word for word in stripped if word]
    named = [
        word for word in words if not word[0].islower() and word.rstrip(".").lower() not in _TITLES
    ]
    return named or words


def _from_first_letter(word: str) -> str:
    for position, sign in enumerate(word):
        if sign.isalnum():
            return word[position:]
    return ""


def _is_unspaced(sign: str) -> bool:
    return unicodedata.name(sign, "").startswith(_UNSPACED)


def _letter(word: str) -> str:
    # "ß".upper() is two letters, "ǆ".upper() one: the first is enough.
    return word[0].upper()[0]
