"""A measure inside another criterion: a kind without a key, a text and a need of its own."""

from dataclasses import replace

from accreditation.criteria.kinds import registry
from accreditation.criteria.kinds.counting import Measure
from accreditation.criteria.kinds.criterion import Label
from accreditation.criteria.problems import ProblemCode
from accreditation.criteria.reader import Notes, Reader


def read_measure(reader: Reader, label: Label) -> Measure:
    """Return the measure that a mapping describes, speaking of itself as the criterion does."""
    name = reader.text("kind")
    kind = registry.find_measure(name)
    if kind is None:
        if name:
            known = ", ".join(registry.measure_names())
            reader.problem("kind", ProblemCode.NOT_MEASURED, known=known)
        return _stopgap(label)
    reader.measured = True
    measure = kind.parse(replace(label, kind=name, unit=kind.unit), reader)
    reader.finish()
    return measure


def _stopgap(label: Label) -> Measure:
    """Return any measure: it is never asked, because a document with a problem is refused."""
    return registry.any_measure().parse(label, Reader({}, "", Notes(draft=True)))
