"""What a document asks of records: `where` with the fields of the noun, and the vendor's own."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from fractions import Fraction

from accreditation.criteria.kinds.bars import Limit, read_limits
from accreditation.criteria.kinds.dossier import Dossier
from accreditation.criteria.kinds.entries import Condition, always
from accreditation.criteria.kinds.reach import check_limits
from accreditation.criteria.periods import add_months
from accreditation.criteria.problems import ProblemCode
from accreditation.criteria.reader import MOST_MONTHS, Catalog, Reader
from accreditation.criteria.records import CustomerRecord
from accreditation.criteria.verdicts import ReasonCode

_NUMBER = re.compile(r"-?[0-9]{1,30}(\.[0-9]{1,30})?")

FIELDS = {
    "stages": ("stage", ReasonCode.WRONG_STAGE),
    "products": ("products", ReasonCode.WRONG_PRODUCT),
    "service_types": ("service_types", ReasonCode.WRONG_SERVICE_TYPE),
    "industries": ("industry", ReasonCode.WRONG_INDUSTRY),
    "regions": ("region", ReasonCode.WRONG_REGION),
    "countries": ("country", ReasonCode.WRONG_REGION),
    "locations": ("location", ReasonCode.WRONG_LOCATION),
    "customer_sizes": ("customer_size", ReasonCode.WRONG_CUSTOMER_SIZE),
    "currencies": ("currency", ReasonCode.WRONG_CURRENCY),
}
"""What may be asked of a customer's record: its field, and what is wrong if it does not fit."""


@dataclass(frozen=True, slots=True)
class Span:
    """First and last day (inclusive) on which something may have happened; None: no limit."""

    first: date | None
    last: date | None

    def __contains__(self, day: date) -> bool:
        return (self.first is None or day >= self.first) and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class Deadline:
    """One day of a record is at most so many months or days after another, or after an event."""

    what: str
    after: str
    months: int
    days: int

    def last(self, start: date) -> date:
        """Return the last good day, counted from the earlier one."""
        return add_months(start, self.months) + timedelta(days=self.days)

    def reason(self, dates: Mapping[str, date], dossier: Dossier) -> ReasonCode | None:
        """Return what is wrong with a record of these days, None if nothing is."""
        day, start = dates.get(self.what), dates.get(self.after)
        event = dossier.event(self.after)
        if start is None and event is not None:
            start = event.day
        if day is None or start is None:
            return ReasonCode.DATE_MISSING
        return ReasonCode.PAST_DEADLINE if day > self.last(start) else None


@dataclass(frozen=True, slots=True)
class OwnFields:
    """What is asked of the vendor's own fields: texts, numbers, days, and the days between them."""

    attributes: Mapping[str, frozenset[str]]
    dated: Mapping[str, Span]
    deadlines: tuple[Deadline, ...]
    numbers: Mapping[str, tuple[Limit, ...]] = field(default_factory=dict)

    def fits(self, attributes: Mapping[str, str], dates: Mapping[str, date]) -> bool:
        """Return whether attributes and days are as asked; deadlines are apart."""
        return (
            all(attributes.get(name) in wanted for name, wanted in self.attributes.items())
            and all(name in dates and dates[name] in span for name, span in self.dated.items())
            and all(_enough(attributes.get(name), limits) for name, limits in self.numbers.items())
        )

    def reasons(
        self, attributes: Mapping[str, str], dates: Mapping[str, date], dossier: Dossier
    ) -> Iterator[ReasonCode]:
        """Yield everything that is wrong with a record."""
        if not self.fits(attributes, dates):
            yield ReasonCode.WRONG_ATTRIBUTE
        for deadline in self.deadlines:
            reason = deadline.reason(dates, dossier)
            if reason:
                yield reason


@dataclass(frozen=True, slots=True)
class Where:
    """What is asked of a customer's record; what is as `excluded` says does not count."""

    fields: Mapping[str, frozenset[str]]
    public: bool
    own: OwnFields
    excluded: "Where | None" = None

    def conditions(
        self, record: CustomerRecord, day: date, dossier: Dossier
    ) -> tuple[Condition, ...]:
        """Return what is wrong with a record of a day whatever the day it is asked for."""
        reasons = self.reasons(record, day, dossier)
        return tuple(always(reason) for reason in list(reasons)[:1])

    def reasons(self, record: CustomerRecord, day: date, dossier: Dossier) -> Iterator[ReasonCode]:
        """Yield everything that is wrong with a record of a day."""
        yield from self._misfits(record)
        attributes, dates = dict(record.attributes), {"day": day, **record.dates}
        if record.value is not None:
            attributes.setdefault("value", str(record.value))
        yield from self.own.reasons(attributes, dates, dossier)
        if self.excluded and not any(self.excluded.reasons(record, day, dossier)):
            yield ReasonCode.EXCLUDED

    def _misfits(self, record: CustomerRecord) -> Iterator[ReasonCode]:
        for name, wanted in self.fields.items():
            field, reason = FIELDS[name]
            value = getattr(record, field)
            values = value if isinstance(value, frozenset) else {value}
            if not values & wanted:
                yield reason
        if self.public and not record.public:
            yield ReasonCode.NOT_PUBLIC


ANYTHING = Where({}, public=False, own=OwnFields({}, {}, ()))
"""Nothing is asked of a customer's record."""


def read_where(reader: Reader) -> Where:
    """Return what `where` asks of customers' records; without it nothing is asked."""
    inner = reader.child("where")
    if inner is None:
        return ANYTHING
    where = _where(inner)
    if "except" in inner:
        where = replace(where, excluded=_exception(inner.needed_child("except")))
    inner.finish()
    return where


def read_own_fields(reader: Reader) -> OwnFields:
    """Return what `where` asks of the vendor's own fields; without it nothing is asked."""
    inner = reader.child("where")
    if inner is None:
        return OwnFields({}, {}, ())
    own = _own(inner)
    inner.finish()
    return own


def number_in(text: str | None) -> Fraction | None:
    """Return the exact number that one of the vendor's own fields holds, None if it holds none."""
    return Fraction(text) if text is not None and _NUMBER.fullmatch(text) else None


def _exception(reader: Reader) -> Where:
    """Return what is left out, which must be named: else it would be everything."""
    where = _where(reader)
    if where == ANYTHING and reader.usable:
        reader.problem("attributes", ProblemCode.MISSING)
    reader.finish()
    return where


def _where(reader: Reader) -> Where:
    fields = {name: _wanted(reader, name) for name in FIELDS}
    return Where(
        {name: wanted for name, wanted in fields.items() if wanted},
        public=reader.flag("public", default=False),
        own=_own(reader),
    )


def _wanted(reader: Reader, name: str) -> frozenset[str]:
    if name == "countries":
        return reader.keys_in(name, Catalog.COUNTRY)
    return reader.texts(name, required=False)


def _own(reader: Reader) -> OwnFields:
    attributes, dated = reader.child("attributes"), reader.child("dated")
    numbers = reader.child("numbers")
    deadlines = reader.children("within", required=False)
    return OwnFields(
        {name: attributes.texts(name) for name in attributes.names()} if attributes else {},
        {name: _span(dated.needed_child(name)) for name in dated.names()} if dated else {},
        tuple(_deadline(one) for one in deadlines),
        {name: _numbers(numbers.needed_child(name)) for name in numbers.names()} if numbers else {},
    )


def _numbers(reader: Reader) -> tuple[Limit, ...]:
    limits = read_limits(reader)
    check_limits(reader, limits)
    return limits


def _enough(text: str | None, limits: tuple[Limit, ...]) -> bool:
    """Return whether the number that a field holds, exactly, is within all limits."""
    number = number_in(text)
    if number is None:
        return False
    return all(limit.comparison.holds(number, limit.need) for limit in limits)


def _span(reader: Reader) -> Span:
    first, last = reader.day("from"), reader.day("through")
    if first and last and last < first:
        reader.problem("through", ProblemCode.ENDS_BEFORE_START, start=first.isoformat())
    if "from" not in reader and "through" not in reader:
        reader.problem("from", ProblemCode.MISSING)
    reader.finish()
    return Span(first, last)


def _deadline(reader: Reader) -> Deadline:
    deadline = Deadline(
        reader.key("date"),
        reader.key("after"),
        reader.whole("months", default=0, most=MOST_MONTHS),
        reader.whole("days", default=0),
    )
    if "months" not in reader and "days" not in reader:
        reader.problem("days", ProblemCode.MISSING)
    reader.finish()
    return deadline
