"""Everybody with records that belong to a criterion: who counts, and why not the rest."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any

from accreditation.criteria.kinds.counting import Amount, amounts_from
from accreditation.criteria.kinds.people.gathered import HolderOfAll
from accreditation.criteria.kinds.people.holder import Holder
from accreditation.criteria.once import once
from accreditation.criteria.periods import Periods, earliest
from accreditation.criteria.timelines import Timeline
from accreditation.criteria.verdicts import Cause, Counted, NotCounted


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What counts on one day, and why the rest does not; sorted by person and record."""

    counted: tuple[Counted, ...]
    not_counted: tuple[NotCounted, ...]


class Holders:
    """Everybody with records that belong to a criterion."""

    def __init__(self, holders: Iterable[Holder | HolderOfAll]) -> None:
        """Take everybody, sorted by person."""
        self._holders = tuple(holders)
        self.answers: dict[Any, Any] = {}

    @property
    def unknown(self) -> bool:
        """Whether any record may count, but not for certain."""
        return any(one.unknown for one in self._holders)

    @once
    def amounts_from(self, on: date) -> Timeline[Amount]:
        """Return how many people count from a day onward."""
        certain = [holder.periods(unknown=False) for holder in self._holders]
        if not self.unknown:
            return amounts_from(on, certain)
        return amounts_from(on, certain, [one.periods(unknown=True) for one in self._holders])

    @once
    def snapshot(self, day: date) -> Snapshot:
        """Return which records count on a day, and for what reason the others do not."""
        records = [one.records(day) for one in self._holders]
        return Snapshot(
            tuple(chain.from_iterable(counted for counted, _ in records)),
            tuple(chain.from_iterable(not_counted for _, not_counted in records)),
        )

    @once
    def changes_after(self, on: date) -> date | None:
        """Return the first later day on which anything counts differently."""
        return earliest(*(holder.changes_after(on) for holder in self._holders))

    def explain(self, day: date, *, better: bool) -> Cause:
        """Return what makes more (or fewer) people count on a day on which that changes."""
        # Who can no longer count makes the number smaller, but better known.
        turn = self.turn(day, better=better) or self.turn(day, better=not better)
        assert turn is not None
        return turn

    @once
    def turn(self, day: date, *, better: bool) -> Cause | None:
        """Return what makes somebody count for more (or less) from a day on, None if nothing."""
        turns = (one.turn(day, better=better) for one in self._holders if day in one.days)
        return next((turn for turn in turns if turn is not None), None)

    def periods(self, *, unknown: bool) -> dict[str, Periods]:
        """Return when each person counts; `unknown`: if all that is uncertain turned out well."""
        return {one.person: one.periods(unknown=unknown) for one in self._holders}
