"""Levels of other programs, or of this one, that the partner holds."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
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
from accreditation.criteria.records import HeldLevel
from accreditation.criteria.verdicts import ReasonCode
from accreditation.criteria.windows import unbroken

NAMING = ("programs", "levels", "groups")


@register_measure
@dataclass(frozen=True, slots=True)
class HoldsLevel:
    """So many designations (one, if nothing is said) are held; versions of one count once.

    An empty filter asks nothing. `for_months`: held for longer than that without a break.
    """

    kind: ClassVar = "holds_level"
    unit: ClassVar = "designations"

    label: Label
    bar: Bar
    programs: frozenset[str]
    levels: frozenset[str]
    groups: frozenset[str]
    for_months: int | None

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
            held[_family(one)].append(one.period)
        for one in fitting:
            conditions = (within(one.period), *self._long_enough(union(held[_family(one)])))
            yield Entry(one.id, conditions, identity=_family(one))

    def _fits(self, held: HeldLevel) -> bool:
        return (
            (not self.programs or held.program in self.programs)
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


def _family(held: HeldLevel) -> str:
    return held.family or held.program
