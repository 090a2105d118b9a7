"""Records that belong to a criterion: on which days each of them counts, and why not on others."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import chain, groupby

from accreditation.criteria.kinds.bars import Bar
from accreditation.criteria.kinds.counting import Amount, Count, amounts_from
from accreditation.criteria.kinds.criterion import Label
from accreditation.criteria.kinds.dossier import Dossier
from accreditation.criteria.periods import DAY, NEVER, Period, Periods, intersect, union
from accreditation.criteria.timelines import Timeline
from accreditation.criteria.verdicts import (
    Cause,
    CauseCode,
    Counted,
    NotCounted,
    Number,
    ReasonCode,
)

CAUSES = {
    ReasonCode.WITHDRAWN: CauseCode.RECORD_WITHDRAWN,
    ReasonCode.OUTSIDE_WINDOW: CauseCode.RECORD_TOO_OLD,
    ReasonCode.SUPERSEDED_READING: CauseCode.RECORD_SUPERSEDED,
    ReasonCode.PERSON_LEFT: CauseCode.PERSON_LEAVES,
    ReasonCode.WRONG_EMPLOYMENT_KIND: CauseCode.EMPLOYMENT_KIND_CHANGES,
    ReasonCode.TOO_LITTLE_WORKING_TIME: CauseCode.EMPLOYMENT_KIND_CHANGES,
    ReasonCode.WORKING_TIME_UNKNOWN: CauseCode.EMPLOYMENT_KIND_CHANGES,
    ReasonCode.WRONG_JOB_ROLE: CauseCode.JOB_ROLE_ENDS,
    ReasonCode.WRONG_REGION: CauseCode.PERSON_MOVES,
    ReasonCode.PLACE_UNKNOWN: CauseCode.PERSON_MOVES,
    ReasonCode.NO_LONGER_HELD: CauseCode.LEVEL_LOST,
}
"""What has happened when a record stops counting for a reason; else it has expired."""

BEGINNINGS = {
    ReasonCode.NOT_HELD_LONG_ENOUGH: CauseCode.TIME_PASSES,
    ReasonCode.TOO_RECENT: CauseCode.TIME_PASSES,
    ReasonCode.PERSON_NOT_STARTED: CauseCode.PERSON_STARTS,
    ReasonCode.PERSON_LEFT: CauseCode.PERSON_STARTS,
    ReasonCode.WRONG_EMPLOYMENT_KIND: CauseCode.EMPLOYMENT_KIND_CHANGES,
    ReasonCode.TOO_LITTLE_WORKING_TIME: CauseCode.EMPLOYMENT_KIND_CHANGES,
    ReasonCode.WORKING_TIME_UNKNOWN: CauseCode.EMPLOYMENT_KIND_CHANGES,
    ReasonCode.WRONG_JOB_ROLE: CauseCode.JOB_ROLE_STARTS,
    ReasonCode.WRONG_REGION: CauseCode.PERSON_MOVES,
    ReasonCode.PLACE_UNKNOWN: CauseCode.PERSON_MOVES,
    ReasonCode.NOT_YET_HELD: CauseCode.LEVEL_REACHED,
}
"""What has happened when a record starts to count and this was the reason against it."""


@dataclass(frozen=True, slots=True)
class Condition:
    """The days on which something holds, and what is wrong before them and after them."""

    periods: Periods
    before: ReasonCode
    after: ReasonCode

    def reason(self, day: date) -> ReasonCode | None:
        """Return what is wrong on a day, None if nothing is."""
        started = False
        for period in self.periods:
            if day in period:
                return None
            started = started or period.start <= day
        return self.after if started or not self.periods else self.before


def always(reason: ReasonCode) -> Condition:
    """Return what is wrong with a record on every day."""
    return Condition(NEVER, reason, reason)


def within(
    period: Period,
    before: ReasonCode = ReasonCode.NOT_YET_VALID,
    after: ReasonCode = ReasonCode.EXPIRED,
) -> Condition:
    """Return the condition that holds within one period."""
    return Condition((period,), before, after)


def withdrawal(day: date | None) -> tuple[Condition, ...]:
    """Return what is wrong with a record from the day it was withdrawn on; None: it was not."""
    if day is None:
        return ()
    return (within(Period(date.min, day), after=ReasonCode.WITHDRAWN),)


@dataclass(frozen=True, slots=True)
class Entry:
    """A record with all that decides whether it counts; the first condition that fails says why.

    Of several records with one `identity`, one counts; empty: each record counts. `pending`: it may
    count, but not for certain, for the reason `doubt`. `value` is for sums and the like.
    """

    record: str
    conditions: tuple[Condition, ...]
    person: str | None = None
    identity: str = ""
    value: Number = 1
    pending: bool = False
    doubt: ReasonCode = ReasonCode.PENDING_REVIEW
    periods: Periods = field(init=False)

    def __post_init__(self) -> None:
        periods: Periods = (Period(date.min),)
        for condition in self.conditions:
            periods = intersect(periods, condition.periods)
        object.__setattr__(self, "periods", periods)

    def fits_until(self, day: date) -> date | None:
        """Return the end of the period in which it fits on a day, None if it does not fit."""
        for period in self.periods:
            if day in period:
                return period.end or date.max
        return None

    def reason(self, day: date) -> ReasonCode | None:
        """Return why the record does not count on a day, None if it does."""
        if self.fits_until(day):
            return self.doubt if self.pending else None
        return next(reason for one in self.conditions if (reason := one.reason(day)))

    def days(self) -> Iterator[date]:
        """Return every day on which the reason may change."""
        for condition in self.conditions:
            for period in condition.periods:
                yield from period.bounds()

    def turn(self, day: date) -> bool | None:
        """Return whether the record starts to fit (or stops) on a day, None if neither."""
        before, now = self.fits_until(day - DAY), self.fits_until(day)
        return None if (before is None) is (now is None) else now is not None

    def cause(self, day: date) -> Cause:
        """Return what makes the record start or stop fitting on a day on which it does."""
        if self.turn(day):
            reason = self._wrong(day - DAY)
            code = BEGINNINGS.get(reason, CauseCode.RECORD_STARTS)
        else:
            code = CAUSES.get(self._wrong(day), CauseCode.RECORD_EXPIRES)
        return Cause(code, self.record, self.person)

    def _wrong(self, day: date) -> ReasonCode:
        return next(reason for one in self.conditions if (reason := one.reason(day)))


class Tally:
    """All records that belong to a criterion, those of one identity together."""

    def __init__(
        self, entries: Iterable[Entry], duplicate: ReasonCode = ReasonCode.DUPLICATE_RECORD
    ) -> None:
        self.entries = sorted(entries, key=lambda one: (one.identity, one.record))
        self._duplicate = duplicate
        self._groups = [
            tuple(group)
            for _, group in groupby(self.entries, key=lambda one: one.identity or one.record)
        ]
        self._days = [{day for entry in group for day in entry.days()} for group in self._groups]

    def amounts_from(self, on: date, unknown: Periods = NEVER) -> Timeline[Amount]:
        """Return how many count from a day onward; one more may on the days that are unknown."""
        if not unknown and not any(one.pending for one in self.entries):
            return amounts_from(on, self._certain)
        return amounts_from(on, self._certain, [*self._possible, unknown])

    @cached_property
    def _certain(self) -> list[Periods]:
        """When each group counts for certain."""
        return [_fitting(group, pending=False) for group in self._groups]

    @cached_property
    def _possible(self) -> list[Periods]:
        """When each group counts if everything that waits is accepted."""
        return [_fitting(group, pending=True) for group in self._groups]

    def snapshot(self, day: date) -> tuple[tuple[Counted, ...], tuple[NotCounted, ...]]:
        """Return which records count on a day, and for what reason the others do not."""
        counted: list[Counted] = []
        not_counted: list[NotCounted] = []
        for group in self._groups:
            for entry, reason in zip(group, self._reasons(group, day), strict=True):
                if reason is None:
                    counted.append(Counted(entry.record, entry.person))
                else:
                    not_counted.append(NotCounted(entry.record, entry.person, reason))
        return tuple(counted), tuple(not_counted)

    def changes_after(self, on: date) -> date | None:
        """Return the first later day on which anything counts differently."""
        first: date | None = None
        for group, days in zip(self._groups, self._days, strict=True):
            later = sorted(day for day in days if day > on and (first is None or day < first))
            if later:
                today = self._reasons(group, on)
                first = next((day for day in later if self._reasons(group, day) != today), first)
        return first

    def explain(self, day: date, *, better: bool) -> Cause:
        """Return what makes more (or fewer) count on a day on which that changes."""
        turns = [
            entry
            for group, days in zip(self._groups, self._days, strict=True)
            if day in days and _weight(group, day) != _weight(group, day - DAY)
            for entry in group
            if entry.turn(day) is not None
        ]
        # What is unknown ends also with a record that speaks against it and never counts.
        others = (one for one in self.entries if day in one.days())
        preferred = (one for one in turns if one.turn(day) is better)
        return next(chain(preferred, turns, others)).cause(day)

    def _reasons(self, group: Sequence[Entry], day: date) -> list[ReasonCode | None]:
        """Return why each does not count; of those that fit, the one that lasts longest does."""
        reasons = [entry.reason(day) for entry in group]
        if reasons.count(None) < 2:
            return reasons
        fitting = [one for one, reason in zip(group, reasons, strict=True) if reason is None]
        # The first of several that last as long: the entries are sorted by id.
        chosen = max(fitting, key=lambda one: one.fits_until(day) or day)
        return [
            self._duplicate if reason is None and entry is not chosen else reason
            for entry, reason in zip(group, reasons, strict=True)
        ]


def tallied(
    label: Label, bar: Bar, dossier: Dossier, tally: Tally, unknown: Periods = NEVER
) -> Count:
    """Return the count of a tally; one more may count on the days that are unknown."""
    counted, not_counted = tally.snapshot(dossier.on)
    return Count(
        label=label,
        needs=bar.measure(dossier),
        amounts=tally.amounts_from(dossier.on, unknown),
        counted=counted,
        not_counted=not_counted,
        review_on=tally.changes_after(dossier.on),
        explain=tally.explain,
    )


def _fitting(group: Iterable[Entry], *, pending: bool) -> Periods:
    return union(
        period for entry in group if pending or not entry.pending for period in entry.periods
    )


def _weight(group: Iterable[Entry], day: date) -> tuple[bool, bool]:
    fitting = [entry for entry in group if entry.fits_until(day)]
    return any(not entry.pending for entry in fitting), bool(fitting)
