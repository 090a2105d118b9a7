"""For machines: what the engine answers about partners, and the rules it answers by."""

from accreditation.api.partners import AccreditationsOfPartners
from accreditation.api.programs import ProgramChecks, Programs, ProgramVersions

__all__ = ["AccreditationsOfPartners", "ProgramChecks", "ProgramVersions", "Programs"]
