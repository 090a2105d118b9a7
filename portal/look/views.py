"""The vendor's colors, the switch between light and dark, and the gallery for developers."""

from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.urls import get_script_prefix
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.look.brand import BrandColorError, brand_hash, checked
from portal.look.gallery import gallery_context
from portal.look.schemes import SCHEME_COOKIE, Scheme

YEAR, FIVE_MINUTES = timedelta(days=365), timedelta(minutes=5)


@require_safe
def theme(request: HttpRequest) -> HttpResponse:
    """Answer the current vendor's brand color as a style sheet.

    Cached for a year at the address that carries its hash, for minutes at any other.
    :raises Http404: without a vendor, or if its color is not ``#rrggbb``.
    """
    try:
        color = checked(getattr(getattr(request, "vendor", None), "brand_color", None) or "")
    except BrandColorError as error:
        raise Http404 from error
    is_current = request.GET.get("v") == brand_hash(color)
    age = int((YEAR if is_current else FIVE_MINUTES).total_seconds())
    return HttpResponse(
        f":root{{--brand:{color}}}\n",
        content_type="text/css; charset=utf-8",
        headers={"Cache-Control": f"public, max-age={age}{', immutable' if is_current else ''}"},
    )


@require_POST
def scheme(request: HttpRequest) -> HttpResponse:
    """Remember light, dark or the system's choice, and go back to the page of the form."""
    try:
        chosen = Scheme(request.POST.get("scheme", ""))
    except ValueError:
        return HttpResponseBadRequest(_("Choose light, dark or system."))
    response = redirect(_safe_next(request))
    if chosen is Scheme.SYSTEM:
        response.delete_cookie(SCHEME_COOKIE, samesite="Lax")
    else:
        response.set_cookie(
            SCHEME_COOKIE,
            chosen.value,
            max_age=YEAR,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return response


def _safe_next(request: HttpRequest) -> str:
    """Return the page to go back to, on this host only; the front page otherwise."""
    wanted = request.POST.get("next", "")
    allowed = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if allowed else get_script_prefix()


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Show every component in every state, in the frame ``?shell=``; only while developing."""
    return render(request, "look/gallery.html", gallery_context(request.GET.get("shell", "")))
