"""What a plain value of a document means, whether it came from JSON or YAML."""

import re
from decimal import Decimal

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def exact(value: object) -> Decimal | None:
    """Return a number as it was written: JSON and YAML give the shortest float that reads so."""
    # True is an int in Python, but not a number to the author of a document.
    if not isinstance(value, int | float) or isinstance(value, bool):
        return None
    number = Decimal(str(value))
    return number if number.is_finite() else None


def is_text(entry: tuple[object, object]) -> bool:
    """Return whether it is a language code with a text that is not blank."""
    language, text = entry
    return (
        isinstance(language, str)
        and _LANGUAGE.fullmatch(language) is not None
        and isinstance(text, str)
        and bool(text.strip())
    )
