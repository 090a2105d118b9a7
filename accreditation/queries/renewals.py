"""What the renewal of an award will ask, where that is not what keeps it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from accreditation.criteria.facts import PartnerFacts
from accreditation.criteria.kinds.dossier import Phase
from accreditation.criteria.verdicts import Verdict
from accreditation.queries.explanations import ExplainedLevel, explain
from accreditation.queries.programs import InForce, versions_ahead
from accreditation.queries.sharing import sharing_for
from accreditation.queries.standings import ProgramStanding
from accreditation.queries.verdicts import judged
from accreditation.records import records_judged
from partners.models import Partner


@dataclass(frozen=True, slots=True)
class RenewalAhead:
    """The verdict of the day on which an award ends, by what renews it, if no new fact comes.

    ``program`` is that by the rules in force on that day.
    """

    program: InForce
    on: date
    verdict: Verdict
    levels: tuple[ExplainedLevel, ...]

    def of(self, level: str) -> ExplainedLevel | None:
        """Return what is asked for a level; None if the rules of that day do not know it."""
        return next((one for one in self.levels if one.verdict.level == level), None)


def renewal_ahead(
    partner: Partner, standing: ProgramStanding, facts: PartnerFacts
) -> RenewalAhead | None:
    """Return what the next renewal asks, and how the partner's facts answer it.

    None where nothing is held, where the award has no end or ended already, and where the rules of
    its last day ask the same in every phase.
    """
    award = standing.award
    if not standing.holds or award is None or award.ends_on is None:
        return None
    on = standing.program.rules.settings.extended(award.ends_on)
    program = _in_force(standing.program, standing.on, on)
    if on <= standing.on or not program.rules.phased:
        return None
    sharing = sharing_for(partner, program, facts, standing.on)
    verdict = judged(program, facts, on, sharing, phase=Phase.RENEW)
    levels = explain(program, verdict, records_judged(verdict, facts))
    return RenewalAhead(program, on, verdict, tuple(levels))


def _in_force(program: InForce, today: date, on: date) -> InForce:
    """Return the version of a program that judges on a later day."""
    ahead = versions_ahead(today, program.program.key)
    come = [one for one in ahead if (one.version.effective_on or on) <= on]
    return come[-1] if come else program
