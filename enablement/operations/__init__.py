"""Everything that writes in enablement, by noun."""

from enablement.operations.catalog import (
    CertificationChanges,
    define_certification,
    update_certification,
)
from enablement.operations.certificates import (
    CertificateCorrection,
    NewCertificate,
    RecordedCertificates,
    correct_certificates,
    record_certificates,
    revoke_certificate,
)

__all__ = [
    "CertificateCorrection",
    "CertificationChanges",
    "NewCertificate",
    "RecordedCertificates",
    "correct_certificates",
    "define_certification",
    "record_certificates",
    "revoke_certificate",
    "update_certification",
]
