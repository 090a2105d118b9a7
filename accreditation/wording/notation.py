"""Numbers, sums and the vendor's keys as readers write them."""

from __future__ import annotations

from decimal import Decimal

from django.utils.formats import number_format

_SPELLED = {
    "fedramp": "FedRAMP",
    **{one.lower(): one for one in ("CSAT", "GDPR", "HIPAA", "IEC", "ISO", "NDA", "NPS")},
    **{one.lower(): one for one in ("NIST", "PCI", "SLA", "SOC", "TISAX")},
}
"""Names of standards and figures that are written in capitals everywhere."""


def in_words(key: str) -> str:
    """Return a key of the vendor as words: business-plan is "Business plan"."""
    parts = key.replace("-", " ").replace("_", " ").split()
    words = " ".join(_SPELLED.get(one.lower(), one) for one in parts)
    return words[:1].upper() + words[1:]


def number(value: Decimal) -> str:
    """Return a number exactly, thousands grouped, without zeros at the end."""
    exponent = value.normalize().as_tuple().exponent
    places = max(0, -exponent) if isinstance(exponent, int) else 0
    return str(number_format(value, decimal_pos=places, force_grouping=True))


def money(value: Decimal, currency: str) -> str:
    """Return a sum exactly, with its currency."""
    return f"{number(value)} {currency}".strip()
