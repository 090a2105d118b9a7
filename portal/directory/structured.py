"""What search engines read of a profile: schema.org in JSON-LD."""

from __future__ import annotations

import json
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from partners.models import Vendor
from portal.directory.cards import Designation, PartnerCard
from portal.look.public import public_address

Json = dict[str, Any]
# Inside <script>, these signs could end the element or open another one.
_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


def organization(card: PartnerCard, vendor: Vendor) -> Json:
    """Return a partner as ``Organization``; tiers are commercial, so no certification."""
    described: Json = {
        "@context": "https://schema.org",
        "@type": "Organization",
        "@id": public_address(card.url),
        "name": card.name,
        "url": card.website or public_address(card.url),
        "hasCertification": [_certification(one, vendor) for one in card.designations],
    }
    return described | ({"description": card.summary} if card.summary else {})


def script_text(value: Json) -> SafeString:
    """Return JSON that may stand inside a ``<script>`` element."""
    text = json.dumps(value, ensure_ascii=False).translate(_ESCAPES)
    return mark_safe(text)  # noqa: S308 - the three signs that matter are escaped


def _certification(one: Designation, vendor: Vendor) -> Json:
    address = public_address(one.url)
    described: Json = {
        "@type": "Certification",
        "name": one.text,
        "certificationIdentification": one.number,
        "certificationStatus": "https://schema.org/CertificationActive",
        "issuedBy": {"@type": "Organization", "name": vendor.name},
        "validFrom": one.since.isoformat(),
        "url": address,
        "logo": public_address(reverse("badges:picture", args=[one.number])),
    }
    return described | ({"expires": one.until.isoformat()} if one.until else {})
