"""How long something has been: time since an event of the organization."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar, Self

from accreditation.criteria.kinds.aggregates import exactly
from accreditation.criteria.kinds.bars import Bar, read_at_least, read_bar
from accreditation.criteria.kinds.counting import UNKNOWN, Amount, Count
from accreditation.criteria.kinds.criterion import Label
from accreditation.criteria.kinds.dossier import Dossier, Event
from accreditation.criteria.kinds.entries import Condition, Entry, Tally, tallied, within
from accreditation.criteria.kinds.reach import check_reachable
from accreditation.criteria.kinds.registry import register_measure
from accreditation.criteria.periods import NEVER, Period
from accreditation.criteria.reader import MOST_MONTHS, Reader
from accreditation.criteria.timelines import Timeline
from accreditation.criteria.verdicts import Cause, CauseCode, ReasonCode
from accreditation.criteria.windows import first_day_reaching_back


@register_measure
@dataclass(frozen=True, slots=True)
class MonthsSince:
    """The months that have begun since an event, the first on its own day; at most `most`.

    What is to be said per month is divided by it; so it is never zero. Without the event, or
    before it, it cannot be judged.
    """

    kind: ClassVar = "months_since"
    unit: ClassVar = "months"

    label: Label
    bar: Bar
    event: str
    most: int

    @classmethod
    def parse(cls, label: Label, reader: Reader) -> Self:
        """Return the criterion that a node describes; notes what is wrong with it."""
        return cls(
            label=label,
            bar=read_bar(reader, whole=True),
            event=reader.key("event"),
            most=reader.positive("most", most=MOST_MONTHS) or 1,
        )

    def asks(self, level: str) -> bool:
        """Return whether a level needs any months."""
        return self.bar.asks(level)

    def measure(self, dossier: Dossier) -> Count:
        """Return the months, from the judged day onward."""
        event = dossier.event(self.event)
        amounts = Timeline(((dossier.on, UNKNOWN),))
        if event is not None:
            amounts = self._amounts(event, dossier.on)
        record = "" if event is None else event.record

        def explain(day: date, *, better: bool) -> Cause:  # noqa: ARG001 - only time changes it
            return Cause(CauseCode.TIME_PASSES, record)

        return Count(
            label=self.label,
            needs=self.bar.measure(dossier),
            amounts=amounts,
            counted=(),
            not_counted=(),
            review_on=amounts.changes_on,
            explain=explain,
        )

    def _amounts(self, event: Event, on: date) -> Timeline[Amount]:
        steps = [
            (first_day_reaching_back(event.day, passed), exactly(passed + 1))
            for passed in range(self.most)
        ]
        now = [amount for day, amount in steps if day <= on]
        later = [step for step in steps if step[0] > on]
        return Timeline.of([(on, now[-1] if now else UNKNOWN), *later])


@register_measure
@dataclass(frozen=True, slots=True)
class EventPassed:
    """So many whole months and days have passed since an event; with neither, it has happened.

    Without the event it cannot be judged; one that lies ahead has not passed yet.
    """

    kind: ClassVar = "event_passed"
    unit: ClassVar = "events"

    label: Label
    bar: Bar
    event: str
    months: int
    days: int

    @classmethod
    def parse(cls, label: Label, reader: Reader) -> Self:
        """Return the criterion that a node describes; notes what is wrong with it."""
        bar = Bar({}) if reader.measured else read_at_least(reader, default=1)
        check_reachable(reader, bar, 1)
        return cls(
            label=label,
            bar=bar,
            event=reader.key("event"),
            months=reader.whole("months", default=0, most=MOST_MONTHS),
            days=reader.whole("days", default=0),
        )

    def asks(self, level: str) -> bool:
        """Return whether a level needs the event."""
        return self.bar.asks(level)

    def measure(self, dossier: Dossier) -> Count:
        """Return whether it has passed, from the judged day onward."""
        event = dossier.event(self.event)
        entries = () if event is None else (Entry(event.record, (self._passed(event),)),)
        unknown = NEVER if event else (Period(date.min),)
        return tallied(self.label, self.bar, dossier, Tally(entries), unknown=unknown)

    def _passed(self, event: Event) -> Condition:
        passed_on = first_day_reaching_back(event.day, self.months) + timedelta(days=self.days)
        return within(Period(passed_on), before=ReasonCode.TOO_RECENT)
