"""Where a partner stands in a program, and how time and verdicts move it.

Pure: the day is an argument. One call makes one step; whoever stores it calls again until the
standing stays, so that a late evaluation leaves the same trace as a punctual one.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Standing(StrEnum):
    """A partner's relation to a program; not started is the absence of one (None)."""

    IN_PROGRESS = "in_progress"
    ACCREDITED = "accredited"
    IN_GRACE = "in_grace"
    LAPSED = "lapsed"


class Because(StrEnum):
    """Why a standing changes. Public: codes are only added."""

    ENROLLED = "enrolled"
    LEVEL_MET = "level_met"
    NO_LEVEL_MET = "no_level_met"
    AWARD_ENDED = "award_ended"
    MET_AGAIN_IN_GRACE = "met_again_in_grace"
    GRACE_ENDED = "grace_ended"


@dataclass(frozen=True, slots=True)
class Transition:
    """A legal move; `start` is None when there is no standing yet."""

    start: Standing | None
    end: Standing
    because: Because


TRANSITIONS = (
    Transition(None, Standing.IN_PROGRESS, Because.ENROLLED),
    Transition(None, Standing.ACCREDITED, Because.LEVEL_MET),
    Transition(Standing.IN_PROGRESS, Standing.ACCREDITED, Because.LEVEL_MET),
    Transition(Standing.ACCREDITED, Standing.IN_GRACE, Because.NO_LEVEL_MET),
    Transition(Standing.ACCREDITED, Standing.IN_GRACE, Because.AWARD_ENDED),
    Transition(Standing.ACCREDITED, Standing.LAPSED, Because.NO_LEVEL_MET),
    Transition(Standing.ACCREDITED, Standing.LAPSED, Because.AWARD_ENDED),
    Transition(Standing.IN_GRACE, Standing.ACCREDITED, Because.MET_AGAIN_IN_GRACE),
    Transition(Standing.IN_GRACE, Standing.LAPSED, Because.GRACE_ENDED),
    Transition(Standing.LAPSED, Standing.ACCREDITED, Because.LEVEL_MET),
)
"""Every move that evaluation and time can make."""


@dataclass(frozen=True, slots=True)
class Move:
    """Where a partner stands after a step.

    `because` is None when nothing moved. `grace_ends_on` is exclusive (the first day that is no
    longer good) and set exactly while in grace. `new_award` asks for an award that begins that
    day: a first one, one after a lapse, or the renewal of one that ended.
    """

    standing: Standing
    because: Because | None = None
    grace_ends_on: date | None = None
    new_award: bool = False


def next_standing(
    current: Standing | None,
    *,
    met: bool,
    award_ended: bool,
    automatic: bool,
    grace_days: int,
    grace_ends_on: date | None,
    on: date,
    may_fall: bool = True,
    renewable_until: date | None = None,
) -> Move:
    """Return where a partner stands on a day, one step from where it stood.

    `met`: any level is met on the day. `award_ended`: the award's (exclusive) end has come.
    `automatic`: the program grants and renews awards without an application. A fall on day D
    leaves `grace_days` days of grace, the last good one being D + `grace_days`. `may_fall`: what is
    met no more is lost on this day, for it is a review day, or every day is. `renewable_until` is
    the first day on which an award that ended can no longer be renewed; None: it leaves the grace.

    :raises ValueError: in grace without the day it ends.
    """
    if current is Standing.ACCREDITED:
        if (met or not may_fall) and (automatic or not award_ended):
            return Move(Standing.ACCREDITED, new_award=met and award_ended)
        grace = on + timedelta(days=grace_days + 1) if grace_days else None
        ends_on = (renewable_until if award_ended else None) or grace
        return _fallen(Because.AWARD_ENDED if met else Because.NO_LEVEL_MET, ends_on, on)
    if current is Standing.IN_GRACE:
        if grace_ends_on is None:
            raise ValueError("a partner in grace needs the day its grace ends")
        holds = met and (automatic or not award_ended)
        return _in_grace(holds=holds, award_ended=award_ended, grace_ends_on=grace_ends_on, on=on)
    return _without_award(current, granted=met and automatic)


def _without_award(current: Standing | None, *, granted: bool) -> Move:
    if granted:
        return Move(Standing.ACCREDITED, Because.LEVEL_MET, new_award=True)
    if current is None:
        return Move(Standing.IN_PROGRESS, Because.ENROLLED)
    return Move(current)


def _fallen(because: Because, ends_on: date | None, on: date) -> Move:
    """Return the grace until a day (exclusive), or the lapse if there is none or it is over."""
    if ends_on is None or ends_on <= on:
        return Move(Standing.LAPSED, because)
    return Move(Standing.IN_GRACE, because, grace_ends_on=ends_on)


def _in_grace(*, holds: bool, award_ended: bool, grace_ends_on: date, on: date) -> Move:
    if on >= grace_ends_on:
        return Move(Standing.LAPSED, Because.GRACE_ENDED)
    if holds:
        return Move(Standing.ACCREDITED, Because.MET_AGAIN_IN_GRACE, new_award=award_ended)
    return Move(Standing.IN_GRACE, grace_ends_on=grace_ends_on)


def level_moves(held: int, met: int, *, may_rise: bool, may_fall: bool) -> bool:
    """Return whether a level of one rank gives way to another that is met, on a day.

    `may_rise` and `may_fall`: levels move in that direction on this day.
    """
    return may_rise if met > held else may_fall and met < held


def diagram() -> str:
    """Return the transition table as a Mermaid state diagram, for the documentation."""
    lines = ["stateDiagram-v2"]
    for move in TRANSITIONS:
        start = "[*]" if move.start is None else move.start.value
        lines.append(f"    {start} --> {move.end.value}: {move.because.value.replace('_', ' ')}")
    return "\n".join(lines) + "\n"
