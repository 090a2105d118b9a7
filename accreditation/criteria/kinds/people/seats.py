"""Who fills which slot, as a criterion sees it: decided elsewhere, for all programs at once."""

from collections.abc import Callable, Sequence
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


@dataclass(frozen=True, slots=True)
class Outlook:
    """How the slots of a criterion go on: the results of it and of its roles, from a day onward.

    Who fills them is worked out for a day when it is asked for; it changes on no other `days`.
    """

    results: Timeline[tuple[Result, tuple[Result, ...]]]
    days: Sequence[date]
    seating: Callable[[date], Seating]

    def of_role(self, number: int) -> Timeline[Result]:
        """Return the results of one of the roles that are asked, by its position."""
        return self.results.map(lambda both: both[1][number])

    def changes_before(self, bound: date | None) -> date | None:
        """Return the first later day on which anything is different, None if none is before."""
        now = self.seating(self.days[0])
        later = (day for day in self.days[1:] if bound is None or day < bound)
        return next((day for day in later if self.seating(day) != now), None)


class Seats(Protocol):
    """The slots of one program, filled beside those of all programs that share its people."""

    def outlook(self, criterion: str, level: str, on: date) -> Outlook:
        """Return how the slots of a criterion are filled at a level, from a day onward."""
        ...

    def explain(self, day: date, *, better: bool) -> Cause:
        """Return what frees somebody (or uses somebody up) on a day on which that changes."""
        ...


@dataclass(frozen=True, slots=True)
class Granted:
    """Seats as they would be if all slots were filled, or none: to ask what else is missing."""

    result: Result

    def outlook(
        self,
        criterion: str,  # noqa: ARG002 - the same for every criterion
        level: str,  # noqa: ARG002 - and every level
        on: date,
    ) -> Outlook:
        """Return the same for every criterion."""
        empty = Seating(self.result, 0, 0, (), ())
        return Outlook(Timeline(((on, (self.result, ())),)), (on,), lambda _: empty)

    def explain(self, day: date, *, better: bool) -> Cause:  # noqa: ARG002 - nothing changes
        """Return nothing: what is granted does not change."""
        raise ValueError(f"nothing changes on {day}")
