"""The one question: what these rules say about these facts on this day, and until when."""

from collections.abc import Sequence
from datetime import date

from accreditation.criteria.document import LevelRules, Rules
from accreditation.criteria.facts import PartnerFacts
from accreditation.criteria.kinds.criterion import Judgement, rises
from accreditation.criteria.kinds.dossier import NO_SEATS, Dossier, Phase
from accreditation.criteria.kinds.people.seats import Seats
from accreditation.criteria.kinds.people.team import Team
from accreditation.criteria.measuring import judgements_of, known_to, results_of
from accreditation.criteria.periods import earliest
from accreditation.criteria.phases import phase_on
from accreditation.criteria.sharing import Sharing
from accreditation.criteria.timelines import Timeline, combine
from accreditation.criteria.verdicts import Cause, LevelVerdict, Outlook, Result, Verdict


def judge(
    rules: Rules,
    facts: PartnerFacts,
    on: date,
    *,
    phase: Phase | None = None,
    sharing: Sharing | None = None,
    team: Team | None = None,
) -> Verdict:
    """Return the verdict for every level on a day of the vendor's calendar.

    `phase`: what is asked where rules differ between reaching, keeping and renewing a level; by
    default what the partner's awards call for.
    `sharing`: the programs that compete for the partner's people; without it this one has them
    for itself.
    `team`: the partner's people, if another program was judged before: what is known of them holds
    for this one too.

    :raises ValueError: the rules are a draft with numbers still open.
    """
    if rules.open_places:
        raise ValueError(f"numbers are still open at {', '.join(rules.open_places)}")
    program = rules.program.key
    seats: Seats = NO_SEATS
    asked = phase or phase_on(facts.terms, program, on)
    if rules.roles:
        sharing = Sharing((), facts, on) if sharing is None else sharing
        seats = sharing.about(rules, facts, on, asked).seats(program)
    known = known_to(rules, facts)
    same = team is not None and team.is_of(known)
    dossier = Dossier(known, on, asked, program, seats, team=team if same else None)
    judgements = judgements_of(rules, dossier)
    results = results_of(rules, judgements)
    highest = combine(_highest, results).map(
        lambda rank: rules.levels[rank - 1].key if rank else None
    )
    return Verdict(
        levels=tuple(
            _level_verdict(level, result, judgements[: level.rank])
            for level, result in zip(rules.levels, results, strict=True)
        ),
        level=highest.now,
        changes_on=earliest(*(result.changes_on for result in results)),
        review_on=earliest(*(judgement.review_on for judgement in judgements)),
        outlook=tuple(Outlook(day, level) for day, level in highest.steps[1:]),
    )


def _highest(results: Sequence[Result]) -> int:
    """Return the rank of the highest level that is met, 0 if none is."""
    return max((rank for rank, one in enumerate(results, start=1) if one is Result.MET), default=0)


def _level_verdict(
    level: LevelRules, results: Timeline[Result], judgements: Sequence[Judgement]
) -> LevelVerdict:
    """Return the verdict for a level; `judgements` are those up to and including its own."""
    changes_on = results.changes_on
    return LevelVerdict(
        level=level.key,
        rank=level.rank,
        result=results.now,
        changes_on=changes_on,
        finding=judgements[-1].finding,
        cause=None if changes_on is None else _cause(results, judgements, changes_on),
    )


def _cause(results: Timeline[Result], judgements: Sequence[Judgement], day: date) -> Cause:
    """Return what changes a level on a day: its own criteria, else the nearest level below."""
    better = rises(results, day)
    mover = next(one for one in reversed(judgements) if rises(one.results, day) is better)
    return mover.explain(day)
