"""What happens to a level if nobody does anything, why, and which renewal would help most."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from accreditation.criteria.facts import PartnerFacts
from accreditation.criteria.kinds.dossier import Phase
from accreditation.criteria.kinds.nodes.groups import Form
from accreditation.criteria.periods import DAY
from accreditation.criteria.verdicts import (
    Cause,
    CauseCode,
    Finding,
    LevelVerdict,
    Outlook,
    Result,
    Verdict,
)
from accreditation.criteria.whatif import ends, renewed

MOST_STEPS = 12
"""So many changes of the level are followed; nobody plans by the next ones."""

MOST_TRIED = 40
"""So many renewals are tried, those that end last before the lapse; each costs one judgement, and
one more for each day on which other rules come into force."""

Ask = Callable[[PartnerFacts, date], Verdict]
"""Judges facts on a day by the rules of one program that are in force on that day."""

Phases = Callable[[PartnerFacts], Sequence[tuple[date, Phase]]]
"""Says from which day on what is asked by the award, if there were these facts; in order."""


@dataclass(frozen=True, slots=True)
class Link:
    """One node on the way from a level's criteria down to what changes: the eve, and the day.

    ``before`` None: the rules of the eve do not ask it.
    """

    before: Finding | None
    after: Finding


@dataclass(frozen=True, slots=True)
class Step:
    """A day on which the highest level met changes by itself; ``level`` None: nothing is left.

    ``chain`` leads from the level's criteria to the one that looks at the record of the cause, or
    to one that the rules which replace others ask and that is not met.
    """

    day: date
    before: str | None
    level: str | None
    cause: Cause
    chain: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Renewal:
    """A record whose renewal moves the lapse: to ``lapses_on``, None if the level then stays.

    ``ends_on`` is the first day without the record as it is.
    """

    record: str
    ends_on: date
    lapses_on: date | None


@dataclass(frozen=True, slots=True)
class Forecast:
    """What becomes of a level that is met; ``lapses_on`` None: it stays as long as nothing comes.

    ``level`` None: no level is met, so nothing can lapse. ``renewal`` is the one that moves the
    lapse furthest, None if no single one does. ``replaced`` are the days on which other rules come
    into force, each with the highest level that is met by them that day.
    """

    level: str | None
    lapses_on: date | None
    steps: tuple[Step, ...]
    renewal: Renewal | None
    replaced: tuple[Outlook, ...] = ()


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Days on which the same is asked, up to ``end`` (exclusive), and what is found on the first.

    The verdict may be that of an earlier day, if every level is still met, or not, as it was then.
    ``because`` is what else is asked from the first day on; None on the day of the forecast.
    """

    start: date
    end: date | None
    verdict: Verdict
    because: CauseCode | None

    def holds(self, day: date) -> bool:
        """Return whether a day after the first is one of these days."""
        return self.end is None or day < self.end


@dataclass(frozen=True, slots=True)
class _Ahead:
    """A day, and the days after it on which other rules come into force, or the award asks else."""

    ask: Ask
    on: date
    replaced_on: Sequence[date]
    phases: Phases | None

    def stretches(self, facts: PartnerFacts) -> list[_Stretch]:
        """Return the days ahead as they are judged; what was asked before is not judged again."""
        phases = [] if self.phases is None else list(self.phases(facts))
        starts = sorted({self.on, *self.replaced_on, *(day for day, _ in phases)})
        known: dict[tuple[int, Phase | None], Verdict] = {}
        found = []
        for start, end in zip(starts, [*starts[1:], None], strict=True):
            phase = next((one for day, one in reversed(phases) if day <= start), None)
            asked = sum(day <= start for day in self.replaced_on), phase
            verdict = known.get(asked)
            if verdict is None or (verdict.changes_on is not None and verdict.changes_on <= start):
                verdict = known[asked] = self.ask(facts, start)
            found.append(_Stretch(start, end, verdict, self._because(start, phase)))
        return found

    def _because(self, start: date, phase: Phase | None) -> CauseCode | None:
        if start == self.on:
            return None
        if start in self.replaced_on:
            return CauseCode.RULES_REPLACED
        return CauseCode.RENEWAL_FAILS if phase is Phase.RENEW else CauseCode.ASKED_OTHERWISE


def forecast(
    ask: Ask,
    facts: PartnerFacts,
    on: date,
    *,
    behind: Collection[Verdict] = (),
    replaced_on: Sequence[date] = (),
    phases: Phases | None = None,
) -> Forecast:
    """Return what happens to the highest level met on a day, if no new fact comes.

    `behind` are that day's verdicts of programs that this one builds on: to renew what counts there
    may help here. `replaced_on` are the later days on which other rules come into force, in order;
    `phases` says from which days on something else is asked by the award.
    The days are those on which judging gives another level: the forecast is judging on that day.
    """
    ahead = _Ahead(ask, on, replaced_on, phases)
    stretches = ahead.stretches(facts)
    verdict = stretches[0].verdict
    lapses_on = _falls(stretches, verdict.level) if verdict.level else None
    outlook = _outlook(stretches)[:MOST_STEPS]
    return Forecast(
        level=verdict.level,
        lapses_on=lapses_on,
        steps=tuple(_followed(ask, facts, verdict.level, outlook, _turns(stretches))),
        renewal=_best(ahead, facts, [verdict, *behind], lapses_on) if lapses_on else None,
        replaced=tuple(
            Outlook(one.start, one.verdict.level)
            for one in stretches
            if one.because is CauseCode.RULES_REPLACED
        ),
    )


def _outlook(stretches: Sequence[_Stretch]) -> list[Outlook]:
    """Return the days on which the highest level met changes, each stretch by its own rules."""
    found: list[Outlook] = []
    level = stretches[0].verdict.level
    for stretch in stretches:
        first = Outlook(stretch.start, stretch.verdict.level)
        for one in (first, *filter(lambda one: stretch.holds(one.day), stretch.verdict.outlook)):
            if one.level != level:
                found.append(one)
                level = one.level
    return found


def _falls(stretches: Sequence[_Stretch], level: str) -> date | None:
    """Return the first day on which a level is met no more; None: it is on all of them."""
    for stretch in stretches:
        asked = next((one for one in stretch.verdict.levels if one.level == level), None)
        if asked is None or not asked.met:
            return stretch.start
        if asked.changes_on is not None and stretch.holds(asked.changes_on):
            return asked.changes_on
    return None


def latest_step(
    ask: Ask,
    facts: PartnerFacts,
    on: date,
    until: date,
    *,
    replaced_on: Sequence[date] = (),
    phases: Phases | None = None,
) -> Step | None:
    """Return the last change of the level met, after one day and up to another; None if none is."""
    stretches = _Ahead(ask, on, replaced_on, phases).stretches(facts)
    ahead = [one for one in _outlook(stretches) if one.day <= until]
    befores = [stretches[0].verdict.level, *(one.level for one in ahead)]
    if not ahead:
        return None
    return next(_followed(ask, facts, befores[-2], ahead[-1:], _turns(stretches)))


def _turns(stretches: Sequence[_Stretch]) -> dict[date, CauseCode]:
    """Return what else is asked from which day on."""
    return {one.start: one.because for one in stretches if one.because is not None}


def _followed(
    ask: Ask,
    facts: PartnerFacts,
    level: str | None,
    outlook: Sequence[Outlook],
    turns: Mapping[date, CauseCode],
) -> Iterator[Step]:
    """Yield each change of a level with its reason; ``level`` is the one before the first.

    ``turns`` says what else is asked from some days on.
    """
    for one in outlook:
        eve, then = ask(facts, one.day - DAY), ask(facts, one.day)
        if Outlook(one.day, one.level) in eve.outlook:
            yield _step(eve, then, level, one)
        else:
            # What is asked on the eve foresees no such change: something else is asked since.
            code, chain = turns[one.day], tuple(_asked_now(eve, then, level))
            if code is CauseCode.RENEWAL_FAILS and _rank(then, one.level) > _rank(then, level):
                code = CauseCode.ASKED_OTHERWISE
            yield Step(one.day, level, one.level, Cause(code, record=""), chain)
        level = one.level


def _rank(verdict: Verdict, level: str | None) -> int:
    return next((one.rank for one in verdict.levels if one.level == level), 0)


def _step(eve: Verdict, then: Verdict, level: str | None, after: Outlook) -> Step:
    """Return a change that the rules of the eve foresee."""
    ranks = {each.level: each.rank for each in eve.levels}
    # What falls is the level before; what rises, the level after.
    moved = max((name for name in (level, after.level) if name), key=ranks.__getitem__)
    origin = _origin(eve, moved, after.day)
    cause = eve.of(moved).cause
    assert cause is not None, "a level does not change without a cause"
    now = next((one.finding for one in then.levels if one.level == origin.level), None)
    chain = () if now is None else tuple(_chain(origin.finding, now, cause, after.day))
    return Step(after.day, level, after.level, cause, chain)


def _asked_now(eve: Verdict, then: Verdict, level: str | None) -> Iterator[Link]:
    """Yield the nodes from a level's criteria down to one that is asked now and not met."""
    known = {one.key: one for each in eve.levels for one in _nodes(each.finding) if one.key}
    asked = [one.finding for one in then.levels if one.level == level]
    below = [one.finding for one in then.levels if one.rank < _rank(then, level)]
    missing = _not_met((*asked, *reversed(below)))
    while missing is not None:
        yield Link(known.get(missing.key), missing)
        # Where none may be met, a branch that is not met is no reason.
        missing = None if missing.kind == Form.NONE else _not_met(missing.children)


def _not_met(findings: Sequence[Finding]) -> Finding | None:
    return next((one for one in findings if one.result is not Result.MET), None)


def _nodes(finding: Finding) -> Iterator[Finding]:
    yield finding
    for child in finding.children:
        yield from _nodes(child)


def _origin(eve: Verdict, level: str, day: date) -> LevelVerdict:
    """Return the level whose own criteria change: the one itself, or one below that it asks too."""
    moved = eve.of(level)
    lower = (
        one
        for one in reversed(eve.levels[: moved.rank])
        if one.finding.changes_on == day and one.finding.cause == moved.cause
    )
    return next(lower, moved)


def _chain(before: Finding, after: Finding, cause: Cause, day: date) -> Iterator[Link]:
    """Yield the nodes from a level's criteria down to the one that the cause happens in.

    It ends early where other rules have taken the place of those before.
    """
    if (before.key, before.kind) != (after.key, after.kind):
        return
    yield Link(before, after)
    pairs = list(zip(before.children, after.children, strict=False))
    movers = (pair for pair in pairs if pair[0].changes_on == day and pair[0].cause == cause)
    # A part that only adds to a sum changes no result of its own: its record leads to it.
    holders = (pair for pair in pairs if cause.record in _records(pair[0]))
    if (inner := next(movers, None) or next(holders, None)) is not None:
        yield from _chain(*inner, cause, day)


def _records(finding: Finding) -> Iterator[str]:
    yield from (one.record for one in finding.counted)
    yield from (one.record for one in finding.not_counted)
    for child in finding.children:
        yield from _records(child)


def _best(
    ahead: _Ahead, facts: PartnerFacts, verdicts: Sequence[Verdict], lapses_on: date
) -> Renewal | None:
    """Return the renewal of one record that moves a lapse furthest; of equal ones the last due.

    Only a record that ends by then can hold the level longer, and only one that counts.
    """
    level = verdicts[0].level or ""
    eve = ahead.ask(facts, lapses_on - DAY)
    counted = {record for verdict in (*verdicts, eve) for record in _counted(verdict)}
    # A person counts by a certificate for as long as an employment lasts.
    counted |= {
        one.id
        for each in (facts, *facts.below)
        for one in each.employments
        if one.person in counted
    }
    due = [
        (end, record)
        for record, end in ends(facts).items()
        if ahead.on < end <= lapses_on and record in counted
    ]
    tried = [
        Renewal(record, end, _falls(ahead.stretches(renewed(facts, record)), level))
        for end, record in sorted(due, reverse=True)[:MOST_TRIED]
    ]
    better = [one for one in tried if one.lapses_on is None or one.lapses_on > lapses_on]
    return max(better, key=lambda one: one.lapses_on or date.max, default=None)


def _counted(verdict: Verdict) -> Iterator[str]:
    for level in verdict.levels:
        yield from _counting(level.finding)


def _counting(finding: Finding) -> Iterator[str]:
    """Yield the records that count, and the people they belong to."""
    for one in finding.counted:
        yield one.record
        yield one.person or ""
    for child in finding.children:
        yield from _counting(child)
