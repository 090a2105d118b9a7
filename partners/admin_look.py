"""How the records look: the vendor's name and color, and the way back to the workspace.

Named by the ``UNFOLD`` setting; every function answers for one request.
"""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import get_script_prefix, reverse
from django.utils.translation import gettext as _
from unfold.settings import CONFIG_DEFAULTS

from partners.admin_site import visitor_of
from partners.models import Vendor
from partners.rules import Permission, can

# The neutrals of tokens.css, from the lightest to the darkest.
_NEUTRALS = {
    "50": "#f6f7f9",
    "100": "#f0f2f5",
    "200": "#e3e6eb",
    "300": "#cfd4dc",
    "400": "#98a2b0",
    "500": "#5a6472",
    "600": "#404957",
    "700": "#3a424f",
    "800": "#272d37",
    "900": "#161a20",
    "950": "#0e1115",
}
# Lightness and share of the brand's chroma for each weight. 600 carries white text: at most 0.48,
# as in tokens.css, so that every brand color stays readable.
_TINTS = {
    "50": ("0.97", "0.1"),
    "100": ("0.94", "0.2"),
    "200": ("0.88", "0.4"),
    "300": ("0.82", "0.6"),
    "400": ("0.74", "0.8"),
    "500": ("0.66", "1"),
    "600": ("min(l, 0.48)", "1"),
    "700": ("min(l, 0.42)", "1"),
    "800": ("min(l, 0.36)", "0.9"),
    "900": ("min(l, 0.3)", "0.8"),
    "950": ("min(l, 0.24)", "0.7"),
}
_MODELS = (
    ("partners_partner", "apartment", Permission.PARTNER_VIEW),
    ("partners_person", "group", Permission.PEOPLE_VIEW),
    ("enablement_certification", "menu_book", Permission.PROGRAM_VIEW),
    ("enablement_certificate", "workspace_premium", Permission.CERTIFICATE_VIEW),
    ("accreditation_award", "verified", Permission.ACCREDITATION_VIEW),
    ("partners_auditentry", "history", Permission.AUDIT_VIEW),
)


def site_name(request: HttpRequest) -> str:
    """Return the vendor's name, for the head of the sidebar and the browser's tab."""
    vendor: Vendor = request.vendor  # type: ignore[attr-defined]
    return vendor.name


def colors(request: HttpRequest) -> dict[str, Any]:
    """Return the palette: our neutrals, and the vendor's color in every weight.

    The weights are relative colors that the browser computes, by the same rule as the stylesheet.
    """
    vendor: Vendor = request.vendor  # type: ignore[attr-defined]
    palette: dict[str, Any] = dict(deepcopy(CONFIG_DEFAULTS)["COLORS"])  # type: ignore[arg-type]
    palette["base"] = dict(_NEUTRALS)
    palette["primary"] = {
        weight: f"oklch(from {vendor.brand_color} {light} calc(min(c, 0.2) * {chroma}) h)"
        for weight, (light, chroma) in _TINTS.items()
    }
    return palette


def icon_address(_request: HttpRequest) -> str:
    """Return where the icon for the browser's tab is."""
    return static("look/favicon.svg")


def workspace_address(_request: HttpRequest) -> str:
    """Return where the workspace of the vendor is."""
    return f"{get_script_prefix()}manage/"


def navigation(request: HttpRequest) -> list[dict[str, Any]]:
    """Return the sidebar: the way back, and the records that the visitor may see."""
    titles = {
        "partners_partner": _("Partners"),
        "partners_person": _("People"),
        "enablement_certification": _("Certifications"),
        "enablement_certificate": _("Certificates"),
        "accreditation_award": _("Awards"),
        "partners_auditentry": _("Audit log"),
    }
    visitor = visitor_of(request)
    records = [
        {"title": titles[name], "icon": icon, "link": reverse(f"admin:{name}_changelist")}
        for name, icon, permission in _MODELS
        if can(visitor, permission)
    ]
    back = {
        "title": _("Back to the workspace"),
        "icon": "arrow_back",
        "link": workspace_address(request),
    }
    return [{"items": [back]}, {"title": _("Records"), "separator": True, "items": records}]
