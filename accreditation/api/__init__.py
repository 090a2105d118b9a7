"""What the engine answers about partners, for machines."""

from accreditation.api.partners import AccreditationsOfPartners

__all__ = ["AccreditationsOfPartners"]
