"""What a partner will hold in a program if no new fact comes: time moves standings and awards.

Pure: the day is an argument. It takes the same steps as an evaluation on each of those days does,
from the same table of moves, so that what is foreseen is what happens then.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from accreditation.criteria.document import Rules
from accreditation.criteria.periods import DAY, add_months, earliest
from accreditation.criteria.settings import Granting
from accreditation.criteria.verdicts import Outlook, Verdict
from accreditation.standing import Because, Move, Standing, level_moves, next_standing


@dataclass(frozen=True, slots=True)
class Position:
    """Where a partner stands in a program; `ends_on` is the (exclusive) end of its award."""

    standing: Standing | None = None
    level: str | None = None
    ends_on: date | None = None
    grace_ends_on: date | None = None


def outlook_of(verdict: Verdict, on: date) -> list[Outlook]:
    """Return the highest level met from each day on, beginning with the day that was judged."""
    return [Outlook(on, verdict.level), *verdict.outlook]


def foreseen(at: Position, rules: Rules, met: Sequence[Outlook]) -> tuple[Outlook, ...]:
    """Return the level that is held from each day on, the first of them that of `met`.

    `met` is the highest level met from each day on, in order: what the verdict of its first day
    says. What a program asks is taken to stay as it is: where a phase begins that asks otherwise,
    that day's evaluation knows more. It ends where nothing moves any more.
    """
    return tuple(_without_repetition(_lived(at, rules, met)))


def _lived(at: Position, rules: Rules, met: Sequence[Outlook]) -> Iterator[Outlook]:
    day: date | None = met[0].day
    while day is not None:
        level = next(one.level for one in reversed(met) if one.day <= day)
        at = _moved(at, rules, level, day)
        yield Outlook(day, at.level)
        later = next((one.day for one in met if one.day > day), None)
        if later is None and _stays(at, rules, level):
            return
        day = earliest(later, *_next_moves(at, rules, level, day))


def _stays(at: Position, rules: Rules, met: str | None) -> bool:
    """Return whether a position lasts for as long as this level is met, by whatever renewals."""
    if at.standing is Standing.ACCREDITED:
        return at.level == met and rules.settings.award is Granting.AUTOMATIC
    return at.standing is not Standing.IN_GRACE


def _next_moves(at: Position, rules: Rules, met: str | None, day: date) -> Iterator[date | None]:
    yield at.grace_ends_on
    yield at.ends_on if at.ends_on and at.ends_on > day else None
    if at.standing is Standing.ACCREDITED and at.level != met:
        settings = rules.settings
        rises = _rank(rules, met) > _rank(rules, at.level)
        yield (settings.up if rises else settings.down).next_from(day + DAY)


def _moved(at: Position, rules: Rules, met: str | None, day: date) -> Position:
    """Return the position once everything has moved that moves on a day."""
    settings, freely = rules.settings, False
    if at.ends_on is not None:
        at = replace(at, ends_on=settings.extended(at.ends_on))
    while (move := _move(at, rules, met, day)).because is not None or move.new_award:
        freely |= move.because is Because.MET_AGAIN_IN_GRACE
        at = _stepped(at, rules, move, met, day)
    if at.standing is not Standing.ACCREDITED or met is None or at.level == met:
        return at
    moves = freely or level_moves(
        _rank(rules, at.level),
        _rank(rules, met),
        may_rise=day in settings.up,
        may_fall=day in settings.down,
    )
    return replace(at, level=met) if moves else at


def _move(at: Position, rules: Rules, met: str | None, day: date) -> Move:
    settings = rules.settings
    ended = at.ends_on is not None and at.ends_on <= day
    return next_standing(
        at.standing,
        met=met is not None,
        award_ended=ended,
        automatic=settings.award is Granting.AUTOMATIC,
        grace_days=settings.grace_days,
        grace_ends_on=at.grace_ends_on,
        on=day,
        may_fall=ended or day in settings.down,
        renewable_until=settings.renewable_until(at.ends_on) if at.ends_on else None,
    )


def _stepped(at: Position, rules: Rules, move: Move, met: str | None, day: date) -> Position:
    """Return the position after one move: with a renewed award, a new one, the old one, or none."""
    after = Position(move.standing, at.level or met, at.ends_on, move.grace_ends_on)
    if move.new_award:
        settings = rules.settings
        if at.ends_on is not None:
            return replace(after, level=met, ends_on=settings.renewed(at.ends_on, day))
        term = settings.term_months
        return replace(after, ends_on=None if term is None else add_months(day, term))
    if move.standing in {Standing.LAPSED, Standing.IN_PROGRESS}:
        return replace(after, level=None, ends_on=None)
    return after


def _rank(rules: Rules, level: str | None) -> int:
    return next((one.rank for one in rules.levels if one.key == level), 0)


def _without_repetition(steps: Iterable[Outlook]) -> Iterator[Outlook]:
    last: Outlook | None = None
    for step in steps:
        if last is None or step.level != last.level:
            yield step
        last = step
