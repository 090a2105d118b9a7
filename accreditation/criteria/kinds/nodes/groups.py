"""Groups of criteria: all of them, any, at least so many, none."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from accreditation.criteria.kinds.criterion import Criterion, Judgement, Label, Measured, rises
from accreditation.criteria.kinds.dossier import Dossier
from accreditation.criteria.periods import earliest
from accreditation.criteria.timelines import combine
from accreditation.criteria.verdicts import Cause, Finding, Result

UNIT = "criteria"
"""What groups count."""


class Form(StrEnum):
    """How a group combines its branches."""

    ALL = "all"
    ANY = "any"
    AT_LEAST = "at_least"
    NONE = "none"

    def need(self, asked: int, at_least: int) -> int:
        """Return how many of the branches asked must be met; for none: may be met."""
        return {Form.ALL: asked, Form.ANY: 1, Form.AT_LEAST: at_least, Form.NONE: 0}[self]

    def result(self, branches: Sequence[Result], need: int) -> Result:
        """Return what follows from the branches; what cannot be judged may go either way."""
        met = branches.count(Result.MET)
        possible = met + branches.count(Result.CANNOT_BE_JUDGED)
        if self is Form.NONE:
            certain, excluded = possible == 0, met > 0
        else:
            certain, excluded = met >= need, possible < need
        if certain:
            return Result.MET
        return Result.NOT_MET if excluded else Result.CANNOT_BE_JUDGED


@dataclass(frozen=True, slots=True)
class Group:
    """Branches and how they combine; a branch that a level is not asked is left out there."""

    label: Label
    form: Form
    branches: tuple[Criterion, ...]
    at_least: int = 0

    def asks(self, level: str) -> bool:
        """Return whether any branch asks something of a level."""
        return any(branch.asks(level) for branch in self.branches)

    def measure(self, dossier: Dossier) -> "MeasuredGroup":
        """Return the group with every branch measured."""
        return MeasuredGroup(self, tuple(branch.measure(dossier) for branch in self.branches))


@dataclass(frozen=True, slots=True)
class MeasuredGroup:
    """A group whose branches have looked at the facts."""

    group: Group
    branches: tuple[Measured, ...]

    def judge(self, level: str) -> Judgement | None:
        """Return the judgement for a level, None if no branch asks anything of it."""
        judged = [one for branch in self.branches if (one := branch.judge(level)) is not None]
        if not judged:
            return None
        return combined(self.group.label, self.group.form, judged, self.group.at_least)


def combined(
    label: Label, form: Form, branches: Sequence[Judgement], at_least: int = 0
) -> Judgement:
    """Return the judgement of a group of judged branches (one or more)."""
    need = form.need(len(branches), at_least)
    results = combine(
        lambda values: form.result(values, need), [branch.results for branch in branches]
    )

    def explain(day: date) -> Cause:
        better = rises(results, day) is not (form is Form.NONE)
        mover = next(branch for branch in branches if rises(branch.results, day) is better)
        return mover.explain(day)

    changes_on = results.changes_on
    finding = Finding(
        key=label.key,
        kind=label.kind,
        result=results.now,
        have=Decimal(sum(branch.finding.result is Result.MET for branch in branches)),
        need=Decimal(need),
        unit=UNIT,
        changes_on=changes_on,
        cause=None if changes_on is None else explain(changes_on),
        children=tuple(branch.finding for branch in branches),
    )
    review_on = earliest(*(branch.review_on for branch in branches))
    return Judgement(finding, results, review_on, explain)
