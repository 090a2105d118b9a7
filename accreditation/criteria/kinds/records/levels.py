"""Levels of other programs, or of this one, that the partner holds."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import ClassVar, Self

from accreditation.criteria.building import BuiltOn
from accreditation.criteria.kinds.bars import Bar, read_bar
from accreditation.criteria.kinds.counting import Count
from accreditation.criteria.kinds.criterion import Label
from accreditation.criteria.kinds.dossier import Dossier
from accreditation.criteria.kinds.entries import Condition, Entry, Tally, tallied, within
from accreditation.criteria.kinds.reach import check_reachable
from accreditation.criteria.kinds.registry import register_measure
from accreditation.criteria.periods import DAY, Period, Periods, union
from accreditation.criteria.problems import ProblemCode
from accreditation.criteria.reader import MOST_MONTHS, Catalog, Reader
from accreditation.criteria.records import Foreseen, HeldLevel, Kin
from accreditation.criteria.verdicts import ReasonCode
from accreditation.criteria.windows import unbroken

NAMING = ("programs", "levels", "groups")


class HeldBy(StrEnum):
    """Whose levels are looked at; `subtree` is the partner and all below it."""

    SELF = "self"
    CHILDREN = "children"
    SUBTREE = "subtree"
    ABOVE = "above"


KINS: Mapping[HeldBy, frozenset[Kin]] = {
    HeldBy.SELF: frozenset({Kin.SELF}),
    HeldBy.CHILDREN: frozenset({Kin.CHILD}),
    HeldBy.SUBTREE: frozenset({Kin.SELF, Kin.CHILD, Kin.BELOW}),
    HeldBy.ABOVE: frozenset({Kin.ABOVE}),
}


class Once(StrEnum):
    """What counts once: a designation, whoever holds it, or a partner, whatever it holds."""

    DESIGNATION = "designation"
    PARTNER = "partner"


@register_measure
@dataclass(frozen=True, slots=True)
class HoldsLevel:
    """So many designations (one, if nothing is said) are held; versions of one count once.

    An empty filter asks nothing. `for_months`: held for longer than that without a break. What the
    program that asks grants on a day counts from the day after: the verdict of a day must not
    depend on what follows from it.
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

    @classmethod
    def parse(cls, label: Label, reader: Reader) -> Self:
        """Return the criterion that a node describes; notes what is wrong with it."""
        if not any(name in reader for name in NAMING):
            reader.problem("programs", ProblemCode.MISSING)
        criterion = cls(
            label=label,
            bar=read_bar(reader, whole=True, default=1),
            programs=reader.keys_in("programs", Catalog.PROGRAM),
            levels=reader.texts("levels", required=False),
            groups=reader.texts("groups", required=False),
            for_months=reader.positive("for_months", required=False, most=MOST_MONTHS),
            held_by=reader.choice("held_by", HeldBy, default=HeldBy.SELF),
            distinct=reader.choice("distinct", Once, default=Once.DESIGNATION),
        )
        reader.notes.built_on.append(criterion.built_on(reader))
        once = criterion.distinct is Once.DESIGNATION
        most = len(criterion.programs) if criterion.programs and once else None
        check_reachable(reader, criterion.bar, most)
        return criterion

    def built_on(self, reader: Reader) -> BuiltOn:
        """Return which programs it asks for, at the place of what chooses them."""
        named = next((name for name in ("programs", "groups") if name in reader), "levels")
        kins = KINS[self.held_by]
        return BuiltOn(
            place=reader.spot(named),
            programs=self.programs,
            groups=self.groups,
            levels=self.levels,
            asked_of=frozenset(level for level in reader.notes.asked if self.asks(level)),
            itself=Kin.SELF in kins,
            above=Kin.ABOVE in kins,
            below=Kin.CHILD in kins,
        )

    def asks(self, level: str) -> bool:
        """Return whether a level needs any designations."""
        return self.bar.asks(level)

    def measure(self, dossier: Dossier) -> Count:
        """Return which designations count, from the judged day onward."""
        tally = dossier.made(self, lambda: Tally(self._entries(dossier)))
        return tallied(self.label, self.bar, dossier, tally)

    def _entries(self, dossier: Dossier) -> Iterator[Entry]:
        known = _known_to(dossier.program, dossier.facts.held_levels)
        fitting = [one for one in known if self._fits(one)]
        held: defaultdict[str, list[Period]] = defaultdict(list)
        for one in fitting:
            held[self._identity(one)].append(one.period)
        for one in fitting:
            identity = self._identity(one)
            counts = within(
                _counting(one, dossier),
                before=ReasonCode.NOT_YET_HELD,
                after=ReasonCode.NO_LONGER_HELD,
            )
            conditions = (counts, *self._long_enough(union(held[identity])))
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


def _known_to(program: str, held: Iterable[HeldLevel]) -> Iterator[HeldLevel]:
    """Yield the levels that a program may look at: of its own, only what is recorded.

    What it will take away or give follows from its verdict, so it cannot decide it.
    """
    for one in held:
        if one.program != program or one.kin is not Kin.SELF or not one.foreseen:
            yield one
        elif one.foreseen is Foreseen.END:
            yield replace(one, period=Period(one.period.start), foreseen=Foreseen.NOTHING)


def _counting(held: HeldLevel, dossier: Dossier) -> Period:
    """Return the days on which a level counts: a day later for the program that awards it."""
    period = held.period
    if held.program != dossier.program or held.kin is not Kin.SELF:
        return period
    return Period(period.start + DAY, period.end and period.end + DAY)
