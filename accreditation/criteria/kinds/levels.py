"""Levels of other programs, or of this one, that the partner holds."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, Self

from accreditation.criteria.facts import PartnerFacts
from accreditation.criteria.kinds.bars import Bar, read_bar
from accreditation.criteria.kinds.counting import Count
from accreditation.criteria.kinds.criterion import Label
from accreditation.criteria.kinds.dossier import Dossier
from accreditation.criteria.kinds.entries import Condition, Entry, Tally, tallied, within
from accreditation.criteria.kinds.registry import register_measure
from accreditation.criteria.periods import Period, Periods, union
from accreditation.criteria.problems import ProblemCode
from accreditation.criteria.reader import Reader
from accreditation.criteria.records import HeldLevel, Kin
from accreditation.criteria.verdicts import ReasonCode
from accreditation.criteria.windows import unbroken

NAMING = ("programs", "levels", "groups")


class HeldBy(StrEnum):
    """Whose levels are looked at; `group` is everybody in the same tree of partners."""

    SELF = "self"
    CHILDREN = "children"
    SUBTREE = "subtree"
    GROUP = "group"


KINS: Mapping[HeldBy, frozenset[Kin]] = {
    HeldBy.SELF: frozenset({Kin.SELF}),
    HeldBy.CHILDREN: frozenset({Kin.CHILD}),
    HeldBy.SUBTREE: frozenset({Kin.SELF, Kin.CHILD, Kin.BELOW}),
    HeldBy.GROUP: frozenset(Kin),
}


class Once(StrEnum):
    """What counts once: a designation, whoever holds it, or a partner, whatever it holds."""

    DESIGNATION = "designation"
    PARTNER = "partner"


@register_measure
@dataclass(frozen=True, slots=True)
class HoldsLevel:
    """So many designations (one, if nothing is said) are held; versions of one count once.

    An empty filter asks nothing. `for_months`: held for longer than that without a break. `place`
    is where the document asks for it.
    """

    kind: ClassVar = "holds_level"
    unit: ClassVar = "designations"

    label: Label
    bar: Bar
    programs: frozenset[str]
    levels: frozenset[str]
    groups: frozenset[str]
    for_months: int | None
    held_by: HeldBy
    distinct: Once
    place: str

    @classmethod
    def parse(cls, label: Label, reader: Reader) -> Self:
        """Return the criterion that a node describes; notes what is wrong with it."""
        if not any(name in reader for name in NAMING):
            reader.problem("programs", ProblemCode.MISSING)
        return cls(
            label=label,
            bar=read_bar(reader, whole=True, default=1),
            programs=reader.texts("programs", required=False),
            levels=reader.texts("levels", required=False),
            groups=reader.texts("groups", required=False),
            for_months=reader.positive("for_months", required=False),
            held_by=reader.choice("held_by", HeldBy, default=HeldBy.SELF),
            distinct=reader.choice("distinct", Once, default=Once.DESIGNATION),
            place=reader.place,
        )

    def asks(self, level: str) -> bool:
        """Return whether a level needs any designations."""
        return self.bar.asks(level)

    def measure(self, dossier: Dossier) -> Count:
        """Return which designations count, from the judged day onward."""
        return tallied(self.label, self.bar, dossier, Tally(self._entries(dossier.facts)))

    def _entries(self, facts: PartnerFacts) -> Iterator[Entry]:
        fitting = [one for one in facts.held_levels if self._fits(one)]
        held: defaultdict[str, list[Period]] = defaultdict(list)
        for one in fitting:
            held[self._identity(one)].append(one.period)
        for one in fitting:
            identity = self._identity(one)
            conditions = (within(one.period), *self._long_enough(union(held[identity])))
            yield Entry(one.id, conditions, identity=identity)

    def _identity(self, held: HeldLevel) -> str:
        if self.distinct is Once.PARTNER:
            return f"partner {held.holder}"
        return held.family or held.program

    def _fits(self, held: HeldLevel) -> bool:
        return (
            held.kin in KINS[self.held_by]
            and (not self.programs or held.program in self.programs)
            and (not self.levels or held.level in self.levels)
            and (not self.groups or bool(held.groups & self.groups))
        )

    def _long_enough(self, held: Periods) -> tuple[Condition, ...]:
        """Return when a designation, in whatever records, has been held for long enough."""
        if self.for_months is None:
            return ()
        early = ReasonCode.NOT_HELD_LONG_ENOUGH
        periods = unbroken(self.for_months, held)
        return (Condition(periods, before=early, after=early),)
