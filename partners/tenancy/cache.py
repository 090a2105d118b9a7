"""Cache keys carry the vendor, whatever library writes them."""

from partners.tenancy.context import active_vendor_id

# Limits on sign-in attempts hold across vendors: else N vendors would mean N times the guesses.
_ACROSS_VENDORS = ("allauth:",)


def vendor_key(key: str, key_prefix: str, version: int) -> str:
    """Return the stored key: ``v:<vendor>:…`` inside a vendor, ``all:…`` outside of any."""
    vendor_id = active_vendor_id()
    inside = vendor_id is not None and not key.startswith(_ACROSS_VENDORS)
    space = f"v:{vendor_id}" if inside else "all"
    return f"{space}:{key_prefix}:{version}:{key}"
