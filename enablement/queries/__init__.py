"""Everything enablement is asked, by noun."""

from enablement.queries.certificates import (
    CertifiedMember,
    HeldCertificate,
    Key,
    certificates_on_record,
    certificates_visible_to,
    certifications_on_offer,
    certified,
)

__all__ = [
    "CertifiedMember",
    "HeldCertificate",
    "Key",
    "certificates_on_record",
    "certificates_visible_to",
    "certifications_on_offer",
    "certified",
]
