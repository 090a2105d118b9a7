"""What partners will hold if no new fact comes, from their standings and latest verdicts."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Subquery

from accreditation.criteria.document import Rules
from accreditation.criteria.verdicts import Outlook
from accreditation.foresight import Position, RulesAhead, foreseen
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
            "standing_since",
        )
    )
    return {
        (partner, program): Place(Position(Standing(standing), level, ends_on, grace), since)
        for partner, program, standing, level, ends_on, grace, since in rows
    }


def ahead_of(
    partner_ids: Collection[UUID], rules: Mapping[str, Rules]
) -> dict[HolderProgram, tuple[Outlook, ...]]:
    """Return the levels that partners hold in programs (by key) from their latest verdicts on.

    Two statements, whatever the number of partners and programs.
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
            found[partner, program] = _foreseen(place.position, rules[program], met)
    return found


def _foreseen(at: Position, rules: Rules, met: Sequence[Outlook]) -> tuple[Outlook, ...]:
    ranks = {level.key: level.rank for level in rules.levels}
    start = met[0].day
    ahead = RulesAhead(start, rules, ranks, lambda *_: met)
    return foreseen(at, [ahead], start, at.phase_on(start))


def _from(start: date, met: Collection[Outlook]) -> list[Outlook]:
    """Return what is met from a day on."""
    past = [one for one in met if one.day <= start]
    return [Outlook(start, past[-1].level), *(one for one in met if one.day > start)]


def _read(outlook: Collection[Mapping[str, Any]]) -> Iterator[Outlook]:
    for one in outlook:
        yield Outlook(date.fromisoformat(one["day"]), one["level"])
