"""The one question: what these rules say about these facts on this day, and until when."""

from collections.abc import Sequence
from datetime import date

from accreditation.criteria.document import LevelRules, Rules
from accreditation.criteria.facts import PartnerFacts
from accreditation.criteria.kinds.criterion import Judgement, Label, rises
from accreditation.criteria.kinds.dossier import Dossier, Phase
from accreditation.criteria.kinds.groups import UNIT, Form, combined
from accreditation.criteria.kinds.wrapping import wrapped
from accreditation.criteria.periods import earliest
from accreditation.criteria.timelines import Timeline, combine
from accreditation.criteria.verdicts import Cause, LevelVerdict, Outlook, Result, Verdict

BOTH = Label(key="", kind=Form.ALL.value, unit=UNIT, text={}, evidence={}, dimension=None)
"""The group of the shared criteria and a level's own."""


def judge(rules: Rules, facts: PartnerFacts, on: date, *, phase: Phase = Phase.INITIAL) -> Verdict:
    """Return the verdict for every level on a day of the vendor's calendar.

    `phase`: what is asked where rules differ between reaching, keeping and renewing a level.

    :raises ValueError: the rules are a draft with numbers still open.
    """
    if rules.open_places:
        raise ValueError(f"numbers are still open at {', '.join(rules.open_places)}")
    judgements = _judgements(rules, Dossier(facts, on, phase, rules.program.key))
    results = _results([one.results for one in judgements], nested=rules.settings.nested_levels)
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


def _judgements(rules: Rules, dossier: Dossier) -> list[Judgement]:
    """Return the judgement of each level's criteria: the shared ones together with its own."""
    shared = rules.criteria and rules.criteria.measure(dossier)
    judgements = []
    for level in rules.levels:
        own = level.criteria and level.criteria.measure(dossier)
        parts = [part for tree in (shared, own) if tree and (part := tree.judge(level.key))]
        judgements.append(_together(parts, dossier.on))
    return judgements


def _together(parts: Sequence[Judgement], on: date) -> Judgement:
    """Return one judgement of all parts; a phase may ask nothing, and then nothing is missing."""
    if len(parts) == 1:
        return parts[0]
    return combined(BOTH, Form.ALL, parts) if parts else wrapped(BOTH, _met(on), (), _nothing)


def _met(on: date) -> Timeline[Result]:
    return Timeline(((on, Result.MET),))


def _nothing(day: date) -> Cause:
    raise ValueError(f"nothing is asked that could change on {day}")


def _results(own: Sequence[Timeline[Result]], *, nested: bool) -> list[Timeline[Result]]:
    """Return the result of each level; nested: a level is met only with all levels below it."""
    if not nested:
        return list(own)
    results = [own[0]]
    for timeline in own[1:]:
        results.append(combine(lambda pair: Form.ALL.result(pair, 2), [results[-1], timeline]))
    return results


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
