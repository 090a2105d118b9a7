"""How a partner came to stand where it stands in a program."""

from __future__ import annotations

from accreditation.models import Accreditation, Award, StandingChange


def standing_changes(accreditation: Accreditation) -> list[StandingChange]:
    """Return every move of the standing, the newest first, with the levels it led from and to."""
    changes = StandingChange.objects.filter(accreditation=accreditation)
    return list(
        changes.select_related("from_level", "to_level").order_by("-on", "-recorded_at", "-id")
    )


def awards_of(accreditation: Accreditation) -> list[Award]:
    """Return every award, the newest first, with its level and version."""
    awards = Award.objects.filter(accreditation=accreditation)
    return list(awards.select_related("level", "version").order_by("-granted_on", "-id"))
