"""The picture of an award for a partner's own website, with its link to the award page."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from portal.look.public import public_address

WIDTH, HEIGHT = 440, 180
"""The size of a badge in pixels; a test keeps it equal to the picture's own."""


@dataclass(frozen=True, slots=True)
class Embed:
    """Where an award's badge and page are, and what the badge says to those who do not see it."""

    page_url: str
    badge_url: str
    alt: str
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def html(self) -> SafeString:
        """Return HTML for another site: the live picture, linked to the page that proves it."""
        return format_html(
            '<a href="{}"><img src="{}" width="{}" height="{}" alt="{}"></a>',
            public_address(self.page_url),
            public_address(self.badge_url),
            self.width,
            self.height,
            self.alt,
        )


def embed_of(number: str, designation: str, partner: str) -> Embed:
    """Return how to show an award, in words of the language of the moment."""
    words = {"designation": designation, "partner": partner}
    return Embed(
        page_url=reverse("badges:award", args=[number]),
        badge_url=reverse("badges:picture", args=[number]),
        alt=_("%(designation)s: %(partner)s. Verify this badge.") % words,
    )
