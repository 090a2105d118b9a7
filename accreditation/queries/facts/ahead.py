"""What partners will hold if no new fact comes, as it was foreseen when they were judged."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Subquery

from accreditation.criteria.verdicts import Outlook
from accreditation.foresight import Position
from accreditation.models import Accreditation, Award
from accreditation.standing import Standing

HolderProgram = tuple[UUID, str]
"""A partner, and the key of a program."""


def positions_of(
    partner_ids: Collection[UUID], programs: Collection[str]
) -> dict[HolderProgram, Position]:
    """Return where partners stand in programs (by key), in one statement."""
    in_force = Award.objects.filter(accreditation=OuterRef("pk"), ended_on=None)
    rows = (
        Accreditation.objects.filter(partner__in=partner_ids, program__key__in=programs)
        .annotate(ends_on=Subquery(in_force.values("ends_on")[:1]))
        .values_list(
            "partner_id",
            "program__key",
            "standing",
            "level__key",
            "ends_on",
            "grace_ends_on",
        )
    )
    return {
        (partner, program): Position(Standing(standing), level, ends_on, grace)
        for partner, program, standing, level, ends_on, grace in rows
    }


def ahead_of(
    partner_ids: Collection[UUID], programs: Collection[str]
) -> dict[HolderProgram, tuple[Outlook, ...]]:
    """Return the levels that partners hold in programs (by key) from their last judgement on.

    One statement, whatever the number of partners and programs; nothing for who was never judged.
    """
    rows = Accreditation.objects.filter(partner__in=partner_ids, program__key__in=programs)
    return {
        (partner, program): read_ahead(ahead)
        for partner, program, ahead in rows.values_list("partner_id", "program__key", "ahead")
        if ahead
    }


def read_ahead(stored: Iterable[Mapping[str, Any]]) -> tuple[Outlook, ...]:
    """Return the levels held from each day on, as an accreditation keeps them."""
    return tuple(Outlook(date.fromisoformat(one["day"]), one["level"]) for one in stored)


def written_ahead(path: Iterable[Outlook]) -> list[dict[str, str | None]]:
    """Return the same as plain JSON values."""
    return [{"day": one.day.isoformat(), "level": one.level} for one in path]
