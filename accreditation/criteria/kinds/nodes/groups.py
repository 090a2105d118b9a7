"""Groups of criteria: all of them, any, at least so many, none."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from accreditation.criteria.kinds.bars import Bar, MeasuredBar
from accreditation.criteria.kinds.counting import decimal_of
from accreditation.criteria.kinds.criterion import (
    CRITERIA,
    Criterion,
    Judgement,
    Label,
    Measured,
    rises,
)
from accreditation.criteria.kinds.dossier import Dossier
from accreditation.criteria.periods import earliest
from accreditation.criteria.timelines import Timeline, combine, paired
from accreditation.criteria.verdicts import Cause, Finding, Number, Result


class Form(StrEnum):
    """How a group combines its branches."""

    ALL = "all"
    ANY = "any"
    AT_LEAST = "at_least"
    NONE = "none"

    def need(self, asked: int) -> int:
        """Return how many of the branches asked must be met; for none: may be met."""
        return {Form.ALL: asked, Form.ANY: 1, Form.NONE: 0}[self]

    def result(self, branches: Sequence[Result], need: Number) -> Result:
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
    """Branches and how they combine; a branch that a level is not asked is left out there.

    `at_least`: how many of them a level needs, where so many of them are asked for.
    """

    label: Label
    form: Form
    branches: tuple[Criterion, ...]
    at_least: Bar = field(default_factory=lambda: Bar({}))

    def asks(self, level: str) -> bool:
        """Return whether any branch asks something of a level."""
        counts = self.form is not Form.AT_LEAST or self.at_least.asks(level)
        return counts and any(branch.asks(level) for branch in self.branches)

    def measure(self, dossier: Dossier) -> "MeasuredGroup":
        """Return the group with every branch measured."""
        branches = tuple(branch.measure(dossier) for branch in self.branches)
        return MeasuredGroup(self, branches, self.at_least.measure(dossier))


@dataclass(frozen=True, slots=True)
class MeasuredGroup:
    """A group whose branches have looked at the facts."""

    group: Group
    branches: tuple[Measured, ...]
    needs: MeasuredBar

    def judge(self, level: str) -> Judgement | None:
        """Return the judgement for a level, None if it is not asked."""
        judged = [one for branch in self.branches if (one := branch.judge(level)) is not None]
        if not judged:
            return None
        if self.group.form is Form.AT_LEAST:
            return enough(self.group.label, self.needs, level, judged)
        return combined(self.group.label, self.group.form, judged)


def enough(
    label: Label, needs: MeasuredBar, level: str, branches: Sequence[Judgement]
) -> Judgement | None:
    """Return the judgement that so many of the branches are met as a level needs.

    None: the level needs none. What cannot be judged may go either way; without any branch no
    need is met.
    """
    need, asked = needs.at(level), [branch for branch in branches if branch.asked]
    if need is None:
        return None
    if branches and not asked:
        return combined(label, Form.ALL, branches)
    each: Timeline[Sequence[Result]] = Timeline(((needs.dossier.on, ()),))
    if asked:
        each = combine(tuple, [branch.results for branch in asked])
    results = paired(_so_many, each, need)

    def explain(day: date) -> Cause:
        better = rises(results, day)
        movers = (branch for branch in asked if rises(branch.results, day) is better)
        mover = next(movers, None)
        return mover.explain(day) if mover else needs.explain(level, day)

    whole = _judged(label, results, decimal_of(need.now or 0), branches, explain)
    unknown = needs.unknown(level) if need.now is None else None
    return replace(
        whole,
        finding=replace(whole.finding, need_unknown=unknown),
        review_on=earliest(need.changes_on, whole.review_on),
    )


def _so_many(branches: Sequence[Result], need: Number | None) -> Result:
    """Return whether so many branches are met; None: nobody knows how many are needed."""
    return Result.CANNOT_BE_JUDGED if need is None else Form.AT_LEAST.result(branches, need)


def combined(label: Label, form: Form, branches: Sequence[Judgement]) -> Judgement:
    """Return the judgement of a group of judged branches (one or more) that needs no number."""
    asked = [branch for branch in branches if branch.asked]
    if not asked:
        # Where all is only shown, nothing is missing.
        form, asked = Form.ALL, list(branches)
    need = form.need(len(asked))
    results = combine(
        lambda values: form.result(values, need), [branch.results for branch in asked]
    )

    def explain(day: date) -> Cause:
        better = rises(results, day) is not (form is Form.NONE)
        mover = next(branch for branch in asked if rises(branch.results, day) is better)
        return mover.explain(day)

    return _judged(label, results, Decimal(need), branches, explain)


def _judged(
    label: Label,
    results: Timeline[Result],
    need: Decimal,
    branches: Sequence[Judgement],
    explain: Callable[[date], Cause],
) -> Judgement:
    """Return the judgement of a group; branches that are only shown are not among those met."""
    changes_on = results.changes_on
    asked = [branch for branch in branches if branch.asked]
    finding = Finding(
        key=label.key,
        kind=label.kind,
        result=results.now,
        have=Decimal(sum(one.finding.result is Result.MET for one in asked or branches)),
        need=need,
        unit=CRITERIA,
        changes_on=changes_on,
        cause=None if changes_on is None else explain(changes_on),
        children=tuple(branch.finding for branch in branches),
    )
    review_on = earliest(*(branch.review_on for branch in branches))
    return Judgement(finding, results, review_on, explain, bool(asked) or not branches)
