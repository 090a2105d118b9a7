"""One number made of two measures, which are shown as its parts, each with its own records."""

from collections.abc import Callable
from datetime import date

from accreditation.criteria.kinds.aggregates import shown_changes
from accreditation.criteria.kinds.counting import Amount, Count, Needs, moved
from accreditation.criteria.kinds.criterion import Label
from accreditation.criteria.periods import earliest
from accreditation.criteria.timelines import paired
from accreditation.criteria.verdicts import Cause, Counted, NotCounted

Part = tuple[str, Count]
"""A measure with its role in the number."""


def made_of(
    label: Label,
    needs: Needs,
    first: Part,
    other: Part,
    make: Callable[[Amount, Amount], Amount],
) -> Count:
    """Return the number that ``make`` returns of both amounts, from the judged day onward.

    The number falls as the other one rises. Where both move on one day, the one that moved the
    number its way explains it.
    """
    (_, leading), (_, following) = first, other
    amounts = paired(make, leading.amounts, following.amounts)
    counted, not_counted = _records(leading, following)

    def explain(day: date, *, better: bool) -> Cause:
        first_way, other_way = moved(leading.amounts, day), moved(following.amounts, day)
        if first_way is better or (first_way is not None and other_way in {None, better}):
            return leading.explain(day, better=better)
        return following.explain(day, better=not better)

    return Count(
        label=label,
        needs=needs,
        amounts=amounts,
        counted=counted,
        not_counted=not_counted,
        review_on=earliest(leading.review_on, following.review_on, shown_changes(amounts)),
        explain=explain,
        parts=(first, other),
    )


def _records(first: Count, other: Count) -> tuple[tuple[Counted, ...], tuple[NotCounted, ...]]:
    """Return the records of a measure, and those that only the other one considers."""
    seen = {one.record for one in first.counted} | {one.record for one in first.not_counted}
    return (
        (*first.counted, *(one for one in other.counted if one.record not in seen)),
        (*first.not_counted, *(one for one in other.not_counted if one.record not in seen)),
    )
