"""Badges on other pages: ``{% load badges %}``."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from portal.badges.picture import HEIGHT, WIDTH
from portal.look.public import public_address

register = template.Library()


@register.inclusion_tag("badges/embed.html")
def badge_embed(number: str, designation: str, partner: str) -> dict[str, Any]:
    """Draw the badge of an award with the snippet that shows it on a partner's own pages."""
    return {
        "number": number,
        "picture_url": reverse("badges:picture", args=[number]),
        "alt": _alternative(designation, partner),
        "snippet": embed_snippet(number, designation, partner),
        "width": WIDTH,
        "height": HEIGHT,
    }


def embed_snippet(number: str, designation: str, partner: str) -> SafeString:
    """Return HTML for another site: the live picture, linked to the page that proves it."""
    return format_html(
        '<a href="{}"><img src="{}" width="{}" height="{}" alt="{}"></a>',
        public_address(reverse("badges:award", args=[number])),
        public_address(reverse("badges:picture", args=[number])),
        WIDTH,
        HEIGHT,
        _alternative(designation, partner),
    )


def _alternative(designation: str, partner: str) -> str:
    return _("%(designation)s: %(partner)s. Verify this badge.") % {
        "designation": designation,
        "partner": partner,
    }
