"""What the criteria of every level say, before it is worded as a verdict."""

from collections.abc import Sequence
from datetime import date

from accreditation.criteria.document import Rules
from accreditation.criteria.facts import PartnerFacts
from accreditation.criteria.kinds.criterion import CRITERIA, Judgement, Label
from accreditation.criteria.kinds.dossier import Dossier
from accreditation.criteria.kinds.nodes.groups import Form, combined
from accreditation.criteria.kinds.nodes.wrapping import never_changes, wrapped
from accreditation.criteria.settings import FactsOf
from accreditation.criteria.timelines import Timeline, combine
from accreditation.criteria.verdicts import Result

BOTH = Label(key="", kind=Form.ALL.value, unit=CRITERIA, text={}, evidence={}, dimension=None)
"""The group of the shared criteria and a level's own."""


def known_to(rules: Rules, facts: PartnerFacts) -> PartnerFacts:
    """Return what a program looks at: the partner's own facts, or those of its whole subtree."""
    return facts.of_subtree() if rules.settings.facts_of is FactsOf.SUBTREE else facts


def judgements_of(rules: Rules, dossier: Dossier) -> list[Judgement]:
    """Return the judgement of each level's criteria: the shared ones together with its own."""
    shared = rules.criteria and rules.criteria.measure(dossier)
    judgements = []
    for level in rules.levels:
        own = level.criteria and level.criteria.measure(dossier)
        parts = [part for tree in (shared, own) if tree and (part := tree.judge(level.key))]
        judgements.append(_together(parts, dossier.on))
    return judgements


def results_of(rules: Rules, judgements: Sequence[Judgement]) -> list[Timeline[Result]]:
    """Return the result of each level; nested: a level is met only with all levels below it."""
    own = [one.results for one in judgements]
    if not rules.settings.nested_levels:
        return own
    results = [own[0]]
    for timeline in own[1:]:
        results.append(combine(lambda pair: Form.ALL.result(pair, 2), [results[-1], timeline]))
    return results


def _together(parts: Sequence[Judgement], on: date) -> Judgement:
    """Return one judgement of all parts; a phase may ask nothing, and then nothing is missing."""
    if len(parts) == 1:
        return parts[0]
    return combined(BOTH, Form.ALL, parts) if parts else wrapped(BOTH, _met(on), (), never_changes)


def _met(on: date) -> Timeline[Result]:
    return Timeline(((on, Result.MET),))
