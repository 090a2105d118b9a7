"""How texts and questions are folded, so that searching forgives case and accents."""

import unicodedata

# Letters that Unicode does not take apart into a base letter and an accent.
_UNDIVIDED = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe"})


def searchable(*texts: str) -> str:
    """Return texts for searching: lower case, without accents, one space between words."""
    decomposed = unicodedata.normalize("NFKD", " ".join(texts).casefold())
    plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    return unicodedata.normalize("NFKC", " ".join(plain.translate(_UNDIVIDED).split()))
