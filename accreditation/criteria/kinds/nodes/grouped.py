"""Facts that are split by a field of theirs: a node that each part is asked by itself."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from accreditation.criteria.facts import PartnerFacts
from accreditation.criteria.kinds.bars import Bar, MeasuredBar
from accreditation.criteria.kinds.criterion import CRITERIA, Criterion, Judgement, Label, Measured
from accreditation.criteria.kinds.dossier import Dossier
from accreditation.criteria.kinds.nodes.groups import enough
from accreditation.criteria.kinds.nodes.wrapping import wrapped
from accreditation.criteria.kinds.working import place_name
from accreditation.criteria.records import CustomerRecord

GROUP = "group"
"""The kind of the finding of one group; its key is the name of the group."""

FIELDS = frozenset({"country", "customer_size", "industry", "location", "region"})
"""Fields of customers' records that name a group; any other name is one of the vendor's own."""

SPLIT = ("deployments", "references", "transactions", "readings")
"""What belongs to one group or to none; papers and all else belong to every group."""


@dataclass(frozen=True, slots=True)
class Grouped:
    """The node is met by the facts of at least so many groups, each judged by itself.

    `people`: the groups are places, and people belong to the one in which they work on a day, so
    that where somebody ever works is a group as well; else they belong to every group.
    """

    label: Label
    by: str
    at_least: Bar
    then: Criterion
    people: bool = False

    @property
    def branches(self) -> tuple[Criterion, ...]:
        """The node."""
        return (self.then,)

    def asks(self, level: str) -> bool:
        """Return whether the node asks something of a level."""
        return self.at_least.asks(level) and self.then.asks(level)

    def measure(self, dossier: Dossier) -> "MeasuredGroups":
        """Return the node, measured for every group that the facts name."""
        names = _named_by_records(dossier.facts, self.by)
        if self.people:
            names |= _named_by_people(dossier.facts, self.by)
        return MeasuredGroups(
            self,
            self.at_least.measure(dossier),
            {name: self.then.measure(self._part(dossier, name)) for name in sorted(names)},
        )

    def _part(self, dossier: Dossier, name: str) -> Dossier:
        """Return the facts of a group."""
        team = dossier.team.inside(self.by, name) if self.people else None
        return dossier.with_facts(_part(dossier.facts, self.by, name), team)


@dataclass(frozen=True, slots=True)
class MeasuredGroups:
    """A node that has looked at the facts of every group."""

    grouped: Grouped
    needs: MeasuredBar
    groups: Mapping[str, Measured]

    def judge(self, level: str) -> Judgement | None:
        """Return the judgement for a level, None if the node asks nothing of it."""
        if not self.grouped.asks(level):
            return None
        judged = [
            _named(name, one)
            for name, group in self.groups.items()
            if (one := group.judge(level)) is not None
        ]
        return enough(self.grouped.label, self.needs, level, judged)


def _named(name: str, inner: Judgement) -> Judgement:
    """Return the judgement of a group by its name."""
    label = Label(key=name, kind=GROUP, unit=CRITERIA, text={}, evidence={}, dimension=None)
    return wrapped(label, inner.results, (inner,), inner.explain)


def _named_by_records(facts: PartnerFacts, by: str) -> set[str]:
    """Return the names of all groups that records belong to."""
    return {name for field in SPLIT for one in getattr(facts, field) if (name := _name(one, by))}


def _named_by_people(facts: PartnerFacts, by: str) -> set[str]:
    """Return the names of all places in which somebody ever works."""
    return {
        name
        for job in facts.employments
        for place in job.places
        if place.period & job.period and (name := place_name(place, by))
    }


def _part(facts: PartnerFacts, by: str, name: str) -> PartnerFacts:
    """Return the facts of a group: of what is split, only what belongs to it."""
    own = {
        field: tuple(one for one in getattr(facts, field) if _name(one, by) == name)
        for field in SPLIT
    }
    return replace(facts, **own)


def _name(record: Any, by: str) -> str:
    """Return the group that a record names, empty if it names none."""
    if by in FIELDS and isinstance(record, CustomerRecord):
        return str(getattr(record, by))
    return str(record.attributes.get(by, ""))
