"""What another measure gave some months before: what growth of anything is measured against."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar, Self

from accreditation.criteria.kinds.bars import Bar, read_bar
from accreditation.criteria.kinds.counting import Amount, Count, Measure
from accreditation.criteria.kinds.criterion import VALUE, Label
from accreditation.criteria.kinds.dossier import Dossier
from accreditation.criteria.kinds.measures import read_measure
from accreditation.criteria.kinds.registry import register_measure
from accreditation.criteria.periods import DAY, add_months
from accreditation.criteria.reader import MOST_MONTHS, Reader
from accreditation.criteria.timelines import Timeline
from accreditation.criteria.verdicts import Cause, CauseCode, Number
from accreditation.criteria.windows import first_day_reaching_back


@register_measure
@dataclass(frozen=True, slots=True)
class Earlier:
    """What a measure gives on the same day so many months before, at most that month's last day.

    It is the measure of that day, from the facts as they are known now: what counts and what does
    not is said of then.
    """

    kind: ClassVar = "earlier"
    unit: ClassVar = VALUE

    label: Label
    bar: Bar
    months: int
    measured: Measure

    @classmethod
    def parse(cls, label: Label, reader: Reader) -> Self:
        """Return the criterion that a node describes; notes what is wrong with it."""
        months = reader.positive("months", most=MOST_MONTHS) or 1
        measured = read_measure(reader.needed_child("measure"), label)
        if label.unit == cls.unit:
            label = replace(label, unit=measured.label.unit)
        return cls(label, read_bar(reader, whole=False), months, measured)

    @property
    def measures(self) -> tuple[Measure, ...]:
        """What it looks at facts through."""
        return (self.measured,)

    def asks(self, level: str) -> bool:
        """Return whether a level needs the number."""
        return self.bar.asks(level)

    def measure(self, dossier: Dossier) -> Count:
        """Return what the measure gave, from the judged day onward."""
        then = self.measured.measure(dossier.at(add_months(dossier.on, -self.months)))
        count = _as_of_later(then, self.months, dossier.on)
        return replace(
            count,
            label=self.label,
            needs=self.bar.measure(dossier),
            review_on=self._review(dossier, then),
        )

    def _review(self, dossier: Dossier, then: Count) -> date | None:
        """Return the first later day on which something else is seen.

        Days that no day looks back on, such as the 31st from a shorter month, are passed over.
        """
        later = then
        while later.review_on is not None:
            day = first_day_reaching_back(later.review_on, self.months)
            later = self.measured.measure(dossier.at(add_months(day, -self.months)))
            if _seen(later) != _seen(then):
                return day
        return None


def _as_of_later(then: Count, months: int, on: date) -> Count:
    """Return a count as it is seen on a day and from then on, so many months after its own days."""

    def explain(day: date, *, better: bool) -> Cause:
        first, last = (add_months(one, -months) for one in (day - DAY, day))
        turns = [one for one, _ in then.amounts.steps[1:] if first < one <= last]
        moved = [one for one in turns if _grows(then.amounts, one) is better]
        cause = then.explain((moved or turns)[-1], better=better)
        return Cause(CauseCode.TIME_PASSES, cause.record, cause.person)

    return replace(
        then,
        amounts=Timeline.of(_steps(then.amounts, months, on)),
        explain=explain,
        parts=tuple((role, _as_of_later(part, months, on)) for role, part in then.parts),
        otherwise={},
    )


def _steps(amounts: Timeline[Amount], months: int, on: date) -> Iterator[tuple[date, Amount]]:
    """Yield what is seen of the amounts so many months later; of several on one day, the last."""
    later = {first_day_reaching_back(day, months): amount for day, amount in amounts.steps[1:]}
    yield on, amounts.now
    yield from sorted(later.items(), key=lambda step: step[0])


def _grows(amounts: Timeline[Amount], day: date) -> bool:
    """Return whether more is there from one of the later steps on."""
    return _size(amounts.at(day)) > _size(amounts.before(day))


def _size(amount: Amount) -> tuple[bool, Number, bool, Number]:
    """Return what amounts are compared by: for certain, then at most."""
    certain, possible = amount.certain, amount.possible
    return certain is not None, certain or 0, possible is None, possible or 0


def _seen(count: Count) -> tuple[object, ...]:
    """Return what people see of a count."""
    parts = tuple(_seen(part) for _, part in count.parts)
    return count.amounts.now, count.counted, count.not_counted, parts
