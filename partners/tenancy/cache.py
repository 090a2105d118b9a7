"""Cache keys carry the vendor, whatever library writes them."""

from partners.tenancy.context import active_vendor_id

# What allauth keeps about a person, who is the same in all vendors: rate limits of sign-in (else N
# vendors would mean N times the guesses) and one-time codes already used (else one could be shown
# again at another vendor).
ACROSS_VENDORS = ("allauth:rl:", "allauth.mfa.totp.used?")


def vendor_key(key: str, key_prefix: str, version: int) -> str:
    """Return the stored key: ``v:<vendor>:…`` inside a vendor, ``all:…`` outside of any."""
    vendor_id = active_vendor_id()
    inside = vendor_id is not None and not key.startswith(ACROSS_VENDORS)
    space = f"v:{vendor_id}" if inside else "all"
    return f"{space}:{key_prefix}:{version}:{key}"
