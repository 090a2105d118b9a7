"""Files of what people hold and finished."""

from enablement.imports.certificates import CERTIFICATES
from enablement.imports.courses import COURSES

__all__ = ["CERTIFICATES", "COURSES"]
