"""The picture of an award for a partner's own website, with its link to the award page."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString


@dataclass(frozen=True, slots=True)
class Embed:
    """Where an award's badge and page are, and the HTML that shows one and leads to the other."""

    page_url: str
    badge_url: str
    html: SafeString


def embed_of(number: str, designation: str) -> Embed:
    """Return how to show an award; the HTML carries absolute addresses."""
    page_url = reverse("badges:award", args=[number])
    badge_url = reverse("badges:picture", args=[number])
    html = format_html(
        '<a href="{}"><img src="{}" alt="{}" width="320"></a>',
        settings.PUBLIC_URL + page_url,
        settings.PUBLIC_URL + badge_url,
        designation,
    )
    return Embed(page_url, badge_url, html)
