"""What a partner will hold in a program if no new fact comes: time moves standings and awards.

Pure: the day is an argument. It takes the same steps as an evaluation on each of those days does,
from the same table of moves, so that what is foreseen is what happens then.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from accreditation.criteria.document import Rules
from accreditation.criteria.kinds.dossier import Phase
from accreditation.criteria.periods import DAY, add_months, earliest
from accreditation.criteria.settings import Granting, Settings
from accreditation.criteria.verdicts import Outlook, Verdict
from accreditation.standing import Because, Move, Standing, level_moves, next_standing

MOST_MOVES = 400
"""So many days on which something moves are followed: more than thirty years of renewals."""

LAST_DAY = date(2199, 12, 31)
"""Nothing is followed beyond: no version begins later, and no day is asked about that is later."""


@dataclass(frozen=True, slots=True)
class Position:
    """Where a partner stands in a program; `ends_on` is the (exclusive) end of its award."""

    standing: Standing | None = None
    level: str | None = None
    ends_on: date | None = None
    grace_ends_on: date | None = None

    def phase_on(self, day: date) -> Phase:
        """Return what is asked on a day that begins with this position."""
        if self.standing not in {Standing.ACCREDITED, Standing.IN_GRACE}:
            return Phase.INITIAL
        return Phase.RENEW if self.ends_on is not None and self.ends_on <= day else Phase.KEEP


@dataclass(frozen=True, slots=True)
class RulesAhead:
    """Rules that are in force from a day on, and the levels that are met by them.

    `ranks` are those of every level of the program, also of levels that only other rules have.
    `judge` returns the highest level met from a day on, that day first, by what a phase asks. It is
    asked once a phase, for the first of the days in question.
    """

    start: date
    rules: Rules
    ranks: Mapping[str, int]
    judge: Callable[[date, Phase], Sequence[Outlook]]
    _known: dict[Phase, Sequence[Outlook]] = field(default_factory=dict)

    def met(self, day: date, phase: Phase) -> str | None:
        """Return the highest level met on a day, None if none is; the days are asked in order."""
        return next(one.level for one in reversed(self._ahead(day, phase)) if one.day <= day)

    def changes_after(self, day: date, phase: Phase) -> date | None:
        """Return the first later day on which another level is met, None if there is none."""
        return next((one.day for one in self._ahead(day, phase) if one.day > day), None)

    def rank(self, level: str | None) -> int:
        """Return the rank of a level, 0 for none."""
        return self.ranks.get(level, 0) if level else 0

    def _ahead(self, day: date, phase: Phase) -> Sequence[Outlook]:
        asked = phase if self.rules.phased else Phase.KEEP
        if asked not in self._known:
            self._known[asked] = self.judge(day, phase)
        return self._known[asked]


@dataclass(frozen=True, slots=True)
class Lived:
    """A day on which something may move: by which rules, what they ask, what was held after it."""

    day: date
    ahead: RulesAhead
    phase: Phase
    at: Position


def outlook_of(verdict: Verdict, on: date) -> list[Outlook]:
    """Return the highest level met from each day on, beginning with the day that was judged."""
    return [Outlook(on, verdict.level), *verdict.outlook]


def foreseen(
    at: Position, ahead: Sequence[RulesAhead], on: date, phase: Phase
) -> tuple[Outlook, ...]:
    """Return the level that is held from each day on, beginning with a day and its phase.

    `ahead` are the rules in force on that day and those that take their place later, in order.
    """
    return held_on(lived(at, ahead, on, phase))


def held_on(days: Iterable[Lived]) -> tuple[Outlook, ...]:
    """Return the level that is held from each day on."""
    return tuple(_without_repetition(Outlook(one.day, one.at.level) for one in days))


def lived(at: Position, ahead: Sequence[RulesAhead], on: date, phase: Phase) -> Iterator[Lived]:
    """Yield the days on which a position may move or something else is asked, a day first.

    `phase` is what is asked on that day. It ends where nothing moves any more, after
    ``MOST_MOVES`` of them, and with ``LAST_DAY``.
    """
    day: date | None = on
    for _ in range(MOST_MOVES):
        if day is None or day > LAST_DAY:
            return
        now = next(one for one in reversed(ahead) if one is ahead[0] or one.start <= day)
        met = now.met(day, phase)
        at = _moved(at, now, met, day)
        yield Lived(day, now, phase, at)
        replaced_on = next((one.start for one in ahead[1:] if one.start > day), None)
        if replaced_on is None and _stays(at, now, phase, day):
            return
        day = earliest(replaced_on, *_next_days(at, now, phase, day))
        phase = at.phase_on(day) if day else phase


def _stays(at: Position, now: RulesAhead, phase: Phase, day: date) -> bool:
    """Return whether a position lasts for as long as these rules do, by whatever renewals."""
    if at.standing is not Standing.ACCREDITED or _turns(at, now, phase, day):
        return False
    asked = (Phase.KEEP,) if at.ends_on is None else (Phase.KEEP, Phase.RENEW)
    return now.rules.settings.award is Granting.AUTOMATIC and all(
        now.met(day + DAY, one) == at.level and now.changes_after(day + DAY, one) is None
        for one in asked
    )


def _turns(at: Position, now: RulesAhead, phase: Phase, day: date) -> bool:
    """Return whether something else than by this phase is asked on the day after."""
    return now.rules.phased and at.phase_on(day + DAY) is not phase


def _next_days(at: Position, now: RulesAhead, phase: Phase, day: date) -> Iterator[date | None]:
    """Yield the later days on which something moves or is asked otherwise, in no order."""
    if _turns(at, now, phase, day):
        yield day + DAY
        return
    yield now.changes_after(day, phase)
    yield at.grace_ends_on
    yield at.ends_on if at.ends_on and at.ends_on > day else None
    met = now.met(day, phase)
    if at.standing is Standing.ACCREDITED and at.level != met:
        settings = now.rules.settings
        rises = now.rank(met) > now.rank(at.level)
        yield (settings.up if rises else settings.down).next_from(day + DAY)


def _moved(at: Position, now: RulesAhead, met: str | None, day: date) -> Position:
    """Return the position once everything has moved that moves on a day."""
    settings, freely = now.rules.settings, False
    if at.ends_on is not None:
        at = replace(at, ends_on=settings.extended(at.ends_on))
    while (move := _move(at, settings, met, day)).because is not None or move.new_award:
        freely |= move.because is Because.MET_AGAIN_IN_GRACE
        at = _stepped(at, settings, move, met, day)
    if at.standing is not Standing.ACCREDITED or met is None or at.level == met:
        return at
    moves = freely or level_moves(
        now.rank(at.level),
        now.rank(met),
        may_rise=day in settings.up,
        may_fall=day in settings.down,
    )
    return replace(at, level=met) if moves else at


def _move(at: Position, settings: Settings, met: str | None, day: date) -> Move:
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


def _stepped(at: Position, settings: Settings, move: Move, met: str | None, day: date) -> Position:
    """Return the position after one move: with a renewed award, a new one, the old one, or none."""
    after = Position(move.standing, at.level or met, at.ends_on, move.grace_ends_on)
    if move.new_award:
        if at.ends_on is not None:
            return replace(after, level=met, ends_on=settings.renewed(at.ends_on, day))
        term = settings.term_months
        return replace(after, ends_on=None if term is None else add_months(day, term))
    if move.standing in {Standing.LAPSED, Standing.IN_PROGRESS}:
        return replace(after, level=None, ends_on=None)
    return after


def _without_repetition(steps: Iterable[Outlook]) -> Iterator[Outlook]:
    last: Outlook | None = None
    for step in steps:
        if last is None or step.level != last.level:
            yield step
        last = step
