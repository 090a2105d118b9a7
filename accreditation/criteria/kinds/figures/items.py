"""Every item of a set must be as required: every app, every product, every country."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Self

from accreditation.criteria.kinds.aggregates import exactly, sweep, turn
from accreditation.criteria.kinds.bars import Limit, read_limit
from accreditation.criteria.kinds.counting import Count
from accreditation.criteria.kinds.criterion import Label
from accreditation.criteria.kinds.dossier import Dossier
from accreditation.criteria.kinds.entries import Entry, Tally
from accreditation.criteria.kinds.figures.readings import Readings, read_readings
from accreditation.criteria.kinds.registry import register
from accreditation.criteria.kinds.timing import read_window
from accreditation.criteria.problems import ProblemCode
from accreditation.criteria.reader import Reader
from accreditation.criteria.timelines import Timeline
from accreditation.criteria.verdicts import (
    Cause,
    Comparison,
    Counted,
    NotCounted,
    Number,
    ReasonCode,
)
from accreditation.criteria.windows import Window

Records = tuple[tuple[Counted, ...], tuple[NotCounted, ...]]


@dataclass(frozen=True, slots=True)
class Which:
    """Which figures choose an item; `top`: only so many with the largest figures."""

    limit: Limit | None = None
    top: int | None = None

    def admits(self, entry: Entry) -> bool:
        """Return whether the figure is large (or small) enough."""
        limit = self.limit
        return limit is None or limit.comparison.holds(entry.value, limit.need)

    def chosen(self, entries: Sequence[Entry]) -> Sequence[Entry]:
        """Return the items whose figures choose them; of equal ones the first by id."""
        admitted = [entry for entry in entries if self.admits(entry)]
        if self.top is None:
            return admitted
        return sorted(admitted, key=lambda one: one.value, reverse=True)[: self.top]


@dataclass(frozen=True, slots=True)
class AllChosen:
    """All items chosen are needed, however many there are."""

    comparison: ClassVar = Comparison.AT_LEAST

    chosen: Timeline[Number | None]
    entries: tuple[Entry, ...]

    def at(self, level: str) -> Timeline[Number | None]:  # noqa: ARG002 - the same for every level
        """Return how many items are chosen."""
        return self.chosen

    def unknown(self, level: str) -> None:
        """Return nothing: it is always known how many are chosen."""

    def explain(self, level: str, day: date) -> Cause:  # noqa: ARG002 - the same for every level
        """Return what makes the number of chosen items change on a day on which it does."""
        return turn(self.entries, day, better=False)


@register
@dataclass(frozen=True, slots=True)
class EveryItem:
    """Each item of a metric that its newest figure chooses has the attributes asked.

    Where no item is chosen there is nothing to miss: that is met.
    """

    kind: ClassVar = "every_item"
    unit: ClassVar = "items"

    label: Label
    which: Which
    readings: Readings
    must: Mapping[str, frozenset[str]]
    window: Window

    @classmethod
    def parse(cls, label: Label, reader: Reader) -> Self:
        """Return the criterion that a node describes; notes what is wrong with it."""
        must = reader.needed_child("must")
        names = must.names()
        if "must" in reader and not names:
            reader.problem("must", ProblemCode.MISSING)
        return cls(
            label=label,
            which=_which(reader.child("which")),
            readings=read_readings(reader),
            must={name: must.texts(name) for name in names},
            window=read_window(reader),
        )

    def asks(self, level: str) -> bool:  # noqa: ARG002 - every level is asked
        """Return that the level is asked."""
        return True

    def measure(self, dossier: Dossier) -> Count:
        """Return how many of the items chosen are as required, from the judged day onward."""
        on = dossier.on
        entries = tuple(Tally(self.readings.latest(dossier, self.window)).entries)
        good = self._good(dossier)
        chosen = sweep(on, entries, lambda fitting: exactly(len(self.which.chosen(fitting))))
        have = sweep(
            on,
            entries,
            lambda fitting: exactly(sum(one.record in good for one in self.which.chosen(fitting))),
        )
        counted, not_counted = self._records(entries, good, on)

        def explain(day: date, *, better: bool) -> Cause:
            return turn(entries, day, better=better)

        return Count(
            label=self.label,
            needs=AllChosen(chosen.map(lambda amount: amount.certain), entries),
            amounts=have,
            counted=counted,
            not_counted=not_counted,
            review_on=self._changes_after(entries, good, on),
            explain=explain,
        )

    def _good(self, dossier: Dossier) -> frozenset[str]:
        return frozenset(
            one.id
            for one in self.readings.belonging(dossier)
            if all(one.attributes.get(name) in values for name, values in self.must.items())
        )

    def _records(self, entries: Sequence[Entry], good: frozenset[str], day: date) -> Records:
        """Return what counts on a day; items that their figures do not choose are left out."""
        fitting = [entry for entry in entries if entry.fits_until(day)]
        chosen = {entry.record for entry in self.which.chosen(fitting)}
        counted, not_counted = [], []
        for entry in entries:
            reason = entry.reason(day)
            if reason is None and entry.record not in good:
                reason = ReasonCode.NOT_AS_REQUIRED
            if entry.fits_until(day) and entry.record not in chosen:
                continue
            if reason is None:
                counted.append(Counted(entry.record))
            else:
                not_counted.append(NotCounted(entry.record, None, reason))
        return tuple(counted), tuple(not_counted)

    def _changes_after(
        self, entries: Sequence[Entry], good: frozenset[str], on: date
    ) -> date | None:
        today = self._records(entries, good, on)
        days = sorted({day for entry in entries for day in entry.days() if day > on})
        return next((day for day in days if self._records(entries, good, day) != today), None)


def _which(reader: Reader | None) -> Which:
    if reader is None:
        return Which()
    which = Which(read_limit(reader), reader.positive("top", required=False))
    reader.finish()
    return which
