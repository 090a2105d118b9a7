"""Points, in words: what earns them, how many, within which bounds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accreditation.criteria.kinds.scores.score import Score
from accreditation.criteria.kinds.scores.scoring import (
    Bands,
    Bounds,
    Category,
    Each,
    Gate,
    Item,
    Rate,
    Track,
    UpTo,
)
from accreditation.sentences.needs import compared, counted, limited
from accreditation.sentences.nouns import POINTS
from accreditation.sentences.registry import Said, say, says
from accreditation.sentences.speech import Speech, number


@says(Score)
def score(one: Score, speech: Speech) -> Said:
    """Return how many points have to be earned; what earns them are its parts."""
    main = counted(speech, one.bar, POINTS)
    if len(one.tracks) > 1:
        return Said(main, (_("all in one of the tracks; the best whole track counts"),))
    return Said(main, tuple(_categories(one.tracks[0].categories, speech.level)))


def track(one: Track, speech: Speech) -> Said:
    """Return what a whole way to earn the points is bounded by."""
    items = ngettext(
        "points of %(count)d item are added up",
        "points of %(count)d items are added up",
        len(one.items),
    ) % {"count": len(one.items)}
    return Said(items, tuple(_categories(one.categories, speech.level)))


def item(one: Item, speech: Speech) -> Said:
    """Return how many points something earns."""
    measure = say(one.measure, speech.inside())
    main = _("%(points)s for: %(measure)s") % {"points": _rate(one.rate), "measure": measure}
    category = (
        [_("in the category “%(category)s”") % {"category": one.category}] if one.category else []
    )
    gates = (_gate(gate, speech) for gate in one.gates)
    return Said(main, (*category, *_bounds(one.bounds, speech.level), *gates))


def _categories(categories: Iterable[Category], level: str) -> Iterator[str]:
    for one in categories:
        bounds = _(" and ").join(_bounds(one.bounds, level))
        if bounds:
            yield _("category “%(category)s”: %(bounds)s") % {
                "category": one.key,
                "bounds": bounds,
            }


def _bounds(bounds: Bounds, level: str) -> Iterator[str]:
    if bounds.cap is not None:
        yield _("no more than %(points)s count") % {"points": POINTS.of(bounds.cap)}
    minimum = bounds.minima.get(level)
    if minimum is not None:
        least = compared(minimum.comparison, POINTS.of(minimum.need))
        yield _("%(minimum)s must be reached") % {"minimum": least}


def _gate(gate: Gate, speech: Speech) -> str:
    return _("only with %(limit)s of: %(measure)s") % {
        "limit": limited(gate.limit),
        "measure": say(gate.measure, speech.inside()),
    }


def _rate(rate: Rate) -> str:
    match rate:
        case Each(each, per):
            if per == 1:
                return _("%(points)s each") % {"points": POINTS.of(each)}
            return _("%(points)s per %(number)s, in proportion") % {
                "points": POINTS.of(each),
                "number": number(per),
            }
        case UpTo(most, at):
            return _("%(points)s from %(number)s on, fewer in proportion") % {
                "points": POINTS.of(most),
                "number": number(at),
            }
        case Bands(bands):
            return ", ".join(
                _("%(points)s from %(number)s on")
                % {"points": POINTS.of(points), "number": number(least)}
                for least, points in reversed(bands)
            )
    raise TypeError(f"there are no words for {type(rate).__name__}")
