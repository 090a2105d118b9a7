"""What follows if somebody leaves: the engine asked about a day that has not come."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from accreditation.criteria.facts import Employment as EmploymentFact
from accreditation.criteria.facts import PartnerFacts
from accreditation.criteria.periods import Period
from accreditation.models import Level
from accreditation.queries.facts import facts_for
from accreditation.queries.programs import InForce, programs_in_force
from accreditation.queries.verdicts import judged
from partners.models import Employment
from partners.periods import end_after


@dataclass(frozen=True, slots=True)
class LostLevel:
    """A level met on the first day without somebody if they stay, and not if they leave.

    ``after`` is the level that is met then, None if none is.
    """

    program: InForce
    before: Level
    after: Level | None


def levels_lost(employment: Employment, last_day: date) -> list[LostLevel]:
    """Return what the partner would no longer meet on the day after ``last_day``.

    The same rules and facts as the verdict, so the same answer; nothing is written.
    """
    day_after = end_after(last_day)
    facts = facts_for([employment.partner_id])[employment.partner_id]
    without = _without(facts, employment.pk, day_after)
    lost = []
    for program in programs_in_force(day_after):
        before = judged(program, facts, day_after).level
        after = judged(program, without, day_after).level
        if before is not None and before != after:
            levels = program.levels
            lost.append(LostLevel(program, levels[before], levels[after] if after else None))
    return lost


def _without(facts: PartnerFacts, employment_id: UUID, end: date) -> PartnerFacts:
    employments = tuple(
        one if one.id != str(employment_id) else _ended(one, end) for one in facts.employments
    )
    return replace(facts, employments=employments)


def _ended(employment: EmploymentFact, end: date) -> EmploymentFact:
    start, stated = employment.period.start, employment.period.end
    earlier = end if stated is None else min(stated, end)
    return replace(employment, period=Period(start, earlier))
