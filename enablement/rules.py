"""Arithmetic of certificates: when they end."""

from datetime import date

from partners.periods import end_after, months_after


def expires_on(
    awarded_on: date, *, valid_through: date | None, validity_months: int | None
) -> date | None:
    """Return the first day on which a certificate is no longer valid; None: it does not expire.

    What the issuer stated as last day wins; else the certification's validity counts from the day
    of the award. 24 months from 2024-03-01: valid through 2026-02-28, so 2026-03-01. 12 months from
    2024-02-29: 2025-02-28, so valid through 2025-02-27. 6 months from 2025-08-31: 2026-02-28.
    """
    if valid_through is not None:
        return end_after(valid_through)
    return None if validity_months is None else months_after(awarded_on, validity_months)
