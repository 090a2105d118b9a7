"""For machines: what the engine answers about partners, and the rules it answers by."""

from accreditation.api.partners import AccreditationsOfPartners
from accreditation.api.programs import ProgramChecks, Programs
from accreditation.api.versions import ProgramVersions

__all__ = ["AccreditationsOfPartners", "ProgramChecks", "ProgramVersions", "Programs"]
