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
from accreditation.criteria.records import CustomerRecord

GROUP = "group"
"""The kind of the finding of one group; its key is the name of the group."""

FIELDS = frozenset({"country", "customer_size", "industry", "location", "region"})
"""Fields of customers' records that name a group; any other name is one of the vendor's own."""

SPLIT = ("deployments", "references", "transactions", "readings")
"""What belongs to one group or to none; people, papers and all else belong to every group."""


@dataclass(frozen=True, slots=True)
class Grouped:
    """The node is met by the facts of at least so many groups, each judged by itself."""

    label: Label
    by: str
    at_least: Bar
    then: Criterion

    @property
    def branches(self) -> tuple[Criterion, ...]:
        """The node."""
        return (self.then,)

    def asks(self, level: str) -> bool:
        """Return whether the node asks something of a level."""
        return self.at_least.asks(level) and self.then.asks(level)

    def measure(self, dossier: Dossier) -> "MeasuredGroups":
        """Return the node, measured for every group that the facts name."""
        parts = _parts(dossier.facts, self.by)
        return MeasuredGroups(
            self,
            self.at_least.measure(dossier),
            {name: self.then.measure(dossier.with_facts(parts[name])) for name in sorted(parts)},
        )


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


def _parts(facts: PartnerFacts, by: str) -> dict[str, PartnerFacts]:
    """Return the facts of every group that records name."""
    names = {name for field in SPLIT for one in getattr(facts, field) if (name := _name(one, by))}
    return {
        name: replace(
            facts,
            **{
                field: tuple(one for one in getattr(facts, field) if _name(one, by) == name)
                for field in SPLIT
            },
        )
        for name in names
    }


def _name(record: Any, by: str) -> str:
    """Return the group that a record names, empty if it names none."""
    if by in FIELDS and isinstance(record, CustomerRecord):
        return str(getattr(record, by))
    return str(record.attributes.get(by, ""))
