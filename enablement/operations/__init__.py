"""Everything that writes in enablement, by noun."""

from enablement.operations.catalog import (
    CertificationChanges,
    CourseChanges,
    define_certification,
    define_course,
    update_certification,
    update_course,
)
from enablement.operations.certificates import (
    CertificateCorrection,
    NewCertificate,
    correct_certificates,
    record_certificates,
    revoke_certificate,
)
from enablement.operations.courses import (
    CompletionCorrection,
    NewCompletion,
    correct_course_completions,
    record_course_completions,
    withdraw_course_completion,
)
from enablement.operations.linking import link_people
from enablement.operations.pauses import pause_certificate, resume_certificate

__all__ = [
    "CertificateCorrection",
    "CertificationChanges",
    "CompletionCorrection",
    "CourseChanges",
    "NewCertificate",
    "NewCompletion",
    "correct_certificates",
    "correct_course_completions",
    "define_certification",
    "define_course",
    "link_people",
    "pause_certificate",
    "record_certificates",
    "record_course_completions",
    "resume_certificate",
    "revoke_certificate",
    "update_certification",
    "update_course",
    "withdraw_course_completion",
]
