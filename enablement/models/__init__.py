"""Who is certified: what people can earn and learn, and what they hold and finished."""

from enablement.models.catalog import Certification, Course
from enablement.models.certificates import Certificate, CertificatePause
from enablement.models.courses import CourseCompletion

__all__ = ["Certificate", "CertificatePause", "Certification", "Course", "CourseCompletion"]
