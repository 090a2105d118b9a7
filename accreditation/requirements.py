"""What a level asks, in words for everybody: rules without anybody's facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from accreditation.criteria.document import LevelRules, Rules
from accreditation.criteria.kinds.bars import bar_of
from accreditation.criteria.kinds.criterion import Criterion
from accreditation.criteria.kinds.figures.metrics import Growth, Metric
from accreditation.criteria.kinds.nodes.groups import Form, Group
from accreditation.criteria.kinds.nodes.wrapping import ByPhase
from accreditation.criteria.kinds.people.role_slots import RoleSlots
from accreditation.criteria.kinds.records.amounts import AmountOnFile
from accreditation.criteria.kinds.records.customer_records import RecordsCounted
from accreditation.criteria.kinds.records.satisfaction import Satisfaction, answers_at
from accreditation.criteria.kinds.records.values import RecordsValue
from accreditation.criteria.kinds.scores.score import Score
from accreditation.criteria.kinds.scores.scoring import Track
from accreditation.criteria.kinds.tree import BRANCHING, MEASURING
from accreditation.criteria.problems import is_inside
from accreditation.criteria.verdicts import Number
from accreditation.sentences.nodes import PHASES, WRAPPING, node_text
from accreditation.sentences.said import Sayable, sentence_of
from accreditation.sentences.speech import Names, Speech
from partners.texts import language_of, localized


@dataclass(frozen=True, slots=True)
class Requirement:
    """One requirement: the author's text in its ``language``, and exactly what is asked.

    ``choice`` says how the ``parts`` are asked ("One of these"); ``sentence`` is the whole rule,
    empty for what only has parts. ``key`` is that of the criterion, empty for a group without one.
    ``answers`` are needed before it can be judged; ``currency`` is the one it counts in, and
    ``things`` the unit of the records it counts, where it counts those of one kind.
    """

    text: str
    language: str
    choice: str = ""
    parts: tuple[Requirement, ...] = ()
    sentence: str = ""
    key: str = ""
    answers: int = 0
    currency: str = ""
    things: str = ""


@dataclass(frozen=True, slots=True)
class LevelAsks:
    """A level and what it asks; ``below`` is the level whose requirements come on top, if any.

    ``further`` are those that no level below asks in the same words.
    """

    level: LevelRules
    requirements: tuple[Requirement, ...]
    further: tuple[Requirement, ...]
    below: LevelRules | None


def asked_by_levels(rules: Rules, names: Names | None = None) -> tuple[LevelAsks, ...]:
    """Return what each level asks, from low to high, in the language of the moment.

    ``names`` is how the vendor calls what the rules name by key; without it keys are said.
    """
    found: list[LevelAsks] = []
    before: list[Criterion] = []
    for level in rules.levels:
        asked = list(_asked(rules, level))
        lower = found[-1] if found and rules.settings.nested_levels else None
        adds = lower and (lower.below or not _repeats(asked, before, level, lower.level))
        words = _Words(rules, Speech(level.key, names or Names()))
        requirements = tuple(words.requirement(one) for one in asked)
        told = [one for each in found for one in each.requirements] if adds else []
        further = tuple(one for one in requirements if one not in told)
        below = lower.level if lower and adds else None
        found.append(LevelAsks(level, requirements, further, below))
        before = asked
    return tuple(found)


def asked_by(rules: Rules, level: str, names: Names | None = None) -> LevelAsks | None:
    """Return what one level asks; None if these rules do not know the level."""
    return next((one for one in asked_by_levels(rules, names) if one.level.key == level), None)


def speech_about(rules: Rules, speech: Speech, key: str) -> Speech:
    """Return how the criterion of a key is said: with the numbers that a draft leaves open."""
    place = rules.places.get(key)
    if place is None or not rules.open_places:
        return speech
    # What is open within another node is said there.
    nested = [one for one in rules.places.values() if one != place and is_inside(one, place)]
    mine = (
        one
        for one in rules.open_places
        if is_inside(one, place) and not any(is_inside(one, other) for other in nested)
    )
    return replace(speech, open_at=tuple(one.removeprefix(f"{place}.") for one in mine))


def criteria_of(rules: Rules) -> dict[str, Sayable]:
    """Return every criterion, item and track that has a key, by that key."""
    trees = (rules.criteria, *(level.criteria for level in rules.levels))
    nodes = (one for tree in trees if tree is not None for one in _all_within(tree))
    return {one.label.key: one for one in nodes if one.label.key}


def answers_needed(one: Sayable | None, level: str) -> int:
    """Return how many answers of customers a criterion needs to be judged at a level.

    0: it asks for none. Where every type of service needs them, no one number says it.
    """
    if not isinstance(one, Satisfaction) or one.each_service_type:
        return 0
    return answers_at(one.minimum_answers, level)


def currency_asked(one: Sayable) -> str:
    """Return the currency in which a criterion asks for its figure; empty: for none.

    What is made of several measures is in the currency that all of them ask for.
    """
    if isinstance(one, MEASURING):
        found = {currency_asked(measure) for measure in one.measures}
        return found.pop() if len(found) == 1 else ""
    if isinstance(one, Metric | Growth):
        return one.readings.money.currency
    if isinstance(one, RecordsValue):
        return one.money.currency
    return one.currency if isinstance(one, AmountOnFile) else ""


def _all_within(node: Sayable) -> Iterator[Sayable]:
    yield node
    for branch in node.branches if isinstance(node, BRANCHING) else ():
        yield from _all_within(branch)


@dataclass(frozen=True, slots=True)
class _Words:
    """What one level is told about the rules."""

    rules: Rules
    speech: Speech = field(default_factory=lambda: Speech(""))

    def requirement(self, one: Sayable) -> Requirement:
        label = one.label
        speech = speech_about(self.rules, self.speech, label.key)
        found = Requirement(
            localized(label.text),
            language_of(label.text),
            key=label.key,
            answers=answers_needed(one, speech.level),
            currency=currency_asked(one),
            things=one.records.source.value if isinstance(one, RecordsCounted) else "",
        )
        if isinstance(one, Score | Track):
            parts = self._requirements(_points(one))
            return replace(found, sentence=sentence_of(one, speech), parts=parts)
        if isinstance(one, RoleSlots):
            roles = [role for role in one.roles if role.need(speech.level)]
            sentence = sentence_of(one, speech)
            return replace(found, sentence=sentence, parts=self._requirements(roles))
        if isinstance(one, ByPhase):
            return replace(found, choice=node_text(one, speech), parts=tuple(self._phases(one)))
        if isinstance(one, WRAPPING):
            asked = [branch for branch in one.branches if branch.asks(speech.level)]
            return replace(found, choice=node_text(one, speech), parts=self._requirements(asked))
        return replace(found, sentence=sentence_of(one, speech))

    def _requirements(self, nodes: Iterable[Sayable]) -> tuple[Requirement, ...]:
        return tuple(self.requirement(one) for one in nodes)

    def _phases(self, one: ByPhase) -> Iterator[Requirement]:
        for phase, node in one.nodes:
            if node.asks(self.speech.level):
                parts = (self.requirement(node),)
                yield Requirement("", "", choice=str(PHASES[phase]), parts=parts)


def _asked(rules: Rules, level: LevelRules) -> Iterator[Criterion]:
    """Yield what a level asks, shared criteria first; what lower levels ask stays with them."""
    for tree in (rules.criteria, level.criteria):
        if tree is not None:
            yield from _opened(tree, level.key)


def _opened(node: Criterion, level: str) -> Iterator[Criterion]:
    """Yield what is asked of a level; groups that only say "all of these" are opened."""
    if isinstance(node, Group) and node.form is Form.ALL and not node.label.text:
        for branch in node.branches:
            yield from _opened(branch, level)
    elif node.asks(level):
        yield node


def _repeats(
    upper: Iterable[Criterion],
    lower: Iterable[Criterion],
    level: LevelRules,
    below: LevelRules,
) -> bool:
    """Return whether the upper level names everything of the lower one, asking as much or more."""
    asked = {
        one.label.key: _number(one, level.key) for one in upper if not isinstance(one, BRANCHING)
    }
    return all(
        one.label.key in asked and asked[one.label.key] >= _number(one, below.key) for one in lower
    )


def _number(one: Criterion, level: str) -> Number:
    bar = bar_of(one)
    need = bar.needs.get(level) if bar else None
    return 0 if need is None or not isinstance(need, Number) else need


def _points(one: Score | Track) -> tuple[Sayable, ...]:
    """Return the tracks of a score, or the items where there is only one."""
    if isinstance(one, Track):
        return one.items
    return one.tracks if len(one.tracks) > 1 else one.tracks[0].items
