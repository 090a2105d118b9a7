"""The slots that the rules of one program ask for, and the designations that ask."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import accumulate

from accreditation.criteria.allocation import Designation, Slot
from accreditation.criteria.document import LevelRules, Rules
from accreditation.criteria.kinds.criterion import Criterion
from accreditation.criteria.kinds.dossier import Phase
from accreditation.criteria.kinds.nodes.grouped import Grouped
from accreditation.criteria.kinds.nodes.groups import Form, Group
from accreditation.criteria.kinds.nodes.spans import Span
from accreditation.criteria.kinds.nodes.wrapping import AfterEvent, ByPhase, Conditional, Steps
from accreditation.criteria.kinds.people.holders import Holders
from accreditation.criteria.kinds.people.role_slots import Role, RoleSlots
from accreditation.criteria.verdicts import Finding, Result, Verdict


@dataclass(frozen=True, slots=True)
class Entrant:
    """A program that a partner takes part in, with what its awards have decided.

    `phase` None: what it asks for follows from the awards among the partner's facts.
    `awarded_on` is the first day, by level, since when awards hold it without a gap; `earlier` is
    who filled which slot, by designation, in the evaluation on which the award in force rests.
    """

    rules: Rules
    phase: Phase | None = None
    awarded_on: Mapping[str, date] = field(default_factory=dict)
    earlier: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def program(self) -> str:
        """The key of the program."""
        return self.rules.program.key


@dataclass(frozen=True, slots=True)
class Asked:
    """A criterion with slots, and the levels at which it is asked.

    `choice`: a level may do without it, so its slots are decided apart from the level's others.
    """

    program: str
    criterion: RoleSlots
    levels: tuple[LevelRules, ...]
    choice: bool
    nested: bool

    def also(self, other: "Asked") -> "Asked":
        """Return the criterion as it is asked at two places: the same people fill its slots."""
        levels = {one.rank: one for one in (*self.levels, *other.levels)}
        return replace(
            self,
            levels=tuple(levels[rank] for rank in sorted(levels)),
            choice=self.choice and other.choice,
        )

    def designation(self, level: str) -> str:
        """Return the id of what asks for the slots at a level."""
        whole = f"{self.program}/{level}"
        return f"{whole}/{self.criterion.label.key}" if self.choice else whole

    def roles(self, level: str) -> list[Role]:
        """Return the roles that a level asks for."""
        return [one for one in self.criterion.roles if one.need(level)]

    def slot_ids(self, role: Role, need: int) -> list[str]:
        """Return the ids of the first slots of a role."""
        place = f"{self.program}/{self.criterion.label.key}/{role.key}"
        return [f"{place}/{number}" for number in range(1, need + 1)]

    def slots(self, suitable: Mapping[str, Holders], *, unknown: bool) -> Iterator[Slot]:
        """Yield the slots in the order of the document, with who suits them when (by role)."""
        for role in self.criterion.roles:
            needs = self._needs(role)
            eligible = suitable[role.key].periods(unknown=unknown)
            for number, slot in enumerate(self.slot_ids(role, max(needs.values())), start=1):
                asking = tuple(
                    self.designation(one) for one, need in needs.items() if need >= number
                )
                yield Slot(slot, role.key, asking, eligible, role.uses_up)

    def _needs(self, role: Role) -> dict[str, int]:
        """Return the slots by level; where levels are nested, with all that lower ones ask for."""
        needs = [role.need(level.key) for level in self.levels]
        if self.nested and not self.choice:
            needs = list(accumulate(needs, max))
        return dict(zip((level.key for level in self.levels), needs, strict=True))


def asked_by(entrant: Entrant) -> list[Asked]:
    """Return every criterion of a program that has slots, in the order of the document."""
    rules, phase, found = entrant.rules, entrant.phase or Phase.INITIAL, dict[str, Asked]()
    nested = rules.settings.nested_levels
    trees = [(rules.criteria, rules.levels, rules.levels)]
    for number, level in enumerate(rules.levels):
        trees.append((level.criteria, (level,), rules.levels[number:] if nested else (level,)))
    for tree, asking, needing in trees:
        for criterion, choice in _found(tree, phase, choice=False):
            key, levels = criterion.label.key, asking if choice else needing
            asked = Asked(entrant.program, criterion, levels, choice, nested)
            found[key] = found[key].also(asked) if key in found else asked
    return list(found.values())


def designations_of(entrant: Entrant, asked: list[Asked]) -> dict[str, Designation]:
    """Return by its id what asks for slots, of every level."""
    found = {}
    for one in asked:
        for level in one.levels:
            name = one.designation(level.key)
            awarded_on = entrant.awarded_on.get(level.key)
            if one.choice and name not in entrant.earlier:
                awarded_on = None  # The award rests on another of its ways.
            found[name] = Designation(name, entrant.program, level.rank, awarded_on)
    return found


def earlier_seats(rules: Rules, verdict: Verdict, level: str) -> dict[str, dict[str, str]]:
    """Return who fills which slot of what in the verdict for a level, the highest last.

    Nested: of those below it too. A way by which a level is not met has no entry.
    """
    verdicts = [one for one in verdict.levels if one.level == level]
    if verdicts and rules.settings.nested_levels:
        verdicts = [one for one in verdict.levels if one.rank <= verdicts[0].rank]
    asked = [one for phase in Phase for one in asked_by(Entrant(rules, phase))]
    found: dict[str, dict[str, str]] = {}
    for one in verdicts:
        findings = {finding.key: finding for finding in _within(one.finding)}
        for mine in asked:
            finding = findings.get(mine.criterion.label.key)
            if finding is not None and finding.result is Result.MET:
                seats = found.setdefault(mine.designation(one.level), {})
                for role in mine.criterion.roles:
                    seats.update(_seats(mine, role, findings.get(role.label.key)))
    return found


def _seats(asked: Asked, role: Role, finding: Finding | None) -> dict[str, str]:
    counted = finding.counted if finding else ()
    people = list(dict.fromkeys(each.person for each in counted if each.person))
    return dict(zip(asked.slot_ids(role, len(people)), people, strict=True))


def _found(
    node: Criterion | None, phase: Phase, *, choice: bool
) -> Iterator[tuple[RoleSlots, bool]]:
    """Yield the criteria with slots below a node, and whether it can be met without them."""
    if isinstance(node, RoleSlots):
        yield node, choice
    elif isinstance(node, ByPhase):
        yield from _found(dict(node.nodes).get(phase), phase, choice=choice)
    elif isinstance(node, Group | Steps):
        every = isinstance(node, Steps) or node.form is Form.ALL
        for branch in node.branches:
            yield from _found(branch, phase, choice=choice or not every)
    elif isinstance(node, Conditional | AfterEvent | Grouped | Span):
        for branch in node.branches:
            yield from _found(branch, phase, choice=True)


def _within(finding: Finding) -> Iterator[Finding]:
    yield finding
    for child in finding.children:
        yield from _within(child)
