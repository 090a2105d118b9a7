"""Reading a criteria tree: leaves by the name of their kind, groups by how they combine."""

from accreditation.criteria.kinds import (
    courses,
    customer_records,
    figures,
    items,
    levels,
    metrics,
    organization,
    papers,
    people,
    ratio,
    registry,
    satisfaction,
)
from accreditation.criteria.kinds.criterion import Criterion, Dimension, Label
from accreditation.criteria.kinds.groups import UNIT, Form, Group
from accreditation.criteria.problems import ProblemCode
from accreditation.criteria.reader import Reader

# Importing a kind's module registers it.
BUILT_IN = (
    courses,
    customer_records,
    figures,
    items,
    levels,
    metrics,
    organization,
    papers,
    people,
    ratio,
    satisfaction,
)

FORMS = {"all": Form.ALL, "any": Form.ANY, "none": Form.NONE, "of": Form.AT_LEAST}
"""Groups by the name of the list of their branches."""


def parse_node(reader: Reader) -> Criterion | None:
    """Return the criterion that a node describes; None, with its problem noted, if unclear."""
    forms = [name for name in ("kind", *FORMS) if name in reader]
    if len(forms) != 1:
        reader.problem_here(ProblemCode.NOT_A_NODE, forms="kind, all, any, none, at_least with of")
        return None
    return _leaf(reader) if forms == ["kind"] else _group(reader, forms[0])


def labels(criterion: Criterion) -> list[Label]:
    """Return the labels of a tree, from the root down, in the order of the document."""
    branches = criterion.branches if isinstance(criterion, Group) else ()
    return [criterion.label, *(label for branch in branches for label in labels(branch))]


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
    form = FORMS[name]
    label = _label(reader, form.value, UNIT, required=False)
    need = reader.positive("at_least") if form is Form.AT_LEAST else None
    parsed = [parse_node(child) for child in reader.children(name)]
    branches = tuple(branch for branch in parsed if branch is not None)
    reader.finish()
    if need is not None and len(branches) == len(parsed):
        _check_reachable(reader, need, branches)
    return Group(label, form, branches, need or 0)


def _check_reachable(reader: Reader, need: int, branches: tuple[Criterion, ...]) -> None:
    for level in reader.notes.levels:
        asked = sum(branch.asks(level) for branch in branches)
        if 0 < asked < need:
            reader.problem(
                "at_least",
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
