"""How long certificates live: plain arithmetic over what people passed and what vendors released.

A life is not always "passed plus n years": it may run from the release of what was passed, be
renewed by passing something higher, be extended by a short course, pause before it ends. Ends are
exclusive: the first day on which something no longer holds.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise

from partners.periods import months_after

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Passed:
    """Something that a person passed on a day: an exam, a course, a short extension course."""

    id: str
    what: str
    passed_on: date


class Anchor(StrEnum):
    """From when a term runs."""

    PASS = "pass"  # noqa: S105 - an exam
    RELEASE = "release"


@dataclass(frozen=True, slots=True)
class LifeRule:
    """How long what was passed counts.

    It ends `term_months` after the anchor (None: never), at the latest the day after `sunset_on`;
    with `anniversary_counts` the day so many months later is its last, else the day before is.
    After the active term it is held for `inactive_months` more, in which it does not count.
    `renewed_by`: passing any of these while it is active starts its term anew. `extended_by`:
    passing any of these before it runs out moves its end to a term after their own pass or release.
    `revived_late`: also after it ran out, from the day on which they were passed.
    """

    term_months: int | None
    anchor: Anchor = Anchor.PASS
    anniversary_counts: bool = False
    renewed_by: frozenset[str] = frozenset()
    extended_by: frozenset[str] = frozenset()
    revived_late: bool = False
    inactive_months: int = 0
    sunset_on: date | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """The days from `start` up to, but not including, `end`; None: it never ends."""

    start: date
    end: date | None = None


@dataclass(frozen=True, slots=True)
class Life:
    """The days on which something is held, and those of them on which it does not count."""

    held: Span
    paused: tuple[Span, ...] = ()


def life(
    first: Passed, later: Iterable[Passed], rule: LifeRule, releases: Mapping[str, date]
) -> Life | None:
    """Return how long something that was passed lives, None if it had ended before.

    `later` is what the same person passed besides, in any order; `releases` say when things came
    out. What has no known release cannot extend a term that runs from releases.

    :raises KeyError: the release of what was passed first is needed and not known.
    """
    if rule.term_months is None and rule.sunset_on is None:
        return Life(Span(first.passed_on))
    active = [_Active(first.passed_on, _end(first, rule, releases))]
    for other in sorted(later, key=lambda one: (one.passed_on, one.id)):
        if other.passed_on >= first.passed_on:
            active = _continued(active, other, rule, releases)
    active = [span for span in active if span.start < span.end]
    return _life(active, rule) if active else None


@dataclass(frozen=True, slots=True)
class _Active:
    """Days on which it counts."""

    start: date
    end: date


def _continued(
    active: list[_Active], other: Passed, rule: LifeRule, releases: Mapping[str, date]
) -> list[_Active]:
    span = active[-1]
    alive = other.passed_on < span.end
    renewed = other.what in rule.renewed_by and alive
    extended = other.what in rule.extended_by and (alive or rule.revived_late)
    unknown = rule.anchor is Anchor.RELEASE and other.what not in releases
    if unknown or not (renewed or extended):
        return active
    end = _end(other, rule, releases)
    if alive:
        return [*active[:-1], _Active(span.start, max(span.end, end))]
    return [*active, _Active(other.passed_on, end)]


def _end(passed: Passed, rule: LifeRule, releases: Mapping[str, date]) -> date:
    ends = [] if rule.sunset_on is None else [rule.sunset_on + DAY]
    if rule.term_months is not None:
        start = passed.passed_on if rule.anchor is Anchor.PASS else releases[passed.what]
        ends.append(_after(start, rule))
    return min(ends)


def _after(start: date, rule: LifeRule) -> date:
    anniversary = months_after(start, rule.term_months or 0)
    return anniversary + DAY if rule.anniversary_counts else anniversary


def _life(active: Sequence[_Active], rule: LifeRule) -> Life:
    end = active[-1].end
    held = end
    if rule.inactive_months:
        # Counted from the last day, so that the end of a month stays the end of a month.
        held = months_after(end - DAY, rule.inactive_months) + DAY
    gaps = [Span(one.end, following.start) for one, following in pairwise(active)]
    if held > end:
        gaps.append(Span(end, held))
    return Life(Span(active[0].start, held), tuple(gaps))


@dataclass(frozen=True, slots=True)
class Cutoff:
    """From a day on, only what was taken since the training for the oldest version began counts."""

    effective_on: date
    taken_since: date


def supported_until(taken_on: date, cutoffs: Iterable[Cutoff]) -> date | None:
    """Return the first day on which something taken then no longer counts, None if it always does.

    That day may lie before it was taken: then it never counts.
    """
    return min((one.effective_on for one in cutoffs if taken_on < one.taken_since), default=None)
