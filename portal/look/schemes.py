"""The reader's choice of light or dark, kept in a cookie; without one the system decides."""

from enum import StrEnum

from django.http import HttpRequest

SCHEME_COOKIE = "theme"


class Scheme(StrEnum):
    """What the switch in the footer offers."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


def scheme_of(request: HttpRequest) -> str:
    """Return ``light`` or ``dark`` if the reader has chosen one, else the empty string."""
    chosen = request.COOKIES.get(SCHEME_COOKIE, "")
    return chosen if chosen in {Scheme.LIGHT, Scheme.DARK} else ""
