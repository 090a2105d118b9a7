"""Pages for everybody: the same for each reader, so that they may be kept by any cache.

They ask neither the session nor the messages and set no cookie. Cookies decide about no more than
colors and language; an answer that was drawn for somebody's cookies is kept by that browser only.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext_lazy as _

from portal.look.components import NavItem
from portal.look.pages import Page

SECTIONS = (
    ("directory:partners", _("Find a partner")),
    ("badges:verify", _("Verify a badge")),
    ("directory:programs", _("Designations explained")),
)


class PublicPage(Page):
    """A page for everybody; ``section`` is the name of the address that the menu marks."""

    permission = None
    http_method_names = ["get", "head", "options"]
    section: ClassVar[str] = "directory:partners"
    # A lapse shows at once: caches may keep a page but ask each time whether it still holds.
    kept_for: ClassVar[timedelta] = timedelta(0)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer, and say who may keep the answer for how long."""
        response = super().dispatch(request, *args, **kwargs)
        let_caches_keep(request, response, self.kept_for)
        return response

    def draw(self, template: str, context: Mapping[str, Any], *, status: int = 200) -> HttpResponse:
        """Return the page in the public frame."""
        frame = {
            "nav": [
                NavItem(label, reverse(name), current=name == self.section)
                for name, label in SECTIONS
            ],
            "home_url": reverse("directory:partners"),
        }
        return render(self.request, template, {**frame, **context}, status=status)


def let_caches_keep(request: HttpRequest, response: HttpResponseBase, span: timedelta) -> None:
    """Allow every cache to keep an answer, or only the browser whose cookies it was drawn for."""
    if request.COOKIES:
        patch_cache_control(response, private=True, no_cache=True)
    else:
        patch_cache_control(response, public=True, max_age=int(span.total_seconds()))
        if not span:
            patch_cache_control(response, no_cache=True)


def public_address(path: str) -> str:
    """Return the absolute address of a path, from the settings and never from the request."""
    return f"{settings.PUBLIC_URL}{path}"
