"""What partners will hold if no new fact comes, from their standings and latest verdicts."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from accreditation.criteria.document import Rules
from accreditation.criteria.verdicts import Outlook
from accreditation.foresight import Position, foreseen
from accreditation.models import Accreditation, Award, Evaluation
from accreditation.standing import Standing

HolderProgram = tuple[UUID, str]
"""A partner, and the key of a program."""


@dataclass(frozen=True, slots=True)
class Place:
    """A partner's position in a program, and since when it stands there."""

    position: Position
    since: date


def positions_of(
    partner_ids: Collection[UUID], programs: Collection[str]
) -> dict[HolderProgram, Place]:
    """Return where partners stand in programs (by key), in two statements."""
    ends = dict(
        Award.objects.filter(
            accreditation__partner__in=partner_ids,
            accreditation__program__key__in=programs,
            ended_on=None,
        ).values_list("accreditation_id", "ends_on")
    )
    rows = Accreditation.objects.filter(
        partner__in=partner_ids, program__key__in=programs
    ).values_list(
        "id",
        "partner_id",
        "program__key",
        "standing",
        "level__key",
        "grace_ends_on",
        "standing_since",
    )
    return {
        (partner, program): Place(Position(Standing(standing), level, ends.get(pk), grace), since)
        for pk, partner, program, standing, level, grace, since in rows
    }


def ahead_of(
    partner_ids: Collection[UUID], rules: Mapping[str, Rules]
) -> dict[HolderProgram, tuple[Outlook, ...]]:
    """Return the levels that partners hold in programs (by key) from their latest verdicts on.

    Three statements, whatever the number of partners and programs.
    """
    places = positions_of(partner_ids, list(rules))
    newest = (
        Evaluation.objects.filter(partner__in=partner_ids, program__key__in=list(rules))
        .order_by("partner_id", "program_id", "-recorded_at", "-id")
        .distinct("partner_id", "program_id")
    )
    rows = newest.values_list(
        "partner_id", "program__key", "judged_on", "verdict__level", "verdict__outlook"
    )
    found = {}
    for partner, program, judged_on, level, outlook in rows:
        place = places.get((partner, program))
        if place is not None:
            met = _from(max(judged_on, place.since), [Outlook(judged_on, level), *_read(outlook)])
            found[partner, program] = foreseen(place.position, rules[program], met)
    return found


def _from(start: date, met: Collection[Outlook]) -> list[Outlook]:
    """Return what is met from a day on."""
    past = [one for one in met if one.day <= start]
    return [Outlook(start, past[-1].level), *(one for one in met if one.day > start)]


def _read(outlook: Collection[Mapping[str, Any]]) -> Iterator[Outlook]:
    for one in outlook:
        yield Outlook(date.fromisoformat(one["day"]), one["level"])
