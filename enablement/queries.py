"""Asks who holds which certificates."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from enablement.models import Certificate

Key = tuple[UUID, UUID, date]
"""What makes a certificate the same one: person, certification, day of the award."""


def certificates_on_record(keys: Iterable[Key]) -> dict[Key, Certificate]:
    """Return the certificates on record among those named by key."""
    wanted = set(keys)
    held = Certificate.objects.filter(
        person__in={person for person, _, _ in wanted},
        certification__in={certification for _, certification, _ in wanted},
        awarded_on__in={day for _, _, day in wanted},
    )
    found = {(row.person_id, row.certification_id, row.awarded_on): row for row in held}
    return {key: found[key] for key in wanted if key in found}
