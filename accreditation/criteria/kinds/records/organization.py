"""What is known of the organization itself, and what a person decided about it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar, Self

from accreditation.criteria.kinds.bars import Bar, read_bar
from accreditation.criteria.kinds.counting import UNKNOWN, Amount, Count
from accreditation.criteria.kinds.criterion import VALUE, Label
from accreditation.criteria.kinds.dossier import Dossier
from accreditation.criteria.kinds.entries import Condition, Entry, Tally, always, tallied, within
from accreditation.criteria.kinds.reach import check_reachable
from accreditation.criteria.kinds.registry import register, register_measure
from accreditation.criteria.periods import Period, Periods, union, without
from accreditation.criteria.reader import Reader
from accreditation.criteria.records import OrganizationAttribute, text_of
from accreditation.criteria.timelines import Timeline
from accreditation.criteria.verdicts import Cause, CauseCode, ReasonCode

ONCE = "one"
"""What is decided is one thing, however many records say so."""


@register
@dataclass(frozen=True, slots=True)
class DecidedByPerson:
    """Somebody decided that the criterion of this key is fulfilled; until then nobody can tell."""

    kind: ClassVar = "decided_by_person"
    unit: ClassVar = "decisions"

    label: Label
    bar: Bar

    @classmethod
    def parse(cls, label: Label, reader: Reader) -> Self:
        """Return the criterion that a node describes; notes what is wrong with it."""
        bar = read_bar(reader, whole=True, default=1)
        check_reachable(reader, bar, 1)
        return cls(label, bar)

    def asks(self, level: str) -> bool:
        """Return whether a level needs the decision."""
        return self.bar.asks(level)

    def measure(self, dossier: Dossier) -> Count:
        """Return what was decided, from the judged day onward."""
        decisions = dossier.decisions(self.label.key)
        decided = (one.period for one in decisions if not one.pending)
        against = (always(ReasonCode.DECIDED_AGAINST),)
        tally = Tally(
            Entry(
                one.id,
                ((() if one.accepted or one.pending else against) + (within(one.period),)),
                identity=ONCE,
                pending=one.pending,
            )
            for one in decisions
        )
        return tallied(self.label, self.bar, dossier, tally, unknown=_besides(decided))


@register_measure
@dataclass(frozen=True, slots=True)
class Attribute:
    """An attribute of the organization has one of the values, or is a number that is enough."""

    kind: ClassVar = "attribute"
    unit: ClassVar = VALUE

    label: Label
    bar: Bar
    name: str
    values: frozenset[str]

    @classmethod
    def parse(cls, label: Label, reader: Reader) -> Self:
        """Return the criterion that a node describes; notes what is wrong with it."""
        values = reader.texts("is", required=False)
        bar = read_bar(reader, whole=bool(values), default=1 if values else None)
        if values:
            check_reachable(reader, bar, 1)
        return cls(label, bar, reader.key("attribute"), values)

    def asks(self, level: str) -> bool:
        """Return whether a level needs anything of the attribute."""
        return self.bar.asks(level)

    def measure(self, dossier: Dossier) -> Count:
        """Return what the attribute is, from the judged day onward."""
        in_force = dossier.attribute_record(self.name)
        tally = Tally(
            self._entry(one, in_force) for one in dossier.facts.attributes if one.name == self.name
        )
        count = tallied(self.label, self.bar, dossier, tally)

        def explain(day: date, *, better: bool) -> Cause:  # noqa: ARG001 - any change is the cause
            return Cause(CauseCode.ATTRIBUTE_CHANGES, dossier.attribute_changed(self.name, day))

        return replace(count, amounts=in_force.map(self._amount), explain=explain)

    def _entry(
        self, one: OrganizationAttribute, in_force: Timeline[OrganizationAttribute | None]
    ) -> Entry:
        newer = ReasonCode.SUPERSEDED_READING
        conditions = [
            within(one.period),
            Condition(in_force.when(lambda now: now == one), newer, newer),
        ]
        if self._amount(one) in {Amount(0, 0), UNKNOWN}:
            conditions.insert(0, always(ReasonCode.WRONG_ATTRIBUTE))
        return Entry(one.id, tuple(conditions))

    def _amount(self, one: OrganizationAttribute | None) -> Amount:
        if one is None:
            return UNKNOWN
        if self.values:
            fits = int(text_of(one.value) in self.values)
            return Amount(fits, fits)
        if not isinstance(one.value, Decimal):
            return UNKNOWN
        return Amount(Fraction(one.value), Fraction(one.value))


def _besides(periods: Iterable[Period]) -> Periods:
    return without((Period(date.min),), union(periods))
