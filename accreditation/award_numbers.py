"""Award numbers: public, easy to read aloud, not to be guessed."""

import secrets

# Crockford's base 32 without the digits and letters that are taken for one another.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_award_number(prefix: str) -> str:
    """Return ``NW-7K3M-92QD``: the vendor's prefix and eight random characters."""
    drawn = "".join(secrets.choice(ALPHABET) for _ in range(8))
    return f"{prefix}-{drawn[:4]}-{drawn[4:]}"
