"""The one place where a partner's facts are judged: today's verdict, past days, what-if."""

from __future__ import annotations

from datetime import date

from accreditation.criteria.facts import PartnerFacts
from accreditation.criteria.judge import judge
from accreditation.criteria.kinds.dossier import Phase
from accreditation.criteria.kinds.people.team import Team
from accreditation.criteria.sharing import Sharing
from accreditation.criteria.verdicts import Verdict
from accreditation.queries.facts import facts_for
from accreditation.queries.programs import InForce, programs_in_force, versions_ahead
from partners.enums import PartnerState
from partners.models import Partner

NO_FACTS = PartnerFacts()
"""What a partner that left the vendor's program still proves."""


def judged(
    program: InForce,
    facts: PartnerFacts,
    on: date,
    sharing: Sharing | None = None,
    team: Team | None = None,
    *,
    phase: Phase | None = None,
) -> Verdict:
    """Return what a program's rules say about a partner's facts on a day.

    Evaluations, past days, forecasts and simulations all ask here, so that they cannot differ.
    ``sharing`` is what competes for the partner's people, for a program that has slots.
    Whoever judges several programs passes the same ``team``: its people are looked at only once.
    ``phase``: what is asked instead of what the awards of the day call for.
    """
    return judge(program.rules, facts, on, phase=phase, sharing=sharing, team=team)


def facts_today(partner: Partner, on: date) -> PartnerFacts:
    """Return what counts for a partner from today (``on``): nothing once it left the program.

    Also by the rules that are published and come into force later.
    """
    if partner.state != PartnerState.ACTIVE:
        return NO_FACTS
    programs = [*versions_ahead(on), *programs_in_force(on)]
    return facts_for([partner.pk], programs)[partner.pk]
