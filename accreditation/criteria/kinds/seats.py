"""Who fills which slot, as a criterion sees it: decided elsewhere, for all programs at once."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from accreditation.criteria.gaps import Gap
from accreditation.criteria.timelines import Timeline
from accreditation.criteria.verdicts import Cause, ReasonCode, Result


@dataclass(frozen=True, slots=True)
class Unplaced:
    """Somebody who suits a role and fills none of its slots, why, and the slot that uses them."""

    person: str
    reason: ReasonCode
    used_by: str = ""


@dataclass(frozen=True, slots=True)
class Placement:
    """The slots of one role: `people` fill the first of them, in order, whatever is missing.

    `have` is how many are filled in whichever way the missing people are spread over the slots
    that compete for them.
    """

    role: str
    result: Result
    have: int
    need: int
    people: tuple[str, ...]
    unplaced: tuple[Unplaced, ...]


@dataclass(frozen=True, slots=True)
class Seating:
    """The slots of one criterion at one level; `gaps` say what is missing, and prove it."""

    result: Result
    have: int
    need: int
    roles: tuple[Placement, ...]
    gaps: tuple[Gap, ...]

    def of(self, role: str) -> Placement:
        """Return the slots of a role. :raises StopIteration: the level does not ask for it."""
        return next(one for one in self.roles if one.role == role)


class Seats(Protocol):
    """The slots of one program, filled beside those of all programs that share its people."""

    def seating(self, criterion: str, level: str, on: date) -> Timeline[Seating]:
        """Return who fills the slots of a criterion at a level, from a day onward."""
        ...

    def explain(self, day: date, *, better: bool) -> Cause:
        """Return what frees somebody (or uses somebody up) on a day on which that changes."""
        ...


@dataclass(frozen=True, slots=True)
class Granted:
    """Seats as they would be if all slots were filled, or none: to ask what else is missing."""

    result: Result

    def seating(self, criterion: str, level: str, on: date) -> Timeline[Seating]:  # noqa: ARG002
        """Return the same for every criterion."""
        return Timeline(((on, Seating(self.result, 0, 0, (), ())),))

    def explain(self, day: date, *, better: bool) -> Cause:  # noqa: ARG002 - nothing changes
        """Return nothing: what is granted does not change."""
        raise ValueError(f"nothing changes on {day}")
