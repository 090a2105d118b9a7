"""The slots that the rules of one program ask for, and the designations that ask."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import accumulate

from accreditation.criteria.allocation import Designation, Slot
from accreditation.criteria.document import LevelRules, Rules
from accreditation.criteria.kinds.criterion import Criterion
from accreditation.criteria.kinds.dossier import Phase
from accreditation.criteria.kinds.grouped import Grouped
from accreditation.criteria.kinds.groups import Form, Group
from accreditation.criteria.kinds.holders import Holders
from accreditation.criteria.kinds.role_slots import Role, RoleSlots
from accreditation.criteria.kinds.spans import Span
from accreditation.criteria.kinds.wrapping import AfterEvent, ByPhase, Conditional, Steps
from accreditation.criteria.verdicts import Finding, Verdict


@dataclass(frozen=True, slots=True)
class Entrant:
    """A program that a partner takes part in, with what its awards have decided.

    `phase` None: what it asks for follows from the awards among the partner's facts.
    `awarded_on` is the first day, by level, since when awards hold it without a gap; `earlier` is
    who filled which slot in the evaluation on which the award in force rests.
    """

    rules: Rules
    phase: Phase | None = None
    awarded_on: Mapping[str, date] = field(default_factory=dict)
    earlier: Mapping[str, str] = field(default_factory=dict)

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
            found[name] = Designation(name, entrant.program, level.rank, awarded_on)
    return found


def earlier_seats(rules: Rules, verdict: Verdict, level: str) -> dict[str, str]:
    """Return who fills which slot in the verdict for a level, and those below if they are nested.

    The first slots of a role are the same at all levels, so what the higher level says wins.
    """
    verdicts = [one for one in verdict.levels if one.level == level]
    if verdicts and rules.settings.nested_levels:
        verdicts = [one for one in verdict.levels if one.rank <= verdicts[0].rank]
    roles = {
        role.label.key: (one, role)
        for phase in Phase
        for one in asked_by(Entrant(rules, phase))
        for role in one.criterion.roles
    }
    seats: dict[str, str] = {}
    for one in verdicts:
        for finding in _within(one.finding):
            if finding.key in roles:
                asked, role = roles[finding.key]
                people = list(dict.fromkeys(each.person for each in finding.counted if each.person))
                seats.update(zip(asked.slot_ids(role, len(people)), people, strict=True))
    return seats


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
