"""Reading a criteria tree: leaves by the name of their kind, other nodes by their form."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Protocol

from accreditation.criteria.kinds import registry
from accreditation.criteria.kinds.bars import Bar, read_at_least
from accreditation.criteria.kinds.criterion import CRITERIA, Criterion, Dimension, Label
from accreditation.criteria.kinds.dossier import Phase
from accreditation.criteria.kinds.figures import earlier, elapsed, items, metrics, net, ratio
from accreditation.criteria.kinds.measures import read_measure
from accreditation.criteria.kinds.nodes.grouped import Grouped
from accreditation.criteria.kinds.nodes.groups import Form, Group
from accreditation.criteria.kinds.nodes.presence import WHEN, Presence, WhilePresent
from accreditation.criteria.kinds.nodes.shown import SHOWN, Shown
from accreditation.criteria.kinds.nodes.spans import AnyDay, Snapshot, Span, Sustained
from accreditation.criteria.kinds.nodes.wrapping import AfterEvent, ByPhase, Conditional, Steps
from accreditation.criteria.kinds.people import courses, people_holding, role_slots
from accreditation.criteria.kinds.records import (
    amounts,
    customer_records,
    levels,
    organization,
    papers,
    satisfaction,
    values,
)
from accreditation.criteria.kinds.scores import score, scoring
from accreditation.criteria.kinds.timing import read_month_days, read_needed_window
from accreditation.criteria.kinds.working import PLACES
from accreditation.criteria.limits import MAX_NODES
from accreditation.criteria.problems import ProblemCode
from accreditation.criteria.reader import MOST_MONTHS, Reader

# Importing a kind's module registers it.
BUILT_IN = (
    amounts,
    courses,
    customer_records,
    earlier,
    elapsed,
    items,
    levels,
    metrics,
    net,
    organization,
    papers,
    people_holding,
    ratio,
    role_slots,
    satisfaction,
    score,
    values,
)

GROUPS = {"all": Form.ALL, "any": Form.ANY, "none": Form.NONE, "of": Form.AT_LEAST}
"""Groups by the name of the list of their branches."""

AGAIN = "again"
"""A node that is the criterion of a key once more, such as the whole tree over some months."""

BRANCHING = (
    Group,
    Conditional,
    ByPhase,
    AfterEvent,
    Steps,
    Grouped,
    Span,
    score.Score,
    role_slots.RoleSlots,
)
"""Everything that has further nodes within."""

MEASURING = (earlier.Earlier, net.Net, ratio.Ratio, scoring.Item, Shown)
"""Everything that looks at facts through measures of other kinds."""


class Labelled(Protocol):
    """Anything that people speak of."""

    @property
    def label(self) -> Label:
        """How people speak of it."""
        ...


def parse_node(reader: Reader) -> Criterion | None:
    """Return the criterion that a node describes; None, with its problem noted, if unclear."""
    forms = [name for name in ("kind", *GROUPS, AGAIN, *FORMS) if name in reader]
    if len(forms) != 1:
        known = ", ".join(["kind", "all", "any", "none", "at_least with of", AGAIN, *FORMS])
        if reader.usable:
            reader.problem_here(ProblemCode.NOT_A_NODE, forms=known)
        return None
    notes = reader.notes
    before, notes.size = notes.size, notes.size + 1
    criterion = _node(reader, forms[0])
    if criterion is not None and criterion.label.key:
        notes.nodes.setdefault(criterion.label.key, criterion)
        notes.sizes.setdefault(criterion.label.key, notes.size - before)
    return criterion


def labels(node: Labelled) -> list[Label]:
    """Return the labels of a tree, from the root down, in the order of the document."""
    return [node.label, *(label for branch in _branches(node) for label in labels(branch))]


def looking(node: Labelled) -> Iterator[Labelled]:
    """Yield the criteria of a tree and the measures within: whatever looks at facts."""
    yield node
    measures = node.measures if isinstance(node, MEASURING) else ()
    for part in (*_branches(node), *measures):
        yield from looking(part)


def _branches(node: Labelled) -> Iterable[Labelled]:
    return node.branches if isinstance(node, BRANCHING) else ()


def _node(reader: Reader, form: str) -> Criterion | None:
    if form == "kind":
        return _leaf(reader)
    if form == AGAIN:
        return _again(reader)
    return _group(reader, form) if form in GROUPS else _wrapped(reader, form)


def _again(reader: Reader) -> Criterion | None:
    """Return the criterion of a key that stands earlier in the document, to be asked here too.

    What is asked again counts again: else a short document could ask for endlessly much.
    """
    key, notes = reader.key(AGAIN), reader.notes
    reader.finish()
    criterion: Criterion | None = notes.nodes.get(key)
    if criterion is None:
        if key:
            reader.problem(AGAIN, ProblemCode.NOT_EARLIER, key=key)
        return None
    notes.size += notes.sizes[key]
    if notes.size > MAX_NODES:
        reader.problem(AGAIN, ProblemCode.TOO_LARGE, limit=str(MAX_NODES), unit="criteria")
        return None
    return criterion


def _leaf(reader: Reader) -> Criterion | None:
    name = reader.text("kind")
    kind = registry.find(name)
    if kind is None:
        known = ", ".join(registry.names())
        reader.problem("kind", ProblemCode.UNKNOWN_NAME, known=known)
        return None
    criterion = kind.parse(_label(reader, name, kind.unit, required=True), reader)
    reader.finish()
    return criterion


def _group(reader: Reader, name: str) -> Group:
    form = GROUPS[name]
    label = _label(reader, form.value, CRITERIA, required=False)
    at_least = read_at_least(reader) if form is Form.AT_LEAST else Bar({})
    parsed = [parse_node(child) for child in reader.children(name)]
    branches = tuple(branch for branch in parsed if branch is not None)
    reader.finish()
    if len(branches) == len(parsed):
        _check_reachable(reader, at_least, branches)
    return Group(label, form, branches, at_least)


def _wrapped(reader: Reader, name: str) -> Criterion | None:
    """Return a node that asks other nodes; None if one of these is unclear."""
    # Only a choice of phases goes without words: it is the node of the phase that is asked.
    label = _label(reader, name, CRITERIA, required=name != "phases")
    criterion = FORMS[name](reader, label)
    reader.finish()
    return criterion


def _conditional(reader: Reader, label: Label) -> Criterion | None:
    condition = parse_node(reader.needed_child("when"))
    then = _then(reader)
    return Conditional(label, condition, then) if condition and then else None


def _steps(reader: Reader, label: Label) -> Criterion | None:
    steps = [parse_node(child) for child in reader.children("steps")]
    return Steps(label, tuple(step for step in steps if step is not None))


def _phases(reader: Reader, label: Label) -> Criterion | None:
    phases = reader.needed_child("phases")
    reader.notes.phased = True
    parsed = [(phase, parse_node(phases.needed_child(phase))) for phase in Phase if phase in phases]
    if not parsed and phases.usable:
        phases.problem(Phase.INITIAL, ProblemCode.MISSING)
    phases.finish()
    return ByPhase(label, tuple((phase, node) for phase, node in parsed if node is not None))


def _after_event(reader: Reader, label: Label) -> Criterion | None:
    event = reader.needed_child("after_event")
    months = event.whole("months", default=0, most=MOST_MONTHS)
    days = event.whole("days", default=0)
    if event.usable and "months" not in event and "days" not in event:
        event.problem("months", ProblemCode.MISSING)
    name = event.key("event")
    event.finish()
    then = _then(reader)
    return AfterEvent(label, name, months, days, then) if then else None


def _shown(reader: Reader, label: Label) -> Criterion | None:
    measure = read_measure(reader.needed_child(SHOWN), label)
    return Shown(replace(label, unit=measure.label.unit), measure)


def _grouped(reader: Reader, label: Label) -> Criterion | None:
    inner = reader.needed_child("grouped")
    by = inner.key("by")
    at_least = read_at_least(inner, default=1)
    people = inner.flag("people", default=False)
    if people and by and by not in PLACES:
        inner.problem("by", ProblemCode.NOT_A_CHOICE, choices=", ".join(PLACES))
    inner.finish()
    then = _then(reader)
    if then is None:
        return None
    if people and any(isinstance(one, role_slots.RoleSlots) for one in looking(then)):
        inner.problem("people", ProblemCode.SLOTS_OF_ALL)
    return Grouped(label, by, at_least, then, people)


def _sustained(reader: Reader, label: Label) -> Criterion | None:
    inner = reader.needed_child("sustained")
    months = inner.positive("months", most=MOST_MONTHS) or 1
    inner.finish()
    then = _then(reader)
    return Sustained(label, then, months) if then else None


def _any_day(reader: Reader, label: Label) -> Criterion | None:
    inner = reader.needed_child("any_day")
    window = read_needed_window(inner)
    inner.finish()
    then = _then(reader)
    return AnyDay(label, then, window) if then else None


def _snapshot(reader: Reader, label: Label) -> Criterion | None:
    inner = reader.needed_child("snapshot")
    days = read_month_days(inner, "on")
    inner.finish()
    then = _then(reader)
    return Snapshot(label, then, days or ((1, 1),)) if then else None


def _for_each(reader: Reader, label: Label) -> Criterion | None:
    """Return all the nodes, each asked while its group is present in the facts."""
    presence = Presence.read(reader.needed_child("for_each"))
    each = reader.needed_child("each")
    names = each.names()
    if each.usable and not names:
        reader.problem("each", ProblemCode.MISSING)
    nodes = [(name, parse_node(each.needed_child(name))) for name in names]
    return Group(
        label,
        Form.ALL,
        tuple(
            WhilePresent(WHEN, presence.of(name), node) for name, node in nodes if node is not None
        ),
    )


def _then(reader: Reader) -> Criterion | None:
    return parse_node(reader.needed_child("then"))


def _check_reachable(reader: Reader, at_least: Bar, branches: tuple[Criterion, ...]) -> None:
    """Note every number of branches beyond those that a level is asked."""
    name = at_least.comparison.value
    per_level = reader.maps(name)
    for level, need in at_least.needs.items():
        asked = sum(branch.asks(level) for branch in branches)
        if isinstance(need, int) and 0 < asked < need:
            reader.problem(
                f"{name}.{level}" if per_level else name,
                ProblemCode.TOO_FEW_BRANCHES,
                need=str(need),
                count=str(asked),
                level=level,
            )


def _label(reader: Reader, kind: str, unit: str, *, required: bool) -> Label:
    return Label(
        key=reader.key("key", required=required, unique_as="criterion"),
        kind=kind,
        unit=reader.key("unit", required=False) or unit,
        text=reader.localized("text", required=required),
        evidence=reader.localized("evidence", required=False),
        dimension=reader.optional_choice("dimension", Dimension),
    )


FORMS: Mapping[str, Callable[[Reader, Label], Criterion | None]] = {
    "when": _conditional,
    "steps": _steps,
    "phases": _phases,
    "after_event": _after_event,
    SHOWN: _shown,
    "grouped": _grouped,
    "sustained": _sustained,
    "any_day": _any_day,
    "snapshot": _snapshot,
    "for_each": _for_each,
}
"""Nodes that ask other nodes in their own way, by the name that describes them."""
