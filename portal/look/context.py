"""What every page's frame needs to know: the vendor's colors, the reader's scheme, the way out."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, get_script_prefix, reverse

from portal.look.brand import brand_hash
from portal.look.schemes import scheme_of


@dataclass(frozen=True, slots=True)
class Look:
    """The frame around a page; an address is empty where nothing is routed under its name."""

    scheme: str
    theme_url: str
    scheme_url: str
    chooser_url: str
    sign_in_url: str
    sign_out_url: str
    security_url: str


def look(request: HttpRequest) -> dict[str, Any]:
    """Return the context processor's ``look``. Error 500 is drawn without it."""
    vendor = getattr(request, "vendor", None)
    slug = vendor.slug if vendor else ""
    theme = _address("look:theme") if vendor else ""
    return {
        "look": Look(
            scheme=scheme_of(request),
            theme_url=f"{theme}?v={brand_hash(vendor.brand_color)}" if vendor and theme else "",
            scheme_url=_address("look:scheme"),
            chooser_url=_outer_prefix(slug),
            sign_in_url=_account_address("account_login", slug),
            sign_out_url=_account_address("account_logout", slug),
            security_url=_account_address("mfa_index", slug),
        )
    }


def _address(name: str, urlconf: str | None = None) -> str:
    try:
        return reverse(name, urlconf=urlconf)
    except NoReverseMatch:
        return ""


def _account_address(name: str, slug: str) -> str:
    """Return the address of an account page, which lives outside every vendor."""
    inside = _address(name, settings.ROOT_URLCONF)
    return _outer_prefix(slug) + inside.removeprefix(get_script_prefix()) if inside else ""


def _outer_prefix(slug: str) -> str:
    """Return the script prefix without the vendor's part of it."""
    return get_script_prefix().removesuffix(f"v/{slug}/") if slug else get_script_prefix()
