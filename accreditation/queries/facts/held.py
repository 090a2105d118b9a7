"""The levels that partners hold: their awards in our own programs, grace included.

Grace is publicly valid, so an award is held until it ends, not until its criteria fail.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from accreditation.criteria.document import Program, Rules
from accreditation.criteria.periods import Period
from accreditation.criteria.records import Foreseen, HeldLevel, Kin, Term
from accreditation.criteria.verdicts import Outlook
from accreditation.models import Award
from accreditation.queries.facts.ahead import HolderProgram, ahead_of
from accreditation.queries.facts.trees import Relatives
from partners.tenancy.statements import written_once

Programs = Mapping[str, Rules]
"""The rules of programs, by key: they say what their levels count among, and how long they last."""

Ahead = Mapping[HolderProgram, tuple[Outlook, ...]]
"""What partners hold in programs from some day on."""


@dataclass(frozen=True, slots=True)
class Grant:
    """One award, by the keys of its program and level; `ended_on` None: it is in force."""

    award: UUID
    holder: UUID
    program: str
    level: str
    granted_on: date
    ends_on: date | None
    ended_on: date | None

    @property
    def term(self) -> Term:
        """How long it was meant to last, and did."""
        return Term(self.program, self.granted_on, self.ends_on, self.ended_on)


@dataclass(frozen=True, slots=True)
class Held:
    """What a partner and those around it hold or held, and the terms of its own awards."""

    levels: tuple[HeldLevel, ...]
    terms: tuple[Term, ...]


def held_around(
    partner_ids: Iterable[UUID],
    around: Mapping[UUID, Relatives],
    programs: Programs,
    *,
    looks_ahead: bool,
) -> dict[UUID, Held]:
    """Return what each partner and its relatives hold or held.

    ``looks_ahead``: and until when that is foreseen, which takes one more statement.
    """
    kin = {pk: {pk: Kin.SELF, **around[pk].kin} for pk in partner_ids}
    everybody = {one for each in kin.values() for one in each}
    grants = grants_of(everybody)
    ahead = ahead_of(everybody, list(programs)) if looks_ahead else {}
    return {
        pk: Held(
            levels=tuple(
                level
                for one, relation in each.items()
                for level in _foreseen_of(
                    one, levels_held(grants[one], programs, relation), programs, ahead, relation
                )
            ),
            terms=tuple(grant.term for grant in grants[pk]),
        )
        for pk, each in kin.items()
    }


def _foreseen_of(
    holder: UUID, held: Iterable[HeldLevel], programs: Programs, ahead: Ahead, kin: Kin
) -> tuple[HeldLevel, ...]:
    """Return what one partner holds, each level until the day on which it is foreseen to end."""
    levels = tuple(held)
    for program, rules in programs.items():
        if (path := ahead.get((holder, program))) is not None:
            levels = as_foreseen(
                levels,
                rules.program,
                path,
                kin=kin,
                holder="" if kin is Kin.SELF else str(holder),
            )
    return levels


def after_move(
    held: Iterable[HeldLevel],
    program: Program,
    *,
    level: str | None,
    award: UUID | None,
    on: date,
) -> tuple[HeldLevel, ...]:
    """Return what is held once a partner's own level in a program moved on a day.

    ``level`` and ``award`` are what is held from then on, None: nothing. Nothing is foreseen of it.
    """
    found: list[HeldLevel] = []
    for one in held:
        mine = one.program == program.key and one.kin is Kin.SELF
        if not mine or (one.period.end is not None and not one.foreseen):
            found.append(one)
        elif one.foreseen is not Foreseen.ALL and one.period.start < on:
            ended = Period(one.period.start, on)
            found.append(replace(one, period=ended, foreseen=Foreseen.NOTHING))
    if level is not None:
        period = Period(on)
        found.append(
            HeldLevel(str(award), program.key, level, period, program.groups, program.family)
        )
    return tuple(found)


def as_foreseen(
    held: Iterable[HeldLevel],
    program: Program,
    path: Iterable[Outlook],
    *,
    kin: Kin = Kin.SELF,
    holder: str = "",
) -> tuple[HeldLevel, ...]:
    """Return what is held with one holder's level in a program as it is from some day on.

    ``path`` is that level from each day on, in order; what was foreseen of it before is dropped.
    """
    kept: list[HeldLevel] = []
    current: HeldLevel | None = None
    for one in held:
        if (one.program, one.kin, one.holder) != (program.key, kin, holder):
            kept.append(one)
        elif one.foreseen is Foreseen.END or (one.period.end is None and not one.foreseen):
            current = replace(one, period=Period(one.period.start), foreseen=Foreseen.NOTHING)
        elif one.foreseen is Foreseen.NOTHING:
            kept.append(one)
    for step in path:
        if current is not None and current.level != step.level:
            kept.extend(_ending(current, step.day))
            current = None
        if current is None and step.level is not None:
            current = HeldLevel(
                id=" ".join(filter(None, (holder, program.key, step.level, str(step.day)))),
                program=program.key,
                level=step.level,
                period=Period(step.day),
                groups=program.groups,
                family=program.family,
                kin=kin,
                holder=holder,
                foreseen=Foreseen.ALL,
            )
    return (*kept, current) if current else tuple(kept)


def _ending(held: HeldLevel, day: date) -> Iterator[HeldLevel]:
    """Yield a level that is held until a day, if it is by then."""
    if held.period.start < day:
        foreseen = held.foreseen or Foreseen.END
        yield replace(held, period=Period(held.period.start, day), foreseen=foreseen)


def grants_of(partner_ids: Iterable[UUID]) -> defaultdict[UUID, list[Grant]]:
    """Return every award of partners, ended ones too, in one statement."""
    found: defaultdict[UUID, list[Grant]] = defaultdict(list)
    for row in _award_rows(partner_ids):
        grant = Grant(*row)
        found[grant.holder].append(grant)
    return found


@written_once
def _award_rows(partner_ids: Collection[UUID]) -> QuerySet[Any, Any]:
    return Award.objects.filter(accreditation__partner__in=partner_ids).values_list(
        "id",
        "accreditation__partner_id",
        "accreditation__program__key",
        "level__key",
        "granted_on",
        "ends_on",
        "ended_on",
    )


def levels_held(
    grants: Iterable[Grant], programs: Programs, kin: Kin = Kin.SELF
) -> Iterator[HeldLevel]:
    """Yield each level of a program once for all awards that follow each other without a gap.

    It goes by the id of the first of them: a renewal changes nothing for those who ask.
    """
    lasting = [one for one in grants if one.ended_on is None or one.granted_on < one.ended_on]
    lasting.sort(key=lambda one: (one.program, one.level, one.granted_on, one.award))
    for (program, level), each in groupby(lasting, key=lambda one: (one.program, one.level)):
        said = programs.get(program)
        for first, end in _without_gaps(each):
            yield HeldLevel(
                id=str(first.award),
                program=program,
                level=level,
                period=Period(first.granted_on, end),
                groups=said.program.groups if said else frozenset(),
                family=said.program.family if said else "",
                kin=kin,
                holder="" if kin is Kin.SELF else str(first.holder),
            )


def _without_gaps(grants: Iterable[Grant]) -> Iterator[tuple[Grant, date | None]]:
    """Yield the first award of each unbroken row and the end of its last."""
    first: Grant | None = None
    end: date | None = None
    for grant in grants:
        if first is not None and grant.granted_on != end:
            yield first, end
            first = None
        first = first or grant
        end = grant.ended_on
    if first is not None:
        yield first, end
