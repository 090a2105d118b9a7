"""The levels that partners hold: their awards in our own programs, grace included.

Grace is publicly valid, so an award is held until it ends, not until its criteria fail.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from uuid import UUID

from accreditation.criteria.document import Program
from accreditation.criteria.periods import Period
from accreditation.criteria.records import HeldLevel, Kin, Term
from accreditation.models import Award
from accreditation.queries.facts.trees import Relatives

Programs = Mapping[str, Program]
"""What programs say of themselves, by key: what their levels count among."""


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
    partner_ids: Iterable[UUID], around: Mapping[UUID, Relatives], programs: Programs
) -> dict[UUID, Held]:
    """Return what each partner and its relatives hold or held, in one statement."""
    kin = {pk: {pk: Kin.SELF, **around[pk].kin} for pk in partner_ids}
    grants = grants_of({one for each in kin.values() for one in each})
    return {
        pk: Held(
            levels=tuple(
                level
                for one, relation in each.items()
                for level in levels_held(grants[one], programs, relation)
            ),
            terms=tuple(grant.term for grant in grants[pk]),
        )
        for pk, each in kin.items()
    }


def after_move(
    held: Iterable[HeldLevel],
    program: Program,
    *,
    level: str | None,
    award: UUID | None,
    on: date,
) -> tuple[HeldLevel, ...]:
    """Return what is held once a partner's own level in a program moved on a day.

    ``level`` and ``award`` are what is held from then on, None: nothing.
    """
    found: list[HeldLevel] = []
    for one in held:
        moved = one.program == program.key and one.kin is Kin.SELF and one.period.end is None
        if not moved:
            found.append(one)
        elif one.period.start < on:
            found.append(replace(one, period=Period(one.period.start, on)))
    if level is not None:
        period = Period(on)
        found.append(
            HeldLevel(str(award), program.key, level, period, program.groups, program.family)
        )
    return tuple(found)


def grants_of(partner_ids: Iterable[UUID]) -> defaultdict[UUID, list[Grant]]:
    """Return every award of partners, ended ones too, in one statement."""
    found: defaultdict[UUID, list[Grant]] = defaultdict(list)
    rows = Award.objects.filter(accreditation__partner__in=list(partner_ids)).values_list(
        "id",
        "accreditation__partner_id",
        "accreditation__program__key",
        "level__key",
        "granted_on",
        "ends_on",
        "ended_on",
    )
    for row in rows:
        grant = Grant(*row)
        found[grant.holder].append(grant)
    return found


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
                groups=said.groups if said else frozenset(),
                family=said.family if said else "",
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
