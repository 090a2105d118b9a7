"""How long certificates live: facts derived from what people passed and what vendors released.

A life is not always "passed plus n years": it may run from the release of the course, be renewed
by passing something higher, be extended by a short course, or pause before it ends. All of that is
worked out here, before judging, so that criteria see nothing but periods.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

from accreditation.criteria.periods import DAY, NEVER, Period, Periods, add_months


@dataclass(frozen=True, slots=True)
class Passed:
    """Something that a person passed on a day: an exam, a course, a short extension course."""

    id: str
    person: str
    what: str
    passed_on: date


class Anchor(StrEnum):
    """From when a term runs."""

    PASS = "pass"  # noqa: S105 - an exam
    RELEASE = "release"


@dataclass(frozen=True, slots=True)
class LifeRule:
    """How long what was passed counts.

    The last day is `term_months` after the anchor (None: no end), at most `sunset_on`. After the
    active term it is held for `inactive_months` more, in which it does not count. `renewed_by`:
    passing any of these while it is active starts its term anew. `extended_by`: passing any of
    these before it runs out moves its end to a term after their own pass or release.
    `revived_late`: also after it ran out, from the day on which they were passed.
    """

    term_months: int | None
    anchor: Anchor = Anchor.PASS
    renewed_by: frozenset[str] = frozenset()
    extended_by: frozenset[str] = frozenset()
    revived_late: bool = False
    inactive_months: int = 0
    sunset_on: date | None = None


@dataclass(frozen=True, slots=True)
class Life:
    """The period in which something is held, and the days on which it does not count."""

    period: Period
    paused: Periods = NEVER

    @property
    def last_day(self) -> date | None:
        """The last day on which it is held, None without an end."""
        return None if self.period.end is None else self.period.end - DAY


def life(
    first: Passed, later: Sequence[Passed], rule: LifeRule, releases: Mapping[str, date]
) -> Life | None:
    """Return how long something that was passed lives, None if it had ended before.

    `later` is what the same person passed besides, in any order; `releases` say when courses came
    out.

    :raises KeyError: a term runs from a release that is not known.
    """
    if rule.term_months is None and rule.sunset_on is None:
        return Life(Period(first.passed_on))
    active = [_Span(first.passed_on, _last(first, rule, releases))]
    for other in sorted(later, key=lambda one: (one.passed_on, one.id)):
        if other.passed_on >= first.passed_on:
            active = _continued(active, other, rule, releases)
    return _life([span for span in active if span.start <= span.last], rule)


@dataclass(frozen=True, slots=True)
class _Span:
    """Active days, both inclusive."""

    start: date
    last: date


def _continued(
    active: list[_Span], other: Passed, rule: LifeRule, releases: Mapping[str, date]
) -> list[_Span]:
    span = active[-1]
    alive = other.passed_on <= span.last
    renewed = other.what in rule.renewed_by and alive
    extended = other.what in rule.extended_by and (alive or rule.revived_late)
    if not renewed and not extended:
        return active
    last = _last(other, rule, releases)
    if alive:
        return [*active[:-1], _Span(span.start, max(span.last, last))]
    return [*active, _Span(other.passed_on, last)]


def _last(passed: Passed, rule: LifeRule, releases: Mapping[str, date]) -> date:
    if rule.term_months is None:
        last = date.max
    else:
        start = passed.passed_on if rule.anchor is Anchor.PASS else releases[passed.what]
        last = add_months(start, rule.term_months)
    return min(last, rule.sunset_on or date.max)


def _life(active: Sequence[_Span], rule: LifeRule) -> Life | None:
    if not active:
        return None
    end = active[-1].last
    held = add_months(end, rule.inactive_months) + DAY
    gaps = [Period(one.last + DAY, following.start) for one, following in pairwise(active)]
    if held > end + DAY:
        gaps.append(Period(end + DAY, held))
    return Life(Period(active[0].start, held), tuple(gaps))


@dataclass(frozen=True, slots=True)
class SupportChange:
    """From a day on, only what was taken since the training for the oldest version began counts."""

    effective_on: date
    training_began_on: date


def supported(taken_on: date, changes: Iterable[SupportChange]) -> Period | None:
    """Return the days on which a course still teaches a supported version, None if never."""
    ends = [one.effective_on for one in changes if taken_on < one.training_began_on]
    end = min(ends, default=None)
    return None if end is not None and end <= taken_on else Period(taken_on, end)
