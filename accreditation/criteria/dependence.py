"""Whom and what a level hangs on: the single points of failure."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import chain

from accreditation.criteria.facts import PartnerFacts
from accreditation.criteria.verdicts import Counted, Finding, NotCounted, ReasonCode, Verdict
from accreditation.criteria.whatif import (
    CIRCUMSTANCES,
    Subject,
    SubjectKind,
    subject_of,
    without,
)

MOST_TRIED = 60
"""So many subjects are tried, those with the least to spare first; each costs one judgement."""

Ask = Callable[[PartnerFacts, date], Verdict]
"""Judges facts on a day by the rules of one program."""


@dataclass(frozen=True, slots=True)
class Loss:
    """What is met without some subjects; ``level`` None: nothing is.

    ``before`` is what is met with them. ``broken`` are the criteria, as they would be, that were
    met by the level before and would not be.
    """

    subjects: tuple[Subject, ...]
    before: str | None
    level: str | None
    broken: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Dependence:
    """The subjects without each of which the ``level`` met is lost, the worst loss first.

    ``complete`` is False where more subjects count than were tried.
    """

    level: str | None
    losses: tuple[Loss, ...]
    complete: bool


def single_points(
    ask: Ask, facts: PartnerFacts, on: date, *, behind: Collection[Verdict] = ()
) -> Dependence:
    """Return every person, customer and other record whose loss alone costs the level met today.

    Only what counts can be missed, and what was decided against, so only that is tried: not people
    who are no more than a part of everybody of whom a share is asked, or who only give a group of
    people its name. Figures and attributes of the
    organization are circumstances, not something that falls away. `behind` are today's verdicts of
    programs that this one builds on: what counts there counts here.
    """
    verdict = ask(facts, on)
    if verdict.level is None:
        return Dependence(None, (), complete=True)
    subjects = _by_spare([verdict, *behind], facts)
    found = [
        loss
        for subject in subjects[:MOST_TRIED]
        if (loss := _compared(ask, facts, verdict, (subject,), on)).level != loss.before
    ]
    ranks = {one.level: one.rank for one in verdict.levels}
    found.sort(key=lambda one: ranks[one.level] if one.level else 0)
    return Dependence(verdict.level, tuple(found), complete=len(subjects) <= MOST_TRIED)


def loss_of(ask: Ask, facts: PartnerFacts, subjects: Collection[Subject], on: date) -> Loss:
    """Return what is lost if people stop working here on a day, and customers or records fall away.

    It is the verdict that follows from recording the same: a departure, a withdrawal.
    """
    return _compared(ask, facts, ask(facts, on), tuple(subjects), on)


def _compared(
    ask: Ask, facts: PartnerFacts, verdict: Verdict, subjects: tuple[Subject, ...], on: date
) -> Loss:
    then = ask(without(facts, subjects, on), on)
    broken = tuple(_broken(verdict, then)) if then.level != verdict.level else ()
    return Loss(subjects, verdict.level, then.level, broken)


def _broken(verdict: Verdict, then: Verdict) -> Iterator[Finding]:
    """Yield the criteria of the level met before that are met no more, each once."""
    asked = [one for one in verdict.levels if one.level == verdict.level]
    below = [one for one in verdict.levels if asked and one.rank < asked[0].rank]
    seen: set[str] = set()
    for level in (*asked, *reversed(below)):
        for finding in _lost(level.finding, then.of(level.level).finding):
            if finding.key not in seen:
                seen.add(finding.key)
                yield finding


def _lost(before: Finding, after: Finding) -> Iterator[Finding]:
    if before.result is after.result:
        return
    parts = zip(before.children, after.children, strict=False)
    inner = [finding for pair in parts for finding in _lost(*pair)]
    yield from inner or (after,)


def _by_spare(verdicts: Collection[Verdict], facts: PartnerFacts) -> list[Subject]:
    """Return the subjects of what counts for levels met, those with the least to spare first."""
    owners, spare = subject_of(facts), dict[Subject, Decimal]()
    for family in CIRCUMSTANCES:
        for circumstance in chain.from_iterable(
            getattr(each, family) for each in (facts, *facts.below)
        ):
            owners.pop(circumstance.id, None)
    for finding in chain.from_iterable(map(_met, verdicts)):
        over = finding.have - finding.need
        deciding: Iterator[Counted | NotCounted] = chain(finding.counted, _decided_against(finding))
        for one in deciding:
            subject = owners.get(one.record)
            if one.person is not None:
                subject = Subject(SubjectKind.PERSON, one.person)
            if subject is not None:
                spare[subject] = min(over, spare.get(subject, over))
    return sorted(spare, key=lambda one: (spare[one], one))


def _met(verdict: Verdict) -> Iterator[Finding]:
    """Yield all that is said of the level met and those below it."""
    ranks = {one.level: one.rank for one in verdict.levels}
    for level in verdict.levels[: ranks[verdict.level] if verdict.level else 0]:
        yield from _every(level.finding)


def _decided_against(finding: Finding) -> Iterator[NotCounted]:
    """Yield what says that a criterion is not met; without it nobody could tell."""
    for one in finding.not_counted:
        if one.reason is ReasonCode.DECIDED_AGAINST:
            yield one


def _every(finding: Finding) -> Iterator[Finding]:
    yield finding
    for child in finding.children:
        yield from _every(child)
