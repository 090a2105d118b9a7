"""Figures delivered from outside, as entries: which of them count on a day."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from accreditation.criteria.kinds.dossier import Dossier
from accreditation.criteria.kinds.entries import Condition, Entry, always, within
from accreditation.criteria.kinds.filters import OwnFields, read_own_fields
from accreditation.criteria.kinds.money import Money, read_money
from accreditation.criteria.kinds.timing import condition
from accreditation.criteria.periods import Period
from accreditation.criteria.reader import Reader
from accreditation.criteria.records import MetricReading
from accreditation.criteria.verdicts import ReasonCode
from accreditation.criteria.windows import Window


@dataclass(frozen=True, slots=True)
class Readings:
    """The readings of a metric that belong to a criterion; what is in a wrong currency does not."""

    metric: str
    own: OwnFields
    money: Money

    def belonging(self, dossier: Dossier) -> list[MetricReading]:
        """Return the readings that fit the vendor's own fields, oldest first."""
        found = [
            one
            for one in dossier.facts.readings
            if one.metric == self.metric
            and self.own.fits(
                {"value": str(one.value), **one.attributes}, {"day": one.day, **one.dates}
            )
        ]
        return sorted(found, key=lambda one: (one.day, one.id))

    def entries(self, dossier: Dossier, window: Window) -> Iterator[Entry]:
        """Return every reading, counting while it is in the window."""
        for one in self.belonging(dossier):
            yield self._entry(one, dossier, (condition(window, one.day),))

    def latest(self, dossier: Dossier, window: Window) -> Iterator[Entry]:
        """Return every reading, counting while it is in the window and its item's newest."""
        by_item: defaultdict[str, list[MetricReading]] = defaultdict(list)
        for one in self.belonging(dossier):
            by_item[one.item].append(one)
        for readings in by_item.values():
            following = [*readings[1:], None]
            for one, newer in zip(readings, following, strict=True):
                seen = condition(window, one.day)
                yield self._entry(one, dossier, (seen, *_until(newer, seen, window)))

    def _entry(
        self, one: MetricReading, dossier: Dossier, conditions: tuple[Condition, ...]
    ) -> Entry:
        dates = {"day": one.day, **one.dates}
        late = (deadline.reason(dates, dossier) for deadline in self.own.deadlines)
        wrong = [always(reason) for reason in late if reason]
        value = self.money.taken(one.value, one.currency)
        if value is None:
            wrong.append(always(ReasonCode.WRONG_CURRENCY))
        return Entry(one.id, (*wrong, *conditions), value=value or Fraction(0))


def read_readings(reader: Reader) -> Readings:
    """Return the readings that a node asks for."""
    money = read_money(reader)
    return Readings(reader.key("metric"), read_own_fields(reader), money)


def _until(newer: MetricReading | None, seen: Condition, window: Window) -> Iterator[Condition]:
    """Yield when a newer reading takes the place of one, if there is any and it ever does."""
    following = newer and window.counts(newer.day)
    start = seen.periods[0].start if seen.periods else date.min
    if not following:
        return
    if following.start <= start:
        yield always(ReasonCode.SUPERSEDED_READING)
    else:
        yield within(
            Period(start, following.start),
            before=ReasonCode.NOT_YET_VALID,
            after=ReasonCode.SUPERSEDED_READING,
        )
