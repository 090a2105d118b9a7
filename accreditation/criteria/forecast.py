"""What happens to a level if nobody does anything, why, and which renewal would help most."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from accreditation.criteria.facts import PartnerFacts
from accreditation.criteria.periods import DAY
from accreditation.criteria.verdicts import Cause, Finding, LevelVerdict, Outlook, Verdict
from accreditation.criteria.whatif import ends, renewed

MOST_STEPS = 12
"""So many changes of the level are followed; nobody plans by the next ones."""

MOST_TRIED = 40
"""So many renewals are tried, those that end last before the lapse; each costs one judgement."""

Ask = Callable[[PartnerFacts, date], Verdict]
"""Judges facts on a day by the rules of one program."""


@dataclass(frozen=True, slots=True)
class Link:
    """One node on the way from a level's criteria down to what changes: the eve, and the day."""

    before: Finding
    after: Finding


@dataclass(frozen=True, slots=True)
class Step:
    """A day on which the highest level met changes by itself; ``level`` None: nothing is left.

    ``chain`` leads from the level's criteria to the one that looks at the record of the cause.
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
    lapse furthest, None if no single one does.
    """

    level: str | None
    lapses_on: date | None
    steps: tuple[Step, ...]
    renewal: Renewal | None


def forecast(
    ask: Ask, facts: PartnerFacts, on: date, *, behind: Collection[Verdict] = ()
) -> Forecast:
    """Return what happens to the highest level met on a day, if no new fact comes.

    `behind` are that day's verdicts of programs that this one builds on: to renew what counts there
    may help here. The days are those on which judging gives another level: the forecast is judging
    on that day.
    """
    verdict = ask(facts, on)
    if verdict.level is None:
        return Forecast(None, None, tuple(_steps(ask, facts, verdict)), None)
    lapses_on = _falls(verdict, verdict.level)
    return Forecast(
        level=verdict.level,
        lapses_on=lapses_on,
        steps=tuple(_steps(ask, facts, verdict)),
        renewal=_best(ask, facts, on, [verdict, *behind], lapses_on) if lapses_on else None,
    )


def _falls(verdict: Verdict, level: str) -> date | None:
    """Return the first day on which a level that is met is met no more."""
    return verdict.of(level).changes_on


def latest_step(ask: Ask, facts: PartnerFacts, on: date, until: date) -> Step | None:
    """Return the last change of the level met, after one day and up to another; None if none is."""
    verdict = ask(facts, on)
    ahead = [one for one in verdict.outlook if one.day <= until]
    befores = [verdict.level, *(one.level for one in ahead)]
    return next(_followed(ask, facts, befores[-2], ahead[-1:]), None) if ahead else None


def _steps(ask: Ask, facts: PartnerFacts, verdict: Verdict) -> Iterator[Step]:
    return _followed(ask, facts, verdict.level, verdict.outlook[:MOST_STEPS])


def _followed(
    ask: Ask, facts: PartnerFacts, level: str | None, outlook: Sequence[Outlook]
) -> Iterator[Step]:
    """Yield each change of a level with its reason; ``level`` is the one before the first."""
    for one in outlook:
        eve, then = ask(facts, one.day - DAY), ask(facts, one.day)
        ranks = {each.level: each.rank for each in eve.levels}
        # What falls is the level before; what rises, the level after.
        moved = max((name for name in (level, one.level) if name), key=ranks.__getitem__)
        origin = _origin(eve, moved, one.day)
        cause = eve.of(moved).cause
        assert cause is not None, "a level does not change without a cause"
        yield Step(
            day=one.day,
            before=level,
            level=one.level,
            cause=cause,
            chain=tuple(_chain(origin.finding, then.of(origin.level).finding, cause, one.day)),
        )
        level = one.level


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
    """Yield the nodes from a level's criteria down to the one that the cause happens in."""
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
    ask: Ask, facts: PartnerFacts, on: date, verdicts: Sequence[Verdict], lapses_on: date
) -> Renewal | None:
    """Return the renewal of one record that moves a lapse furthest; of equal ones the last due.

    Only a record that ends by then can hold the level longer, and only one that counts.
    """
    level = verdicts[0].level or ""
    eve = ask(facts, lapses_on - DAY)
    counted = {record for verdict in (*verdicts, eve) for record in _counted(verdict)}
    # A person counts by a certificate for as long as an employment lasts.
    counted |= {one.id for one in facts.employments if one.person in counted}
    due = [
        (end, record)
        for record, end in ends(facts).items()
        if on < end <= lapses_on and record in counted
    ]
    tried = [
        Renewal(record, end, _falls(then, level))
        for end, record in sorted(due, reverse=True)[:MOST_TRIED]
        if (then := ask(renewed(facts, record), on)).of(level).met
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
